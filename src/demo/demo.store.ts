import { sql } from 'kysely'

import type { Pool, Tx } from '#platform/db'

/** How far the demo of this installation is. `begun` is the mark of one that was not finished. */
export interface DemoState {
  readonly demo: boolean
  readonly begun: string | null
  readonly empty: boolean
}

/** Reads how far the demo is, as the owner. */
export async function demoState(owner: Pool): Promise<DemoState> {
  const { rows } = await sql<DemoState>`
    select demo, demo_begun as begun, not exists (select from access.party) as empty from access.installation`.execute(
    owner,
  )
  return rows[0] ?? { demo: false, begun: null, empty: false }
}

/** Marks that the demo is being made; false where anybody is here already. */
export async function beginDemo(owner: Pool, mark: string): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`select access.begin_demo(${mark}::uuid) as ok`.execute(owner)
  return rows[0]?.ok === true
}

/** Marks that the demo is whole. */
export async function finishDemo(owner: Pool, mark: string): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`select access.finish_demo(${mark}::uuid) as ok`.execute(owner)
  return rows[0]?.ok === true
}

/** Puts a case of the demo into the past. */
export async function backdateCase(
  owner: Pool,
  caseId: string,
  openedAt: Date,
  changedAt: Date,
): Promise<void> {
  await sql`select access.backdate_case(${caseId}::uuid, ${openedAt}, ${changedAt})`.execute(owner)
}

/** Puts the newest step of a referral into the past, on both sides. */
export async function backdateStep(owner: Pool, threadId: string, at: Date): Promise<void> {
  await sql`select access.backdate_step(${threadId}::uuid, ${at})`.execute(owner)
  await sql`select access.backdate_keeping(${threadId}::uuid, ${at})`.execute(owner)
}

/** Needs that nobody took, in the quarters before this one, where the agencies of the demo work. */
export async function countUnmet(owner: Pool): Promise<void> {
  for (const [back, age, need, why, times] of unmet)
    await sql`select access.demo_unmet(${back}, ${age}, ${need}, ${why}, ${times})`.execute(owner)
}

const unmet = [
  [1, '5-10', 'child-mental-health', 'abuse-ongoing', 14],
  [2, '11-15', 'child-mental-health', 'second-parent', 11],
  [3, '25-59', 'mental-health', 'risk-too-high', 12],
  [1, '25-59', 'safe-place', 'no-room', 17],
  [5, '25-59', 'safe-place', 'funding', 10],
  [4, '16-17', 'talk', 'nobody', 10],
  [1, '60-up', 'housing', 'no-room', 3],
] as const

/** A thread as the actor's side has it now: what an act must name. */
export async function threadAt(
  db: Tx,
  threadId: string,
): Promise<{ readonly threadId: string; readonly version: number; readonly otherParty: string }> {
  const row = await db
    .selectFrom('referrals.thread')
    .select(['version', 'other_party as otherParty'])
    .where('id', '=', threadId)
    .executeTakeFirstOrThrow()
  return { threadId, ...row }
}

/** Lets somebody of the demo use this half minute's code again; elsewhere than in a demo it does nothing. */
export async function useCodeAgain(web: Pool, accountId: string): Promise<void> {
  await sql`select access.demo_code_again(${accountId}::uuid)`.execute(web)
}

/**
 * Drops every schema of a half-made demo; the migrations then run again. Only where the database still says that a demo
 * with this mark is being made.
 */
export async function dropHalfMade(owner: Pool, mark: string): Promise<boolean> {
  return owner.transaction().execute(async (db) => {
    const marked =
      await sql`select from access.installation where demo_begun = ${mark}::uuid for update`.execute(db)
    if (marked.rows.length === 0) return false
    const { rows } = await sql<{ name: string }>`
      select nspname as name from pg_namespace
      where nspowner = current_user::regrole and nspname <> 'public' and nspname !~ '^pg_(toast|temp|catalog)'`.execute(
      db,
    )
    for (const { name } of rows) await sql`drop schema ${sql.id(name)} cascade`.execute(db)
    return true
  })
}
