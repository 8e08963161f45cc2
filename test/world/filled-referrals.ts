import { sealReason } from '../../src/referrals/no-reasons.rules.ts'
import type { Person, TestWorld } from './agencies.ts'

/** A no that was counted: only the database's own function writes one, so the owner puts it here. */
export async function fillAnswers({ owner }: TestWorld, who: Person): Promise<void> {
  const month = new Date().toISOString().slice(0, 7)
  const sealed = await who.act(async (_db, { keys: { party } }) => ({
    key_version: party.version,
    reason: Buffer.from(sealReason(party.box.publicKey, 'area')),
  }))
  await owner
    .insertInto('referrals.answer_count')
    .values({ party_id: who.partyId, month: `${month}-01`, side: 'to', ...sealed })
    .execute()
}
