import type { DenseItem } from '#platform/ui'

import { caseItem } from './line.view.tsx'
import { casesOf } from './open.actions.ts'
import { ofPath } from './paths.ts'
import type { TodaySource } from './today.ts'

/** Cases whose time is today or has gone by: one’s own, and those of whom one covers. */
export const casesToday: TodaySource = async (db, actor, t, asked) => {
  const { lines, total } = await casesOf(db, actor, {
    whose: 'mine',
    owners: asked.owners,
    due: { from: null, until: asked.tomorrow, undated: false },
    limit: asked.limit,
  })
  const items = lines.flatMap((line) => {
    const owner = line.ownerId === actor.accountId ? undefined : asked.names.get(line.ownerId)
    const item: DenseItem = caseItem(t, line, owner)
    return line.dueAt === null ? [] : [{ at: line.dueAt, item }]
  })
  const rest = { href: `${ofPath(actor.accountId)}?due=today`, text: t('people.today.cases') }
  return { items, total, rest }
}
