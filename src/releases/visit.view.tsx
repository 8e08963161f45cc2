import type { FieldErrors } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  type Content,
  Input,
  PageHeading,
  PersonPage,
  Radios,
  Lines,
} from '#platform/ui'

import { FrameAgreed, RecipientWarning, warningSentences, rightsSaid } from './agreed.view.tsx'
import { withoutItems } from './exact-words.ts'

import { itemKey, itemWords } from './kept-release.ts'
import { paths } from './paths.ts'
import type { OpenVisit } from './visit.actions.ts'

/** The pages in their order: one idea each. */
const steps = ['who', 'what', 'why', 'they', 'yours', 'say'] as const
export type Step = (typeof steps)[number]

/** The page that an address names; null when there is none. */
export function stepOf(text: string): Step | null {
  return steps.find((_step, at) => String(at + 1) === text) ?? null
}

/** The address of a page: a figure, so that it tells nothing. */
export function stepPath(step: Step): string {
  return paths.visitStep.replace(':step', String(steps.indexOf(step) + 1))
}

interface StepProps {
  readonly t: Words
  readonly visit: OpenVisit
  readonly step: Step
  readonly errors?: FieldErrors
}

/** One page of the person's own turn, with *Not now* on each. */
export function StepPage(p: StepProps) {
  const { t, step } = p
  const at = steps.indexOf(step)
  const before = steps[at - 1]
  const to = p.visit.page.kept.release.recipient.agency
  const title = t(`releases.visit.${step}.title`, { to })
  return (
    <PersonPage
      t={t}
      title={title}
      errors={p.errors}
      {...(before === undefined ? {} : { back: stepPath(before) })}
    >
      <PageHeading caption={t('releases.visit.step', { at: at + 1, of: steps.length })}>{title}</PageHeading>
      <form method="post" action={stepPath(step)} id="form" novalidate>
        <StepBody {...p} />
        <ButtonGroup>
          <Button name="answer" value={step === 'say' ? 'yes' : 'on'}>
            {t(step === 'say' ? 'releases.turn.sign' : 'releases.visit.next')}
          </Button>
          {step === 'say' ? (
            <Button name="answer" value="no" variant="secondary">
              {t('releases.visit.no')}
            </Button>
          ) : null}
          <Button name="answer" value="not-now" variant="secondary">
            {t('releases.turn.not-now')}
          </Button>
        </ButtonGroup>
      </form>
      {step === 'who' ? <LanguageChoice {...p} /> : null}
    </PersonPage>
  )
}

function StepBody(p: StepProps): Content {
  const { t, visit } = p
  const left = withoutItems(visit.page.kept, visit.said.struck)
  const { release } = left
  const to = release.recipient.agency
  switch (p.step) {
    case 'who':
      return (
        <>
          <p class="govuk-body-l">
            {t('releases.visit.who.asks', {
              worker: visit.page.worker,
              from: release.discloser.agency,
              to,
            })}
          </p>
          <p class="govuk-body">{t('releases.visit.who.yours')}</p>
          <p class="govuk-body">{t('releases.visit.who.alone')}</p>
        </>
      )
    case 'what':
      return <Items {...p} />
    case 'why':
      return <FrameAgreed t={t} kept={left} />
    case 'they':
      return (
        <RecipientWarning t={t} kept={{ ...left, warned: [...warnedIn(t, visit)] }}>
          <p class="govuk-body">{t('releases.turn.redisclosure')}</p>
        </RecipientWarning>
      )
    case 'yours':
      return (
        <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
          {rightsSaid(t, left.release).map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )
    case 'say':
      return <SayFields {...p} />
  }
}

/** What would be shared, word for word; each thing can be left out. */
function Items({ t, visit, errors }: StepProps) {
  const { kept } = visit.page
  return (
    <>
      <p class="govuk-body">{t('releases.turn.nothing-else')}</p>
      <Checkboxes
        name="out"
        legend={t('releases.visit.what.legend')}
        hint={t('releases.visit.what.hint')}
        values={visit.said.struck}
        error={errors?.['out']}
        items={kept.release.items.map((item) => ({
          value: itemKey(item),
          text: t('releases.visit.what.leave-out', { item: titleOf(t, item) }),
          hint: <Lines text={itemWords(kept, item)?.text ?? t('releases.agreed.as-named')} />,
        }))}
      />
    </>
  )
}

function titleOf(t: Words, item: { readonly kind: string; readonly title: string }): string {
  return item.kind === 'matching-detail' ? item.title : t(`releases.your-item.${item.kind}`)
}

function SayFields({ t, visit, errors }: StepProps) {
  const left = withoutItems(visit.page.kept, visit.said.struck)
  const { signers } = left
  return (
    <>
      <p class="govuk-body">
        {t('releases.visit.say.this', {
          to: left.release.recipient.agency,
          date: t.dateTime(left.release.endsAt),
        })}
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {left.release.items.map((item) => (
          <li>{titleOf(t, item)}</li>
        ))}
      </ul>
      {signers.map((signer, index) => (
        <Input
          name="name"
          id={index === 0 ? 'name' : `name-${index + 1}`}
          label={
            signers.length === 1 && signer.as === 'self'
              ? t('releases.turn.name')
              : t(`releases.turn.name-as.${signer.as}`, { name: signer.name })
          }
          hint={index === 0 ? t('releases.turn.name-hint') : undefined}
          labelSize="m"
          width={20}
          value={visit.said.names[index] ?? ''}
          spellcheck={false}
          error={index === 0 ? errors?.['name'] : undefined}
        />
      ))}
      <Radios
        name="copy"
        legend={t('releases.turn.copy')}
        legendSize="m"
        hint={t('releases.turn.copy-hint')}
        value={visit.said.copy ?? undefined}
        error={errors?.['copy']}
        items={(['no-copy-for-safety', 'kept-here', 'given'] as const).map((value) => ({
          value,
          text: t(`releases.visit.copies.${value}`),
        }))}
      />
    </>
  )
}

/** The recipient's sentences in the person's language, where they are the usual ones of its sector; an agency's own stay as it said them. */
function warnedIn(t: Words, { page }: OpenVisit): readonly string[] {
  const { sector } = page.kept.release.recipient
  const usual = warningSentences(t, sector, null)
  return page.warnedUsual ? usual : (page.kept.warned ?? usual)
}

function LanguageChoice({ t, visit }: StepProps) {
  const other = visit.said.language === 'es' ? 'en' : 'es'
  return (
    <form method="post" action={stepPath('who')}>
      <Button name="l" value={other} variant="secondary" attributes={{ lang: other }}>
        {t(`releases.visit.language.${other}`)}
      </Button>
    </form>
  )
}

/** Asks for the code. It is the same for everybody, and says nothing of what the code is for. */
export function CodePage(p: { readonly t: Words; readonly code?: string; readonly errors?: FieldErrors }) {
  const { t } = p
  const spanish = t.lang.startsWith('es')
  return (
    <PersonPage t={t} title={t('releases.visit.code.title')} errors={p.errors}>
      <PageHeading>{t('releases.visit.code.title')}</PageHeading>
      <form method="post" action={paths.visit} novalidate>
        {spanish ? <input type="hidden" name="l" value="es" /> : null}
        <Input
          name="code"
          label={t('releases.visit.code.label')}
          hint={t('releases.visit.code.hint')}
          labelSize="m"
          width={20}
          inputmode="numeric"
          autocomplete="off"
          spellcheck={false}
          value={p.code ?? ''}
          error={p.errors?.['code']}
        />
        <Button>{t('releases.visit.next')}</Button>
      </form>
      <p class="govuk-body">
        <a
          class="govuk-link"
          href={spanish ? paths.visit : `${paths.visit}?l=es`}
          lang={spanish ? 'en' : 'es'}
        >
          {t(`releases.visit.language.${spanish ? 'en' : 'es'}`)}
        </a>
      </p>
    </PersonPage>
  )
}

/** The same whatever was said: whoever looks at the telephone afterwards learns no answer. */
export function DonePage({ t }: { readonly t: Words }) {
  return (
    <PersonPage t={t} title={t('releases.turn.thanks')}>
      <PageHeading>{t('releases.turn.thanks')}</PageHeading>
      <p class="govuk-body-l">{t('releases.visit.done.close')}</p>
      <p class="govuk-body">{t('releases.visit.done.history')}</p>
    </PersonPage>
  )
}
