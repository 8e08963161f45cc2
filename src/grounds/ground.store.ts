import { type CaseKey, isId, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { GroundBody, type StoredGround } from './ground.ts'

/** Keeps a new ground. */
export async function insertGround(
  db: Tx,
  key: CaseKey,
  row: { readonly id: string; readonly madeBy: string; readonly body: GroundBody },
): Promise<void> {
  await db
    .insertInto('grounds.ground')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      made_by: row.madeBy,
      body: sealed(key, row.id, row.body),
    })
    .execute()
}

/** Writes over a row that is held. */
export async function writeGround(
  db: Tx,
  key: CaseKey,
  ground: StoredGround,
  to: { readonly body: GroundBody; readonly confirmedBy?: string; readonly endsAt?: Date },
): Promise<void> {
  await db
    .updateTable('grounds.ground')
    .set({
      body: sealed(key, ground.id, to.body),
      version: ground.version + 1,
      ...(to.confirmedBy === undefined ? {} : { confirmed_by: to.confirmedBy }),
      ...(to.endsAt === undefined ? {} : { ends_at: to.endsAt }),
    })
    .where('party_id', '=', key.partyId)
    .where('id', '=', ground.id)
    .execute()
}

/** One ground of a case, its row held against other writers when `hold` says so; null when it is not there. */
export async function groundOf(db: Tx, key: CaseKey, id: string, hold = false): Promise<StoredGround | null> {
  if (!isId(id)) return null
  const query = db
    .selectFrom('grounds.ground')
    .selectAll()
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', id)
  const row = await (hold ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : opened(key, row)
}

/** Every ground of a case, newest first. */
export async function groundsOf(db: Tx, key: CaseKey, hold = false): Promise<readonly StoredGround[]> {
  const query = db
    .selectFrom('grounds.ground')
    .selectAll()
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('id', 'desc')
  const rows = await (hold ? query.forUpdate() : query).execute()
  return rows.map((row) => opened(key, row))
}

/** The newest grounds in all cases that the asker may see, each opened by its case's key. */
export async function newestGrounds(
  db: Tx,
  partyId: string,
  limit: number,
  keysOf: (caseIds: readonly string[]) => Promise<ReadonlyMap<string, CaseKey>>,
): Promise<readonly StoredGround[]> {
  const rows = await db
    .selectFrom('grounds.ground')
    .selectAll()
    .where('party_id', '=', partyId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const keys = await keysOf(rows.map((row) => row.case_id))
  return rows.flatMap((row) => {
    const key = keys.get(row.case_id)
    return key === undefined ? [] : [opened(key, row)]
  })
}

/** Puts every ground of a case under the case's new key; versions stay. */
export async function resealGrounds(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const ground of await groundsOf(db, from, true)) {
    await db
      .updateTable('grounds.ground')
      .set({ body: sealed(to, ground.id, ground.body) })
      .where('party_id', '=', to.partyId)
      .where('id', '=', ground.id)
      .execute()
  }
}

function sealed(key: CaseKey, id: string, body: GroundBody): Uint8Array {
  return sealCase(key, 'grounds.ground', 'body', id, GroundBody.parse(body))
}

function opened(
  key: CaseKey,
  row: {
    readonly id: string
    readonly case_id: string
    readonly made_by: string
    readonly confirmed_by: string | null
    readonly ends_at: Date | null
    readonly version: number
    readonly body: Uint8Array
  },
): StoredGround {
  return {
    id: row.id,
    caseId: row.case_id,
    madeBy: row.made_by,
    confirmedBy: row.confirmed_by,
    endsAt: row.ends_at,
    version: row.version,
    body: GroundBody.parse(openCase(key, 'grounds.ground', 'body', row.id, row.body)),
  }
}
