import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { addressOf, CalendarPart, invitationOf } from '#calendar'
import { AboutText, askOnce } from '#language'
import { type CaseFile, colleaguesOf, openFile, type Screen, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import {
  dateField,
  type FieldErrors,
  type FormValues,
  listOf,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, ButtonGroup, Checkboxes, InsetText, Radios, SummaryList, WarningText } from '#platform/ui'

import { barriers, type Entry, outcomes } from './entry.ts'
import { sayHow } from './entry.actions.ts'
import { WhenFields } from './entry-form.view.tsx'
import { dayOf, isTime, momentOf, outcomesAt } from './entry.rules.ts'
import { entryOf } from './entry.store.ts'
import { cameText, doerText, type Names, whenText } from './entry.view.tsx'
import { diaryPath, paths } from './paths.ts'
import { typedIn } from './typed.view.ts'

const How = z.object({
  version: z.coerce.number().int(),
  outcome: z.enum(outcomes, 'diary.how.missing'),
  words: z.string().trim().max(2000, 'diary.how.long').default(''),
  barriers: z.array(z.enum(barriers)).default([]),
  notAsked: z.literal('yes').optional(),
  due: dateField({ wrong: 'diary.new.due-wrong' }).optional(),
  time: z.string().default(''),
})

export const entryPage = new Hono<MemberEnv>()

/** One next step or appointment: what it is, and how it went. */
entryPage.get(paths.entry, needs('case:read'), (c) => show(c, {}, {}, null))

entryPage.post(paths.entry, needs('case:write'), askOnce, async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, How)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { version, due, time, notAsked, ...said } = form.data
  const at = { caseId: c.req.param('id'), id: c.req.param('entry'), version }
  const to = due === undefined ? null : momentOf(due, isTime(time) ? time : '12:00', t.timeZone)
  const ask = { words: t('diary.step.ask-way'), dueAt: inDays(2, t.timeZone) }
  const done = await sayHow(db, actor, at, { ...said, notAsked: notAsked === 'yes', to }, ask)
  if ('done' in done) {
    const next =
      done.again === null ? diaryPath('ofCase', at.caseId) : diaryPath('entry', at.caseId, done.again)
    return c.redirect(said.barriers.includes('interference') ? `${next}?interference=1` : next, 303)
  }
  if (done.refused === 'missing') return notFound(c)
  const field = fieldOf[done.refused]
  const sentence = t(`diary.refused.${done.refused}`)
  return field === undefined
    ? show(c, await typedIn(c), {}, sentence)
    : show(c, await typedIn(c), { [field]: sentence }, null)
})

const fieldOf: Readonly<Record<string, string>> = {
  'diary-way': 'barriers',
  'diary-moved-when': 'due',
  'diary-moved-why': 'words',
  'diary-steps': 'outcome',
  'diary-not-yet': 'outcome',
}

function inDays(days: number, zone: string): Date {
  const day = Temporal.PlainDate.from(dayOf(new Date(), zone)).add({ days })
  return momentOf(day.toString(), '12:00', zone)
}

async function show(c: Context<MemberEnv>, values: FormValues, errors: FieldErrors, notice: string | null) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const entry = file === null ? null : await entryOf(db, file.key, c.req.param('entry') ?? '')
  if (file === null || entry === null) return notFound(c)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const status = notice !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t(`diary.entry.title-${entry.body.kind}`)}
      back={{ href: diaryPath('ofCase', file.caseId), text: t('diary.case.title') }}
      errors={errors}
    >
      {notice === null ? null : <WarningText>{notice}</WarningText>}
      <About screen={c.var} file={file} entry={entry} names={names} />
      {entry.state === 'over' || !mayDo(actor.roles, 'case:write') ? null : (
        <HowForm screen={c.var} entry={entry} values={values} errors={errors} />
      )}
      {entry.state === 'over' ? null : await calendarPart(c, entry)}
    </TaskFrame>,
    status,
  )
}

async function calendarPart({ var: { db, actor, t } }: Context<MemberEnv>, entry: Entry) {
  const isIn = (await invitationOf(db, actor, entry.id)) !== null
  const comesByAddress = entry.ownerId === actor.accountId && (await addressOf(db, actor)) !== null
  return (
    <CalendarPart {...{ t, isIn, comesByAddress }} action={diaryPath('calendar', entry.caseId, entry.id)} />
  )
}

function About(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly entry: Entry
  readonly names: Names
}) {
  const { t } = p.screen
  const { entry } = p
  const { body } = entry
  const row = (key: string, value: string) => (value === '' ? [] : [{ key: t(`diary.entry.${key}`), value }])
  const told = body.told.map((each) => t(`diary.entry.told-${each.how}`, { date: t.date(each.at) }))
  return (
    <>
      <SummaryList
        rows={[
          ...row('what', body.words),
          ...row('when', whenText(t, entry)),
          ...row('doer', doerText(t, entry, p.names)),
          ...(body.doer.is === 'member'
            ? []
            : row('owner', p.names.get(entry.ownerId) ?? t('people.notes.gone'))),
          ...row(
            'minutes',
            body.minutes === null ? '' : t('diary.entry.minutes-text', { count: body.minutes }),
          ),
          ...row('place', body.place),
          ...row('their-words', body.theirWords),
          ...row('told', t.list(told)),
          ...row('came', cameText(t, entry)),
        ]}
      />
      {body.earlier === null ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={diaryPath('entry', entry.caseId, body.earlier)}>
            {t('diary.entry.earlier')}
          </a>
        </p>
      )}
      {body.kind === 'appointment' && entry.state === 'open' ? (
        <p class="govuk-body">
          <a class="govuk-link" href={diaryPath('theirs', entry.caseId, entry.id)}>
            {t('diary.theirs.title')}
          </a>
        </p>
      ) : null}
      {entry.state === 'open' && body.told.length > 0 ? (
        <InsetText>{t('diary.entry.tell-change')}</InsetText>
      ) : null}
    </>
  )
}

function HowForm(p: {
  readonly screen: Screen
  readonly entry: Entry
  readonly values: FormValues
  readonly errors: FieldErrors
}) {
  const { t } = p.screen
  const { entry, values, errors } = p
  const { kind } = entry.body
  const offered = outcomesAt(entry, new Date())
  const inside = {
    happened: undefined,
    cancelled: undefined,
    moved: <WhenFields t={t} kind={kind} values={values} errors={errors} />,
    missed: <WayFields {...p} />,
  }
  return (
    <form method="post" action={diaryPath('entry', entry.caseId, entry.id)} novalidate>
      <input type="hidden" name="version" value={String(entry.version)} />
      <Radios
        name="outcome"
        legend={t(offered.includes('happened') ? `diary.how.legend-${kind}` : 'diary.how.legend-ahead')}
        legendSize="m"
        value={textOf(values, 'outcome')}
        error={errors['outcome']}
        small
        items={offered.map((outcome) => ({
          value: outcome,
          text: t(`diary.how.${outcome}-${kind}`),
          conditional: inside[outcome],
        }))}
      />
      <AboutText
        t={t}
        name="words"
        label={t('diary.how.words')}
        hint={t('diary.how.words-hint')}
        value={textOf(values, 'words')}
        error={errors['words']}
        rows={3}
      />
      <ButtonGroup>
        <Button>{t('diary.how.save')}</Button>
        <a class="govuk-link" href={diaryPath('ofCase', entry.caseId)}>
          {t('people.leave-it')}
        </a>
      </ButtonGroup>
    </form>
  )
}

/** What got in the way: asked before it is kept that somebody did not come. */
function WayFields({ screen: { t }, values, errors }: Parameters<typeof HowForm>[0]) {
  return (
    <>
      <Checkboxes
        name="barriers"
        legend={t('diary.way.legend')}
        hint={t('diary.way.hint')}
        values={listOf(values, 'barriers')}
        error={errors['barriers']}
        small
        items={barriers.map((barrier) => ({ value: barrier, text: t(`diary.way.${barrier}`) }))}
      />
      <Checkboxes
        name="notAsked"
        legend={t('diary.way.not-asked-legend')}
        legendHidden
        values={listOf(values, 'notAsked')}
        small
        items={[{ value: 'yes', text: t('diary.way.not-asked'), hint: t('diary.way.not-asked-hint') }]}
      />
    </>
  )
}
