import type { FieldErrors, FormValues } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  Details,
  InsetText,
  Panel,
  Radios,
  Select,
  SummaryList,
  WarningText,
} from '#platform/ui'

import { CaseFrame, type Screen } from './frame.view.tsx'
import type { StoredRelease } from './kept-release.ts'
import { releasePath } from './paths.ts'
import { identities } from './release.ts'
import { type Visit, type VisitAnswer, visitLanguages } from './visit.ts'

interface ApartProps {
  readonly screen: Screen
  readonly stored: StoredRelease
  readonly name: string
  readonly visit: Visit | null
  readonly said: VisitAnswer | null
  /** Titles of what the person left out. */
  readonly struck: readonly string[]
  readonly errors: FieldErrors
  readonly values: FormValues | null
}

/** Before the code, while it is out, and what they said. */
export function ApartPage(p: ApartProps) {
  const { t } = p.screen
  const { stored, visit, said } = p
  const out = visit !== null && ['waiting', 'opened'].includes(visit.state)
  return (
    <Frame {...p}>
      {p.errors['form'] === undefined ? null : <WarningText>{p.errors['form']}</WarningText>}
      {visit === null ? null : <Standing t={t} visit={visit} />}
      {said === null ? null : <Said {...p} said={said} />}
      {out ? <OutButtons t={t} stored={stored} /> : null}
      {out ? (
        <Details summary={t('releases.apart.lost')} open={Object.keys(p.errors).length > 0}>
          <MakeForm {...p} />
        </Details>
      ) : null}
      {out || said !== null ? null : <MakeForm {...p} />}
    </Frame>
  )
}

/** The code, shown once: to be said, never to be sent. */
export function CodeShown(p: {
  readonly screen: Screen
  readonly stored: StoredRelease
  readonly name: string
  readonly code: string
  readonly address: string
}) {
  const { t } = p.screen
  return (
    <Frame {...p} errors={{}}>
      <h2 class="govuk-heading-m">{t('releases.apart.code-title')}</h2>
      <SummaryList
        rows={[
          { key: t('releases.apart.say-address'), value: <span class="app-secret__text">{p.address}</span> },
          {
            key: t('releases.apart.say-code'),
            value: (
              <span class="app-secret__text" translate="no">
                {p.code}
              </span>
            ),
          },
        ]}
      />
      <p class="govuk-body">{t('releases.apart.once')}</p>
      <InsetText>{t('releases.apart.bill')}</InsetText>
      <OutButtons t={t} stored={p.stored} />
    </Frame>
  )
}

function Frame(
  p: Pick<ApartProps, 'screen' | 'stored' | 'name' | 'errors'> & { readonly children?: unknown },
) {
  const { t } = p.screen
  const { caseId, id } = p.stored
  return (
    <CaseFrame
      screen={p.screen}
      caseId={caseId}
      name={p.name}
      title={t('releases.apart.title')}
      back={{ href: releasePath('talk', caseId, id), text: t('releases.sending.step.talk') }}
      errors={p.errors}
    >
      {p.children as never}
    </CaseFrame>
  )
}

function Standing({ t, visit }: { readonly t: Words; readonly visit: Visit }) {
  if (visit.state === 'answered') return null
  return (
    <>
      <p class="govuk-body">{t(`releases.apart.state.${visit.state}`, { time: t.time(visit.endsAt) })}</p>
      {visit.tries === 0 ? null : (
        <WarningText>{t('releases.apart.tries', { count: visit.tries })}</WarningText>
      )}
    </>
  )
}

function Said({ screen, stored, said, struck }: ApartProps & { readonly said: VisitAnswer }) {
  const { t } = screen
  const yes = said.answer === 'yes' && said.at !== null
  return (
    <>
      <Panel title={t(`releases.apart.said.${said.answer ?? 'not-now'}`)}>
        {yes && said.at !== null
          ? t('releases.apart.said-yes', { name: t.list(said.names), date: t.dateTime(said.at) })
          : null}
      </Panel>
      {yes && struck.length > 0 ? (
        <InsetText>{t('releases.apart.struck', { items: t.list(struck) })}</InsetText>
      ) : null}
      {yes ? null : <p class="govuk-body">{t('releases.apart.said-no')}</p>}
      <form method="post" action={releasePath('apart', stored.caseId, stored.id)} novalidate>
        <Button name="step" value={yes ? 'take' : 'end'}>
          {t(yes ? 'releases.apart.take' : 'releases.apart.put-away')}
        </Button>
      </form>
    </>
  )
}

function OutButtons({ t, stored }: { readonly t: Words; readonly stored: StoredRelease }) {
  const apart = releasePath('apart', stored.caseId, stored.id)
  return (
    <form method="post" action={apart} novalidate>
      <ButtonGroup>
        <Button href={apart}>{t('releases.apart.look')}</Button>
        <Button name="step" value="end" variant="secondary">
          {t('releases.apart.end')}
        </Button>
      </ButtonGroup>
    </form>
  )
}

function MakeForm({ screen, stored, visit, errors, values }: ApartProps) {
  const { t } = screen
  const spanish = stored.kept.release.language.startsWith('es')
  const typed = (field: string) => [values?.[field] ?? []].flat()
  return (
    <>
      <p class="govuk-body-l">{t('releases.apart.lead')}</p>
      <h2 class="govuk-heading-m">{t('releases.apart.before')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {(['before-1', 'before-2', 'before-3'] as const).map((line) => (
          <li>{t(`releases.apart.${line}`)}</li>
        ))}
      </ul>
      <form method="post" action={releasePath('apartCode', stored.caseId, stored.id)} id="form" novalidate>
        <input type="hidden" name="version" value={String(stored.version)} />
        <Radios
          name="identity"
          legend={t('releases.apart.identity')}
          legendSize="m"
          value={typed('identity')[0]}
          error={errors['identity']}
          items={identities.map((value) => ({ value, text: t(`releases.apart.identities.${value}`) }))}
        />
        <Checkboxes
          name="safe"
          legend={t('releases.apart.safe')}
          values={typed('safe')}
          error={errors['safe']}
          items={[{ value: 'yes', text: t('releases.apart.safe-yes') }]}
        />
        <Select
          name="language"
          label={t('releases.apart.language')}
          value={typed('language')[0] ?? (spanish ? 'es' : 'en')}
          items={visitLanguages.map((value) => ({ value, text: t(`releases.visit.language.${value}`) }))}
        />
        <Button>{t(visit === null ? 'releases.apart.make' : 'releases.apart.make-again')}</Button>
      </form>
    </>
  )
}
