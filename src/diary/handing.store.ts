import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Handing, HandingBody } from './handing.ts'

const columns = ['id', 'case_id', 'from_id', 'to_id', 'state', 'offered_at', 'ended_at', 'body'] as const

/** Every handing of a case, newest first; held against other writers when `hold` says so. */
export async function handingsOf(db: Tx, key: CaseKey, hold = false): Promise<readonly Handing[]> {
  const query = db
    .selectFrom('diary.handing')
    .select(columns)
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('offered_at', 'desc')
    .orderBy('id', 'desc')
  const rows = await (hold ? query.forUpdate() : query).execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    fromId: row.from_id,
    toId: row.to_id,
    state: row.state,
    offeredAt: row.offered_at,
    endedAt: row.ended_at,
    body: HandingBody.parse(openCase(key, 'diary.handing', 'body', row.id, row.body)),
  }))
}

/** Puts an offer into the case. */
export async function insertHanding(
  db: Tx,
  key: CaseKey,
  row: Pick<Handing, 'id' | 'fromId' | 'toId' | 'body'>,
): Promise<void> {
  await db
    .insertInto('diary.handing')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      from_id: row.fromId,
      to_id: row.toId,
      body: sealCase(key, 'diary.handing', 'body', row.id, row.body),
    })
    .execute()
}

/** Ends an offer that is held. */
export async function endHanding(
  db: Tx,
  key: CaseKey,
  handing: Pick<Handing, 'id' | 'body'>,
  state: 'accepted' | 'declined' | 'taken-back',
): Promise<void> {
  await db
    .updateTable('diary.handing')
    .set({
      state,
      ended_at: sql<Date>`clock_timestamp()`,
      body: sealCase(key, 'diary.handing', 'body', handing.id, handing.body),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', handing.id)
    .execute()
}

/** Opens every handing of a case and seals it again under another key. */
export async function resealHandings(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const handing of await handingsOf(db, from, true)) {
    await db
      .updateTable('diary.handing')
      .set({ body: sealCase(to, 'diary.handing', 'body', handing.id, handing.body) })
      .where('party_id', '=', from.partyId)
      .where('case_id', '=', from.caseId)
      .where('id', '=', handing.id)
      .execute()
    // Who may see the case changes with its key: an offer made before that is made again, or not.
    if (handing.state === 'offered') await endHanding(db, to, handing, 'taken-back')
  }
}

/** Cases that are offered to somebody and wait for an answer. */
export async function offeredTo(
  db: Tx,
  partyId: string,
  accountId: string,
): Promise<readonly { readonly caseId: string; readonly fromId: string; readonly offeredAt: Date }[]> {
  const rows = await db
    .selectFrom('diary.handing')
    .select(['case_id', 'from_id', 'offered_at'])
    .where('party_id', '=', partyId)
    .where('to_id', '=', accountId)
    .where('state', '=', 'offered')
    .orderBy('offered_at')
    .limit(50)
    .execute()
  return rows.map((row) => ({ caseId: row.case_id, fromId: row.from_id, offeredAt: row.offered_at }))
}
