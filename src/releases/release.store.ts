import { sql } from 'kysely'

import { type CaseKey, isId, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { KeptRelease, type StoredRelease } from './kept-release.ts'

/** The database's clock: the only one that decides what has begun and what is over. */
export async function databaseNow(db: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const now = rows[0]?.now
  if (now === undefined) throw new Error('The database tells no time.')
  return now
}

/** Keeps a new draft. */
export async function insertDraft(
  db: Tx,
  key: CaseKey,
  row: {
    readonly id: string
    readonly recipientId: string
    readonly madeBy: string
    readonly kept: KeptRelease
  },
): Promise<void> {
  await db
    .insertInto('releases.release')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      recipient_id: row.recipientId,
      state: 'draft',
      made_by: row.madeBy,
      body: sealed(key, row.id, row.kept),
    })
    .execute()
}

/** Writes over the version that was read; false when somebody else was first. */
export async function writeRelease(
  db: Tx,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  to: {
    readonly kept: KeptRelease
    readonly state?: StoredRelease['state']
    readonly startsAt?: Date
    readonly endsAt?: Date
    readonly withdrawnAt?: Date
  },
): Promise<boolean> {
  const done = await db
    .updateTable('releases.release')
    .set({
      body: sealed(key, at.id, to.kept),
      version: at.version + 1,
      ...(to.state === undefined ? {} : { state: to.state }),
      ...(to.startsAt === undefined ? {} : { starts_at: to.startsAt }),
      ...(to.endsAt === undefined ? {} : { ends_at: to.endsAt }),
      ...(to.withdrawnAt === undefined ? {} : { withdrawn_at: to.withdrawnAt }),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** One release of a case, its row held against other writers when `hold` says so; null when it is not there. */
export async function releaseOf(
  db: Tx,
  key: CaseKey,
  id: string,
  hold = false,
): Promise<StoredRelease | null> {
  if (!isId(id)) return null
  const query = db
    .selectFrom('releases.release')
    .selectAll()
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', id)
  const row = await (hold ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : opened(key, row)
}

/** Every release of a case, newest first. */
export async function releasesOf(db: Tx, key: CaseKey, hold = false): Promise<readonly StoredRelease[]> {
  const query = db
    .selectFrom('releases.release')
    .selectAll()
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('id', 'desc')
  const rows = await (hold ? query.forUpdate() : query).execute()
  return rows.map((row) => opened(key, row))
}

/** The person does not want it again, or not now: nobody is asked any more. False when it is not theirs to leave. */
export async function leaveRelease(db: Tx, partyId: string, caseId: string, id: string): Promise<boolean> {
  const done = await db
    .updateTable('releases.release')
    .set({ left_at: sql<Date>`clock_timestamp()` })
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .where('state', '=', 'signed')
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Puts every release of a case under the case's new key; versions stay. */
export async function resealReleases(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const release of await releasesOf(db, from, true)) {
    await db
      .updateTable('releases.release')
      .set({ body: sealed(to, release.id, release.kept) })
      .where('party_id', '=', to.partyId)
      .where('id', '=', release.id)
      .execute()
  }
}

function sealed(key: CaseKey, id: string, kept: KeptRelease): Uint8Array {
  return sealCase(key, 'releases.release', 'body', id, KeptRelease.parse(kept))
}

/** How many drafts there are in the cases that the asker may see. */
export async function countDrafts(db: Tx, partyId: string): Promise<number> {
  const row = await db
    .selectFrom('releases.release')
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .where('party_id', '=', partyId)
    .where('state', '=', 'draft')
    .executeTakeFirstOrThrow()
  return Number(row.total)
}

/** Drafts in every case that the asker may see, sealed, with when each was begun; the newest first. */
export async function draftRows(
  db: Tx,
  partyId: string,
  asked: { readonly limit: number; readonly offset: number },
) {
  return db
    .selectFrom('releases.release')
    .selectAll()
    .select(sql<Date>`uuid_extract_timestamp(id)`.as('begun_at'))
    .where('party_id', '=', partyId)
    .where('state', '=', 'draft')
    .orderBy('id', 'desc')
    .limit(asked.limit)
    .offset(asked.offset)
    .execute()
}

/** Opens a release's row with the key of its case. */
export const openRelease = opened

function opened(
  key: CaseKey,
  row: {
    readonly id: string
    readonly case_id: string
    readonly recipient_id: string
    readonly state: StoredRelease['state']
    readonly starts_at: Date | null
    readonly ends_at: Date | null
    readonly withdrawn_at: Date | null
    readonly made_by: string
    readonly left_at: Date | null
    readonly version: number
    readonly body: Uint8Array
  },
): StoredRelease {
  return {
    id: row.id,
    caseId: row.case_id,
    recipientId: row.recipient_id,
    state: row.state,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    withdrawnAt: row.withdrawn_at,
    madeBy: row.made_by,
    leftAt: row.left_at,
    version: row.version,
    kept: KeptRelease.parse(openCase(key, 'releases.release', 'body', row.id, row.body)),
  }
}
