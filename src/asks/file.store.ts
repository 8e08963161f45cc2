import type { Tx } from '#platform/db'

/** What arrived from other agencies in a case, oldest first. */
export async function receivedInCase(db: Tx, partyId: string, caseId: string) {
  return db
    .selectFrom('envelopes.incoming')
    .select(['id', 'from_party', 'received_at'])
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .orderBy('id')
    .limit(500)
    .execute()
}
