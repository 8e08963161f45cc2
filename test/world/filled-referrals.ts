import type { Person, TestWorld } from './agencies.ts'

/** An answer that was counted: only the database's own function writes one, so the owner puts it here. */
export async function fillAnswers({ owner }: TestWorld, who: Person, other: Person): Promise<void> {
  const month = new Date().toISOString().slice(0, 7)
  await owner
    .insertInto('referrals.answer_count')
    .values({
      party_id: who.partyId,
      other_party: other.partyId,
      month: `${month}-01`,
      side: 'to',
      outcome: 'declined',
      reason: 'area',
    })
    .execute()
}
