import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { decisionEnd, decisionState } from './decision.rules.ts'
import { KeptDecision, type StoredDecision } from './decision.ts'

const table = 'releases.decision'

/** Keeps a new decision. */
export async function insertDecision(
  db: Tx,
  key: CaseKey,
  row: {
    readonly id: string
    readonly madeBy: string
    readonly kept: KeptDecision
  },
): Promise<void> {
  await db
    .insertInto('releases.decision')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      made_by: row.madeBy,
      body: sealCase(key, table, 'body', row.id, KeptDecision.parse(row.kept)),
    })
    .execute()
}

/** Writes over the version that was read; false when somebody else was first. */
export async function writeDecision(
  db: Tx,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  kept: KeptDecision,
): Promise<boolean> {
  const done = await db
    .updateTable('releases.decision')
    .set({
      body: sealCase(key, table, 'body', at.id, KeptDecision.parse(kept)),
      version: at.version + 1,
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** One decision of a case, its row held when asked; null when it is not there. */
export async function decisionOf(
  db: Tx,
  key: CaseKey,
  id: string,
  hold = false,
): Promise<StoredDecision | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null
  const query = rowsOf(db, key).where('id', '=', id)
  const row = await (hold ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : opened(key, row)
}

/** Every decision of a case, newest first. */
export async function decisionsOf(db: Tx, key: CaseKey): Promise<readonly StoredDecision[]> {
  const rows = await rowsOf(db, key).orderBy('id', 'desc').execute()
  return rows.map((row) => opened(key, row))
}

/**
 * Decisions of the last month in all cases that the asker may see, newest first, each opened by its case's key. None can be sent
 * for longer, and an id holds the moment when it was made.
 */
export async function recentDecisions(
  db: Tx,
  partyId: string,
  keysOf: (caseIds: readonly string[]) => Promise<ReadonlyMap<string, CaseKey>>,
): Promise<readonly StoredDecision[]> {
  const rows = await db
    .selectFrom('releases.decision')
    .selectAll()
    .where('party_id', '=', partyId)
    .where(sql<boolean>`uuid_extract_timestamp(id) > clock_timestamp() - interval '31 days'`)
    .orderBy('id', 'desc')
    .execute()
  const keys = await keysOf(rows.map((row) => row.case_id))
  return rows.flatMap((row) => {
    const key = keys.get(row.case_id)
    return key === undefined ? [] : [opened(key, row)]
  })
}

/** Puts every decision of a case under the case's new key; versions stay. */
export async function resealDecisions(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const { id, kept } of await decisionsOf(db, from)) {
    await db
      .updateTable('releases.decision')
      .set({ body: sealCase(to, table, 'body', id, kept) })
      .where('party_id', '=', to.partyId)
      .where('id', '=', id)
      .execute()
  }
}

function rowsOf(db: Tx, key: CaseKey) {
  return db
    .selectFrom('releases.decision')
    .selectAll()
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
}

function opened(
  key: CaseKey,
  row: { readonly id: string; readonly case_id: string; readonly version: number; readonly body: Uint8Array },
): StoredDecision {
  const kept = KeptDecision.parse(openCase(key, table, 'body', row.id, row.body))
  return {
    id: row.id,
    caseId: row.case_id,
    recipientId: kept.recipient.partyId,
    state: decisionState(kept),
    madeAt: new Date(kept.by.at),
    endsAt: decisionEnd(kept),
    version: row.version,
    kept,
  }
}
