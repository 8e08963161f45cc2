import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { calendarPaths } from '#calendar'
import { colleaguesOf, WorkFrame } from '#people'
import { mayDo } from '#platform/access'
import {
  dateField,
  dateOf,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  pageOf,
  readForm,
  textOf,
} from '#platform/http'
import {
  Button,
  ButtonGroup,
  DateInput,
  DenseList,
  Details,
  Input,
  PageHeading,
  Pagination,
} from '#platform/ui'

import { byDay, dayAsked, moved, type Stretch, stretchOf } from './days.rules.ts'
import { diaryOf } from './diary.actions.ts'
import { dayOf, momentOf } from './entry.rules.ts'
import { type DayLine, dayLines } from './line.view.tsx'
import { ownersFor } from './owner.actions.ts'
import { type DiaryAt, diaryAt, paths } from './paths.ts'
import { addTask } from './task.actions.ts'
import { tasksOf } from './task.store.ts'
import { dateBoxes } from './typed.view.ts'

const perPage = 100
const mostTasks = 100

const NewTask = z.object({
  words: z.string().trim().min(1, 'diary.task.words-missing').max(200, 'diary.new.long'),
  due: dateField({ missing: 'diary.new.due-missing', wrong: 'diary.new.due-wrong' }),
})

export const diaryPage = new Hono<MemberEnv>()

/** A diary as a list of days: one's own and of whom one covers; for those who lead, anybody's. */
diaryPage.get(paths.diary, needs('case:read'), (c) => show(c, {}, {}))

diaryPage.post(paths.diary, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, NewTask)
  if (!form.ok) return show(c, form.values, form.errors)
  await addTask(db, actor, { words: form.data.words, dueAt: momentOf(form.data.due, '12:00', t.timeZone) })
  return c.redirect(diaryAt({ from: form.data.due, view: 'week', who: null, page: 1 }), 303)
})

async function show(c: Context<MemberEnv>, values: FormValues, errors: FieldErrors) {
  const { db, actor, t } = c.var
  const now = new Date()
  const today = dayOf(now, t.timeZone)
  const at = askedOf(c, today)
  const colleagues = await colleaguesOf(db, actor)
  const who = colleagues.find((each) => each.accountId === at.who)
  if (at.who !== null && (who === undefined || !mayDo(actor.roles, 'case:lead'))) return notFound(c)
  const stretch = stretchOf(at.from, at.view, t.timeZone)
  // From today on, what was left open before stands in front.
  const from = at.from <= today ? null : stretch.from
  const owners = who === undefined ? await ownersFor(db, actor, today) : [who.accountId]
  const ask = { owners, from: at.from === today ? from : stretch.from, until: stretch.until }
  const found = await diaryOf(db, actor, { ...ask, limit: perPage, offset: (at.page - 1) * perPage })
  const tasks = who === undefined && at.page === 1 ? await tasksOf(db, actor, stretch.until, mostTasks) : []
  const shown = tasks.filter((task) => ask.from === null || task.dueAt >= ask.from)
  const names = new Map(colleagues.map((each) => [each.accountId, each.name]))
  const lines = dayLines(t, found.lines, shown, { names, now, self: (who ?? actor).accountId })
  return c.html(
    <WorkFrame current={paths.diary} screen={c.var} title={t('diary.title')} errors={errors}>
      <PageHeading caption={who?.name}>{t('diary.title')}</PageHeading>
      <Turning c={c} at={at} today={today} />
      <Days c={c} lines={lines} stretch={stretch} today={today} />
      <Pagination
        page={at.page}
        pages={Math.ceil(found.total / perPage)}
        href={(page) => diaryAt({ ...at, page })}
      />
      {who === undefined ? <TaskForm c={c} at={at} values={values} errors={errors} /> : null}
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={calendarPaths.calendar}>
            {t('calendar.title')}
          </a>
        </li>
        <li>
          <a class="govuk-link" href={paths.away}>
            {t('diary.away.title')}
          </a>
        </li>
        {mayDo(actor.roles, 'case:lead') ? (
          <li>
            <a class="govuk-link" href={paths.everyone}>
              {t('diary.everyone.title')}
            </a>
          </li>
        ) : null}
      </ul>
    </WorkFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function askedOf(c: Context<MemberEnv>, today: string): DiaryAt {
  return {
    from: dayAsked(c.req.query('from'), today),
    view: c.req.query('view') === 'day' ? 'day' : 'week',
    who: c.req.query('who') ?? null,
    page: pageOf(c.req.query('page')),
  }
}

/** The way to other days: earlier, today, later, and a day or a week at a time. */
function Turning({
  c,
  at,
  today,
}: {
  readonly c: Context<MemberEnv>
  readonly at: DiaryAt
  readonly today: string
}) {
  const { t } = c.var
  const step = at.view === 'day' ? 1 : 7
  const link = (to: Partial<DiaryAt>, text: string) => (
    <a class="govuk-link" href={diaryAt({ ...at, page: 1, ...to })}>
      {text}
    </a>
  )
  const links = [
    link({ from: moved(at.from, -step) }, t(`diary.turn.earlier-${at.view}`)),
    ...(at.from === today ? [] : [link({ from: today }, t('diary.turn.today'))]),
    link({ from: moved(at.from, step) }, t(`diary.turn.later-${at.view}`)),
    at.view === 'day'
      ? link({ view: 'week' }, t('diary.turn.week'))
      : link({ view: 'day' }, t('diary.turn.day')),
  ]
  return (
    <nav class="govuk-body" aria-label={t('diary.turn.label')}>
      {links.map((each, index) => (
        <>
          {index === 0 ? '' : ' · '}
          {each}
        </>
      ))}
    </nav>
  )
}

function Days(p: {
  readonly c: Context<MemberEnv>
  readonly lines: readonly DayLine[]
  readonly stretch: Stretch
  readonly today: string
}) {
  const { t } = p.c.var
  const days = byDay(p.lines, t.timeZone)
  const before = p.lines.filter((line) => line.dueAt < p.stretch.from)
  return (
    <>
      {before.length === 0 ? null : (
        <section>
          <h2 class="govuk-heading-m">{t('diary.days.before')}</h2>
          <DenseList items={before.map((line) => line.item)} empty="" />
        </section>
      )}
      {p.stretch.days.map((day) => (
        <section>
          <h2 class="govuk-heading-s">
            {t(day === p.today ? 'diary.days.today' : 'diary.days.day', {
              weekday: t.weekday(day),
              date: t.shortDate(day),
            })}
          </h2>
          <DenseList items={(days.get(day) ?? []).map((line) => line.item)} empty={t('diary.days.empty')} />
        </section>
      ))}
    </>
  )
}

function TaskForm(p: {
  readonly c: Context<MemberEnv>
  readonly at: DiaryAt
  readonly values: FormValues
  readonly errors: FieldErrors
}) {
  const { t } = p.c.var
  const typed = Object.keys(p.values).length > 0 ? p.values : dateBoxes('due', p.at.from)
  return (
    <Details summary={t('diary.task.add')} open={Object.keys(p.errors).length > 0}>
      <form method="post" action={paths.diary} novalidate>
        <Input
          name="words"
          label={t('diary.task.words')}
          hint={t('diary.task.hint')}
          value={textOf(typed, 'words')}
          error={p.errors['words']}
        />
        <DateInput
          name="due"
          legend={t('diary.new.due-step')}
          value={dateOf(typed, 'due')}
          error={p.errors['due']}
        />
        <ButtonGroup>
          <Button>{t('diary.task.save')}</Button>
        </ButtonGroup>
      </form>
    </Details>
  )
}
