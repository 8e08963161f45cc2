import { type CaseFile, colleaguesOf } from '#people'
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
import { tasksOf } from './task.store.ts'

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

/** First in *My work*: what is late and what is today, then the week after it, one's own and of whom one covers. */
export async function diaryWork(db: Tx, actor: Actor, t: Words): Promise<Content> {
  const now = new Date()
  const today = dayOf(now, t.timeZone)
  const week = stretchOf(today, 'week', t.timeZone)
  const day = stretchOf(today, 'day', t.timeZone)
  const owners = await ownersFor(db, actor, today)
  const found = await diaryOf(db, actor, { owners, from: null, until: week.until, limit: inWork, offset: 0 })
  const tasks = await tasksOf(db, actor, week.until, inWork)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const lines = dayLines(t, found.lines, tasks, { names, now, self: actor.accountId })
  const first = lines.filter((line) => line.dueAt < day.until)
  const then = lines.filter((line) => line.dueAt >= day.until)
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="diary-today">
      <h2 class="govuk-heading-m" id="diary-today">
        {t('diary.work.today')}
      </h2>
      <DenseList items={first.map((line) => line.item)} empty={t('diary.work.none-today')} />
      {then.length === 0 ? null : (
        <>
          <h3 class="govuk-heading-s">{t('diary.work.week')}</h3>
          <DenseList items={then.map((line) => withDay(t, line))} empty="" />
        </>
      )}
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
