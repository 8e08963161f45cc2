import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Input, InsetText, Radios, WarningText } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { type BeforeErasing, type Erased, eraseCase } from './erase.actions.ts'
import { erasureReasons } from './erasure.ts'
import { sentTo } from './erasure.store.ts'
import { ErasureSheet } from './erasure.view.tsx'
import { Refused, type Screen, TaskFrame, WorkFrame } from './frame.view.tsx'
import { onHold } from './legal-hold.store.ts'
import type { LoosePaper, LoosePapers } from './loose-papers.ts'
import { PickPapers } from './loose-papers.view.tsx'
import { casePath, paths } from './paths.ts'
import { paperAnswer } from './safe-contact.rules.ts'
import { fileOf } from './task.ts'

const Step = z.object({ step: z.enum(['sure', 'erase']) })
const ids = z.array(z.uuid()).max(2000).default([])
const Sure = z.object({
  why: z.enum(erasureReasons, 'people.erase.why-missing'),
  word: z.string().max(40).default(''),
  papers: ids,
  shown: ids,
  read: z.literal('yes').optional(),
})

/** First what erasing does and does not do; then the reason, the papers without a case, and a word typed by hand. */
export function erasePage(loose: LoosePapers, first: BeforeErasing): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.erase, needs('privacy:lead'), (c) => show(c, loose, 'ask', {}, {}))

  page.post(paths.erase, needs('privacy:lead'), async (c) => {
    const step = await readForm(c, Step)
    if (!step.ok || step.data.step === 'sure') return show(c, loose, 'sure', {}, {})
    const { t, db, actor } = c.var
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    const form = await readForm(c, Sure)
    const typed = form.ok ? form.data.word : String(form.values['word'] ?? '')
    const errors = {
      ...(form.ok ? await unread(c, loose, file, form.data) : form.errors),
      ...(typed.trim().toLowerCase() === t('people.erase.word') ? {} : { word: t('people.erase.wrong') }),
    }
    if (!form.ok) return show(c, loose, 'sure', errors, form.values)
    const { why, papers, read = '' } = form.data
    if (Object.keys(errors).length > 0)
      return show(c, loose, 'sure', errors, { why, word: typed, papers, read })
    // Asked before the case goes: afterwards nobody knows whether paper is safe.
    const paper = paperAnswer(file.contact, new Date())
    const also = () => loose.erase(db, actor, papers)
    const done = await eraseCase(db, actor, file.caseId, why, also, first)
    if (!('refused' in done)) return c.html(<Done screen={c.var} done={done} paper={paper} />)
    return done.refused === 'no-case' ? notFound(c) : show(c, loose, 'ask', {}, {}, 409)
  })
  return page
}

/** What still has to be read: every paper without a case, those too that came while the page was open. */
async function unread(
  c: Context<MemberEnv>,
  loose: LoosePapers,
  file: CaseFile,
  given: { readonly shown: readonly string[]; readonly read?: 'yes' | undefined },
): Promise<Readonly<Record<string, string>>> {
  const { db, actor, t } = c.var
  const papers = await loose.list(db, actor, t, file)
  if (papers.some((paper) => !given.shown.includes(paper.id)))
    return { papers: t('people.erase.papers-came') }
  return papers.length > 0 && given.read === undefined ? { read: t('people.erase.read-missing') } : {}
}

async function show(
  c: Context<MemberEnv>,
  loose: LoosePapers,
  step: 'ask' | 'sure',
  errors: Readonly<Record<string, string>>,
  values: FormValues,
  status: 200 | 409 = 200,
) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const held = await onHold(db, actor.partyId, file.caseId)
  const agencies = await sentTo(db, actor.partyId, file.caseId)
  const papers = step === 'sure' && !held ? await loose.list(db, actor, t, file) : []
  const wrong = Object.keys(errors).length > 0
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('people.erase.title')} errors={errors}>
      {held ? (
        <Held screen={c.var} file={file} />
      ) : step === 'ask' ? (
        <Ask screen={c.var} file={file} agencies={agencies} />
      ) : (
        <SureForm screen={c.var} file={file} papers={papers} errors={errors} values={values} />
      )}
    </TaskFrame>,
    wrong ? 422 : held && status === 200 ? 200 : status,
  )
}

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
}

/** A legal hold is in force: nothing can be erased, and who may lift it finds the way. */
function Held({ screen: { t }, file }: Props) {
  return (
    <>
      <Refused>{t('people.erase.held')}</Refused>
      <p class="govuk-body">
        <a class="govuk-link" href={casePath('legalHold', file.caseId)}>
          {t('people.legal-hold.title')}
        </a>
      </p>
    </>
  )
}

function Ask({ screen: { t }, file, agencies }: Props & { readonly agencies: readonly string[] }) {
  return (
    <>
      <ul class="govuk-list govuk-list--bullet">
        {(['now', 'backups', 'shared', 'letters', 'ledger', 'sheet'] as const).map((point) => (
          <li>{t(`people.erase.${point}`)}</li>
        ))}
      </ul>
      {agencies.length === 0 ? null : (
        <InsetText>{t('people.erase.agencies', { agencies: t.list(agencies) })}</InsetText>
      )}
      <form method="post" action={casePath('erase', file.caseId)}>
        <Choice t={t} file={file} step="sure" word="people.erase.go-on" />
      </form>
    </>
  )
}

function SureForm({
  screen: { t },
  file,
  papers,
  errors,
  values,
}: Props & {
  readonly papers: readonly LoosePaper[]
  readonly errors: Readonly<Record<string, string>>
  readonly values: FormValues
}) {
  return (
    <>
      <WarningText>{t('people.erase.warning')}</WarningText>
      <form method="post" action={casePath('erase', file.caseId)} novalidate>
        <Radios
          name="why"
          legend={t('people.erase.why')}
          value={String(values['why'] ?? '')}
          error={errors['why']}
          small
          items={erasureReasons.map((why) => ({ value: why, text: t(`people.erase.why-${why}`) }))}
        />
        <PickPapers
          t={t}
          papers={papers}
          ticked={[values['papers'] ?? []].flat()}
          read={values['read'] === 'yes'}
          errors={errors}
        />
        <Input
          name="word"
          label={t('people.erase.type', { word: t('people.erase.word') })}
          width={10}
          value={String(values['word'] ?? '')}
          error={errors['word']}
          spellcheck={false}
        />
        <Choice t={t} file={file} step="erase" word="people.erase.go" />
      </form>
    </>
  )
}

function Choice(p: {
  readonly t: Screen['t']
  readonly file: CaseFile
  readonly step: string
  readonly word: string
}) {
  return (
    <ButtonGroup>
      <Button name="step" value={p.step} variant="warning">
        {p.t(p.word)}
      </Button>
      <a class="govuk-link" href={casePath('case', p.file.caseId)}>
        {p.t('people.leave-it')}
      </a>
    </ButtonGroup>
  )
}

/** The sheet, shown once with the agencies' names; the one that is kept counts them only. */
function Done(p: {
  readonly screen: Screen
  readonly done: Erased
  readonly paper: ReturnType<typeof paperAnswer>
}) {
  const { t } = p.screen
  return (
    <WorkFrame
      screen={p.screen}
      title={t('people.erasure.title')}
      back={{ href: paths.work, text: t('people.work.title') }}
    >
      <ErasureSheet
        t={t}
        erasedOn={Temporal.Now.plainDateISO('UTC').toString()}
        proof={p.done.proof}
        names={p.done.sentTo}
        paper={p.paper}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.erasures}>
          {t('people.erasures.title')}
        </a>
      </p>
    </WorkFrame>
  )
}
