import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Step, StepBody } from './step.ts'

interface StepRow {
  readonly id: string
  readonly case_id: string
  readonly waits: boolean
  readonly version: number
  readonly body: Uint8Array
}

const columns = ['id', 'case_id', 'waits', 'version', 'body'] as const

/** The steps of files whose keys are open, in the order of their ids, which are random; their rows held when `hold` says so. */
export async function stepsOf(
  db: Tx,
  partyId: string,
  keys: readonly CaseKey[],
  hold = false,
): Promise<readonly Step[]> {
  if (keys.length === 0) return []
  const byCase = new Map(keys.map((key) => [key.caseId, key]))
  const query = db
    .selectFrom('together.step')
    .select(columns)
    .where('party_id', '=', partyId)
    .where('case_id', 'in', [...byCase.keys()])
    .orderBy('id')
  const rows = await (hold ? query.forUpdate() : query).execute()
  return rows.flatMap((row) => {
    const key = byCase.get(row.case_id)
    return key === undefined ? [] : [openStep(key, row)]
  })
}

/** Puts a step into an opened file. */
export async function insertStep(
  db: Tx,
  key: CaseKey,
  step: { readonly id: string; readonly waits: boolean; readonly body: StepBody },
): Promise<void> {
  await db
    .insertInto('together.step')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: step.id,
      waits: step.waits,
      body: sealStep(key, step.id, step.body),
    })
    .execute()
}

/** Writes over the version that was read; false when somebody else was first. */
export async function writeStep(
  db: Tx,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  to: { readonly waits: boolean; readonly body: StepBody },
): Promise<boolean> {
  const done = await db
    .updateTable('together.step')
    .set({ body: sealStep(key, at.id, to.body), waits: to.waits, version: at.version + 1 })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** One act at a time on what stops together; always in the same order, until the end of the transaction. */
export async function holdWork(db: Tx, dyads: readonly string[]): Promise<void> {
  for (const dyad of [...new Set(dyads)].toSorted())
    await sql`select pg_advisory_xact_lock(hashtextextended(${dyad}, 9))`.execute(db)
}

/** Stops letters of the same work, also in files that the asker may not see; it answers nothing. */
export async function stopBeside(db: Tx, releases: readonly string[]): Promise<void> {
  await sql`select together.stop(${releases}::uuid[])`.execute(db)
}

/** Takes a step away. */
export async function deleteStep(db: Tx, key: CaseKey, id: string): Promise<void> {
  await db
    .deleteFrom('together.step')
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', id)
    .execute()
}

/** Steps that wait in running cases of this worker, as they lie; so many at most. */
export async function waitingRows(
  db: Tx,
  partyId: string,
  ownerId: string,
  most: number,
): Promise<readonly StepRow[]> {
  return db
    .selectFrom('together.step as s')
    .innerJoin('people.case as c', (join) =>
      join.onRef('c.party_id', '=', 's.party_id').onRef('c.id', '=', 's.case_id'),
    )
    .select(['s.id', 's.case_id', 's.waits', 's.version', 's.body'])
    .where('s.party_id', '=', partyId)
    .where('s.waits', '=', true)
    .where('c.owner_id', '=', ownerId)
    .where('c.state', '=', 'active')
    .orderBy('s.case_id')
    .orderBy('s.id')
    .limit(most)
    .execute()
}

/** Opens one of them. */
export function openStep(key: CaseKey, row: StepRow): Step {
  const body = StepBody.parse(openCase(key, 'together.step', 'body', row.id, row.body))
  return { ...body, id: row.id, caseId: row.case_id, waits: row.waits, version: row.version }
}

/** Puts every step of a file under another key; versions stay. */
export async function resealSteps(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const step of await stepsOf(db, from.partyId, [from])) {
    await db
      .updateTable('together.step')
      .set({ body: sealStep(to, step.id, StepBody.parse(step)) })
      .where('party_id', '=', from.partyId)
      .where('case_id', '=', from.caseId)
      .where('id', '=', step.id)
      .execute()
  }
}

/** Every cell has the same size, so that a stored copy tells neither who goes together nor what waits for what. */
function sealStep(key: CaseKey, id: string, said: StepBody): Uint8Array {
  const body = StepBody.parse(said)
  const size = new TextEncoder().encode(JSON.stringify(body)).length
  return sealCase(key, 'together.step', 'body', id, {
    ...body,
    pad: ' '.repeat(Math.max(0, cellBytes - size)),
  })
}

const cellBytes = 2000
