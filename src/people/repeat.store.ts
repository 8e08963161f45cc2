import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { QuestionGroup } from './told.ts'

/** Counts one question that was asked again: the month and its group, joined with nothing. */
export async function countRepeat(db: Tx, partyId: string, group: QuestionGroup): Promise<void> {
  await db
    .insertInto('people.repeat')
    .values({
      party_id: partyId,
      month: sql<string>`date_trunc('month', clock_timestamp() at time zone 'UTC')::date`,
      question_group: group,
    })
    .execute()
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
