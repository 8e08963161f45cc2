import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { UnmetNeed } from './unmet.ts'

/** The month as the database has it: `2026-11`. */
export async function monthNow(db: Tx): Promise<string> {
  const { rows } = await sql<{
    month: string
  }>`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM') as month`.execute(db)
  return rows[0]?.month ?? ''
}

/** Counts a need that nobody takes. Nothing of the case, the person, the agency or the day goes along. */
export async function countNeed(
  db: Tx,
  one: { readonly age: string; readonly need: string; readonly why: string },
): Promise<void> {
  await sql`select directory.count_unmet(${one.age}, ${one.need}, ${one.why})`.execute(db)
}

/** Sums of the asker's area for quarters that are over, the newest first; those too small to show are not in it. */
export async function unmetNeeds(db: Tx): Promise<readonly UnmetNeed[]> {
  const { rows } = await sql<{ quarter: string; need: string; why: string; times: string }>`
    select quarter::text, need, why, times from directory.unmet_needs()`.execute(db)
  return rows.map((row) => ({ ...row, times: Number(row.times) }))
}
