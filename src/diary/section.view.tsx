import { type CaseFile, colleaguesOf, type TodaySource } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { stretchOf } from './days.rules.ts'
import { diaryOf } from './diary.actions.ts'
import { dayOf } from './entry.rules.ts'
import { entriesOf } from './entry.store.ts'
import { entryItem } from './entry.view.tsx'
import { dayLines } from './line.view.tsx'
import { ownersFor } from './owner.actions.ts'
import { diaryPath, paths } from './paths.ts'
import { countTasks, tasksOf } from './task.store.ts'

const inCase = 6
const inWork = 30

/** In a case: what comes next, and the way to plan more. */
export async function diarySection(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const open = await entriesOf(db, file.key, 'open', inCase)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const now = new Date()
  return (
    <section aria-labelledby="diary-of-case">
      <h2 class="govuk-heading-m" id="diary-of-case">
        {t('diary.case.title')}
      </h2>
      <DenseList
        items={open.map((entry) => entryItem(t, entry, { names, now }))}
        empty={t('diary.case.empty')}
      />
      <ul class="govuk-list">
        {mayDo(actor.roles, 'case:write') ? (
          <>
            <li>
              <a class="govuk-link" href={`${diaryPath('add', file.caseId)}?kind=step`}>
                {t('diary.case.add-step')}
              </a>
            </li>
            <li>
              <a class="govuk-link" href={`${diaryPath('add', file.caseId)}?kind=appointment`}>
                {t('diary.case.add-appointment')}
              </a>
            </li>
          </>
        ) : null}
        <li>
          <a class="govuk-link" href={diaryPath('ofCase', file.caseId)}>
            {t('diary.case.all')}
          </a>
        </li>
      </ul>
    </section>
  )
}

/** What is late and what is today, of one's own diary, of one's own tasks, and of the diaries that one covers. */
export const diaryToday: TodaySource = async (db, actor, t, asked) => {
  const { owners, now, tomorrow, names, limit } = asked
  const found = await diaryOf(db, actor, { owners, from: null, until: tomorrow, limit, offset: 0 })
  const tasks = await tasksOf(db, actor, tomorrow, limit)
  const own = tasks.length < limit ? tasks.length : await countTasks(db, actor, tomorrow)
  const items = dayLines(t, found.lines, tasks, { names, now, self: actor.accountId })
  return {
    items: items.map(({ dueAt, item }) => ({ at: dueAt, item })),
    total: found.total + own,
    rest: { href: paths.diary, text: t('diary.title') },
  }
}

/** In *My work*: the week after today, one's own and of whom one covers. */
export async function diaryWork(db: Tx, actor: Actor, t: Words): Promise<Content> {
  const now = new Date()
  const today = dayOf(now, t.timeZone)
  const week = stretchOf(today, 'week', t.timeZone)
  const from = stretchOf(today, 'day', t.timeZone).until
  const owners = await ownersFor(db, actor, today)
  const found = await diaryOf(db, actor, { owners, from, until: week.until, limit: inWork, offset: 0 })
  const tasks = (await tasksOf(db, actor, week.until, inWork)).filter((task) => task.dueAt >= from)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const lines = dayLines(t, found.lines, tasks, { names, now, self: actor.accountId })
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="diary-week">
      <h2 class="govuk-heading-m" id="diary-week">
        {t('diary.work.week')}
      </h2>
      <DenseList items={lines.map((line) => withDay(t, line))} empty="" />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.diary}>
          {found.total > inWork ? t('diary.work.more', { count: found.total }) : t('diary.work.all')}
        </a>
      </p>
    </section>
  )
}

/** In the list of a week, the day stands in front of what else is said. */
function withDay(t: Words, { item, dueAt }: ReturnType<typeof dayLines>[number]) {
  const day = `${t.weekday(dueAt)} ${t.shortDate(dueAt)}`
  return { ...item, meta: typeof item.meta === 'string' && item.meta !== '' ? `${day} · ${item.meta}` : day }
}
