import type { Tx } from '#platform/db'

import type { AgreedTime } from './reply-time.ts'

/** What this party put down as agreed with a partner. */
export async function agreedTimes(
  db: Tx,
  partyId: string,
  partnerId: string,
): Promise<readonly AgreedTime[]> {
  return db
    .selectFrom('referrals.reply_time')
    .select(['kind', 'level', 'hours'])
    .where('party_id', '=', partyId)
    .where('partner_id', '=', partnerId)
    .execute()
}

/** Which partners this party has put anything down for. */
export async function partnersAgreedWith(db: Tx, partyId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('referrals.reply_time')
    .select('partner_id')
    .distinct()
    .where('party_id', '=', partyId)
    .execute()
  return rows.map((row) => row.partner_id)
}

/** Puts down all that is agreed with a partner, in place of what was there. */
export async function writeAgreed(
  db: Tx,
  partyId: string,
  partnerId: string,
  agreed: readonly AgreedTime[],
): Promise<void> {
  await db
    .deleteFrom('referrals.reply_time')
    .where('party_id', '=', partyId)
    .where('partner_id', '=', partnerId)
    .execute()
  if (agreed.length === 0) return
  await db
    .insertInto('referrals.reply_time')
    .values(agreed.map((each) => ({ party_id: partyId, partner_id: partnerId, ...each })))
    .execute()
}
