import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { QuestionGroup } from './told.ts'

/** Counts questions that were asked again: the first day of a month and a group each, joined with nothing. */
export async function countRepeats(
  db: Tx,
  partyId: string,
  repeats: readonly { readonly month: string; readonly group: QuestionGroup }[],
): Promise<void> {
  const rows = repeats.map(({ month, group }) => ({ party_id: partyId, month, question_group: group }))
  await db.insertInto('people.repeat').values(rows).execute()
}

/** How many repeats each group had in each month since `since`, an ISO date. */
export async function repeatsSince(
  db: Tx,
  partyId: string,
  since: string,
): Promise<readonly { readonly month: string; readonly group: string; readonly count: number }[]> {
  const { rows } = await sql<{ month: string; group: string; count: number }>`
    select to_char(month, 'YYYY-MM') as month, question_group as "group", count(*)::integer as count
    from people.repeat where party_id = ${partyId} and month >= ${since}::date group by 1, 2`.execute(db)
  return rows
}
