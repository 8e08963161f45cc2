import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { casePath, openFile, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import {
  dateField,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
} from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, InsetText, SummaryList, TermNotes, WarningText } from '#platform/ui'

import {
  afterWays,
  type Closing,
  closingReasons,
  type ClosingSaid,
  knowing,
  outcomeWords,
} from './closing.ts'
import { closeWork, closingFacts, confirmClosing, reopenCase } from './closing.actions.ts'
import { ClosingFields } from './closing-form.view.tsx'
import { mayConfirm } from './closing.rules.ts'
import { closingsOf } from './closing.store.ts'
import { closingRows } from './closing.view.ts'
import { dayOf, momentOf } from './entry.rules.ts'
import type { OpenSource } from './open-thing.ts'
import { OpenList, openOf } from './open.view.tsx'
import { diaryPath, paths } from './paths.ts'
import { typedIn } from './typed.view.ts'

const long = z.string().trim().max(2000, 'diary.how.long')
const Said = z.object({
  reason: z.enum(closingReasons, 'diary.closing.reason.missing'),
  outcome: z.enum(outcomeWords, 'diary.closing.outcome.missing'),
  outcomeWords: long.default(''),
  wayBack: long.min(1, 'diary.closing.way-back-missing'),
  after: z.enum(afterWays, 'diary.closing.after.missing'),
  afterWords: long.default(''),
  knows: z.enum(knowing, 'diary.closing.knows.missing'),
  knowsWords: long.default(''),
  spokenOn: dateField({ wrong: 'diary.new.due-wrong' }).optional(),
  spokenWords: long.default(''),
  second: z.literal('yes').optional(),
})
const Act = z.object({ act: z.enum(['confirm', 'again']) })

/** How a case ends, with what is still open and what is asked before; and how it is taken up again. */
export function closingPage(sources: readonly OpenSource[]): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.closing, needs('case:write'), (c) => show(c, sources, {}, {}, null))
  page.post(paths.closing, needs('case:write'), askOnce, async (c) => {
    const { db, actor, t } = c.var
    const caseId = c.req.param('id')
    const act = await readForm(c, Act)
    if (act.ok) {
      const done =
        act.data.act === 'confirm'
          ? await confirmClosing(db, actor, caseId)
          : await reopenCase(db, actor, caseId, momentOf(dayOf(new Date(), t.timeZone), '12:00', t.timeZone))
      return settled(c, sources, 'refused' in done ? done.refused : null)
    }
    const form = await readForm(c, Said)
    if (!form.ok) return show(c, sources, form.values, form.errors, null)
    const { second, spokenOn, spokenWords, ...rest } = form.data
    const file = await openFile(db, actor, caseId)
    if (file === null) return notFound(c)
    const { chosen } = await closingFacts(db, file)
    const spoken =
      spokenOn === undefined || chosen === null ? null : { name: chosen, on: spokenOn, words: spokenWords }
    const said: ClosingSaid = { ...rest, spoken }
    const open = (await openOf(sources)(db, actor, t, file)).map((thing) => thing.text)
    const done = await closeWork(db, actor, caseId, said, { second: second === 'yes', open })
    return settled(c, sources, 'refused' in done ? done.refused : null)
  })
  return page
}

const fieldOf: Readonly<Record<string, string>> = {
  'closing-chosen-worker': 'spokenOn',
  'closing-second-lead': 'second',
  'closing-knows': 'knowsWords',
  'closing-after': 'afterWords',
}

async function settled(c: Context<MemberEnv>, sources: readonly OpenSource[], refused: string | null) {
  const { t } = c.var
  if (refused === null) return c.redirect(`${casePath('case', c.req.param('id') ?? '')}?saved=1`, 303)
  if (refused === 'no-case') return notFound(c)
  const sentence = t(`diary.closing.refused.${refused}`)
  const field = fieldOf[refused]
  return field === undefined
    ? show(c, sources, await typedIn(c), {}, sentence)
    : show(c, sources, await typedIn(c), { [field]: sentence }, null)
}

async function show(
  c: Context<MemberEnv>,
  sources: readonly OpenSource[],
  values: FormValues,
  errors: FieldErrors,
  notice: string | null,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const closings = await closingsOf(db, file.key)
  const asked = closings.find((each) => each.state === 'asked') ?? null
  const action = diaryPath('closing', file.caseId)
  const status = notice !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  const by = { accountId: actor.accountId, leads: mayDo(actor.roles, 'case:lead') }
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t(file.state === 'ended' ? 'diary.closing.again-title' : 'diary.closing.title')}
      errors={errors}
    >
      {notice === null ? null : <WarningText>{notice}</WarningText>}
      {asked === null ? null : <Asked t={t} closing={asked} action={action} may={mayConfirm(asked, by)} />}
      {file.state === 'ended' ? (
        <>
          <InsetText>{t('diary.closing.again-text')}</InsetText>
          <ActForm action={action} act="again" text={t('diary.closing.again-go')} />
        </>
      ) : asked !== null ? null : (
        <>
          <h2 class="govuk-heading-m">{t('diary.open.title')}</h2>
          <OpenList t={t} things={await openOf(sources)(db, actor, t, file)} />
          <InsetText>{t('diary.closing.keeps')}</InsetText>
          <form method="post" action={action} novalidate>
            <ClosingFields
              t={t}
              values={values}
              errors={errors}
              facts={await closingFacts(db, file)}
              chooseAt={casePath('chosen', file.caseId)}
            />
            <ButtonGroup>
              <Button>{t('diary.closing.go')}</Button>
              <a class="govuk-link" href={casePath('case', file.caseId)}>
                {t('people.leave-it')}
              </a>
            </ButtonGroup>
          </form>
          <TermNotes t={t} terms={['case-closed']} />
        </>
      )}
      <Before t={t} closings={closings.filter((each) => each.state !== 'asked')} />
    </TaskFrame>,
    status,
  )
}

/** An ending that waits for a second lead. */
function Asked(p: {
  readonly t: Words
  readonly closing: Closing
  readonly action: string
  readonly may: boolean
}) {
  const { t, closing } = p
  return (
    <>
      <InsetText>
        {t('diary.closing.asked', { name: closing.body.by, date: t.date(closing.askedAt) })}
      </InsetText>
      <SummaryList rows={[...closingRows(t, closing)]} />
      {p.may ? <ActForm action={p.action} act="confirm" text={t('diary.closing.confirm')} /> : null}
      <ActForm action={p.action} act="again" text={t('diary.closing.take-back')} />
    </>
  )
}

function ActForm(p: { readonly action: string; readonly act: string; readonly text: string }) {
  return (
    <form method="post" action={p.action}>
      <Button name="act" value={p.act} variant={p.act === 'confirm' ? undefined : 'secondary'}>
        {p.text}
      </Button>
    </form>
  )
}

function Before({ t, closings }: { readonly t: Words; readonly closings: readonly Closing[] }) {
  if (closings.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('diary.closing.before')}</h2>
      {closings.map((closing) => (
        <section>
          <h3 class="govuk-heading-s">
            {t(`diary.closing.was-${closing.state}`, {
              date: t.date(closing.body.endedAt ?? closing.askedAt),
              name: closing.body.by,
              again: closing.body.again === null ? '' : t.date(closing.body.again.at),
            })}
          </h3>
          <SummaryList rows={[...closingRows(t, closing)]} />
        </section>
      ))}
    </>
  )
}
