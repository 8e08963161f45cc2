import { sql } from 'kysely'

import { type Actor, isId, openParty, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Line, type Outcome, type Run, RunBody } from './run.ts'

const table = 'caseload.run'
const lineTable = 'caseload.line'

/** Keeps a new run. */
export async function insertRun(db: Tx, actor: Actor, id: string, body: RunBody): Promise<void> {
  await db
    .insertInto(table)
    .values({
      party_id: actor.partyId,
      id,
      made_by: actor.accountId,
      key_version: actor.keys.party.version,
      body: sealParty(actor, table, 'body', id, body),
    })
    .execute()
}

/** The runs of this member, newest first. */
export async function runsOf(db: Tx, actor: Actor, limit = 50): Promise<readonly Run[]> {
  const rows = await runQuery(db, actor).orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => runFrom(actor, row))
}

/** One run, held against another act on it where it is to be changed; null for none of this member's. */
export async function runById(db: Tx, actor: Actor, id: string, hold: boolean): Promise<Run | null> {
  if (!isId(id)) return null
  const query = runQuery(db, actor).where('id', '=', id)
  const row = await (hold ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : runFrom(actor, row)
}

function runQuery(db: Tx, actor: Actor) {
  return db
    .selectFrom(table)
    .select(['id', 'state', 'made_at', 'key_version', 'version', 'body'])
    .where('party_id', '=', actor.partyId)
}

function runFrom(
  actor: Actor,
  row: {
    readonly id: string
    readonly state: Run['state']
    readonly made_at: Date
    readonly key_version: number
    readonly version: number
    readonly body: Uint8Array
  },
): Run {
  const body = RunBody.parse(openParty(actor, row.key_version, table, 'body', row.id, row.body))
  return { ...body, id: row.id, state: row.state, madeAt: row.made_at, version: row.version }
}

/** Writes a run's state, and what is sealed about it where that changed. */
export async function saveRun(
  db: Tx,
  actor: Actor,
  run: Pick<Run, 'id' | 'version'>,
  state: Run['state'],
  body?: RunBody,
): Promise<void> {
  await db
    .updateTable(table)
    .set({
      state,
      version: run.version + 1,
      ...(body === undefined
        ? {}
        : { body: sealParty(actor, table, 'body', run.id, body), key_version: actor.keys.party.version }),
    })
    .where('party_id', '=', actor.partyId)
    .where('id', '=', run.id)
    .execute()
}

/** Forgets a run and its lines. */
export async function deleteRun(db: Tx, actor: Actor, id: string): Promise<void> {
  await db.deleteFrom(table).where('party_id', '=', actor.partyId).where('id', '=', id).execute()
}

/** Keeps the lines of a sheet, sealed one by one. */
export async function insertLines(
  db: Tx,
  actor: Actor,
  runId: string,
  lines: readonly (readonly string[])[],
): Promise<void> {
  const rows = lines.map((cells, at) => ({
    party_id: actor.partyId,
    run_id: runId,
    nth: at + 1,
    key_version: actor.keys.party.version,
    body: sealLine(actor, runId, at + 1, cells),
  }))
  for (let from = 0; from < rows.length; from += 500) {
    await db
      .insertInto(lineTable)
      .values(rows.slice(from, from + 500))
      .execute()
  }
}

/** Lines in their order, from after `after` on; every outcome without one named. */
export async function linesOf(
  db: Tx,
  actor: Actor,
  runId: string,
  asked: { readonly outcome?: Outcome; readonly after?: number; readonly limit: number },
): Promise<readonly Line[]> {
  let query = db
    .selectFrom(lineTable)
    .select(['nth', 'outcome', 'case_id', 'case_version', 'key_version', 'body'])
    .where('party_id', '=', actor.partyId)
    .where('run_id', '=', runId)
    .where('nth', '>', asked.after ?? 0)
  if (asked.outcome !== undefined) query = query.where('outcome', '=', asked.outcome)
  const rows = await query.orderBy('nth').limit(asked.limit).execute()
  return rows.map((row) => ({
    nth: row.nth,
    outcome: row.outcome,
    caseId: row.case_id,
    caseVersion: row.case_version,
    cells: row.body === null ? null : openLine(actor, runId, row.key_version, row.nth, row.body),
  }))
}

/** How many lines have each outcome. */
export async function outcomesOf(
  db: Tx,
  actor: Actor,
  runId: string,
): Promise<Readonly<Record<Outcome, number>>> {
  const rows = await db
    .selectFrom(lineTable)
    .select('outcome')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('party_id', '=', actor.partyId)
    .where('run_id', '=', runId)
    .groupBy('outcome')
    .execute()
  const counts = { waiting: 0, made: 0, refused: 0, left: 0, undone: 0 }
  for (const row of rows) counts[row.outcome] = Number(row.n)
  return counts
}

/** Writes what became of a line; what it held is kept only where no case was made of it. */
export async function setOutcome(
  db: Tx,
  actor: Actor,
  at: { readonly runId: string; readonly nth: number },
  outcome: Outcome,
  made: { readonly caseId: string; readonly caseVersion: number } | null = null,
): Promise<void> {
  await db
    .updateTable(lineTable)
    .set({
      outcome,
      ...(outcome === 'undone' ? { case_id: null } : {}),
      ...(made === null ? {} : { case_id: made.caseId, case_version: made.caseVersion, body: null }),
    })
    .where('party_id', '=', actor.partyId)
    .where('run_id', '=', at.runId)
    .where('nth', '=', at.nth)
    .execute()
}

/** What this agency said of headings last time. */
export async function lastMapping(db: Tx, actor: Actor): Promise<unknown> {
  const row = await db
    .selectFrom('caseload.mapping')
    .select(['key_version', 'body'])
    .where('party_id', '=', actor.partyId)
    .executeTakeFirst()
  if (row === undefined) return {}
  return openParty(actor, row.key_version, 'caseload.mapping', 'body', actor.partyId, row.body)
}

/** Remembers what headings are. */
export async function saveMapping(db: Tx, actor: Actor, said: unknown): Promise<void> {
  const row = {
    key_version: actor.keys.party.version,
    body: sealParty(actor, 'caseload.mapping', 'body', actor.partyId, said),
  }
  await db
    .insertInto('caseload.mapping')
    .values({ party_id: actor.partyId, ...row })
    .onConflict((conflict) => conflict.column('party_id').doUpdateSet(row))
    .execute()
}

/** The database's day, by its own clock. */
export async function today(db: Tx): Promise<string> {
  const { rows } = await sql<{ day: string }>`select current_date::text as day`.execute(db)
  return rows[0]?.day ?? ''
}

function sealLine(actor: Actor, runId: string, nth: number, cells: readonly string[]): Uint8Array {
  return sealParty(actor, lineTable, 'body', `${runId}/${nth}`, cells)
}

function openLine(actor: Actor, runId: string, version: number, nth: number, body: Uint8Array) {
  return openParty(actor, version, lineTable, 'body', `${runId}/${nth}`, body) as readonly string[]
}
