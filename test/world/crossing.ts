import { randomUUIDv7 } from 'node:crypto'

import { sendEnvelope } from '#envelopes'
import { newCaseKey, sealCase } from '#platform/access'

import type { Person } from './agencies.ts'

/** One envelope on its way, and what it belongs to at its sender's. */
export interface Sent {
  readonly envelopeId: string
  readonly caseId: string
  readonly threadId: string
  readonly releaseId: string
}

/** A case, a thread and a signed release in the plainest form, and one envelope sent under it. */
export async function sendOne(from: Person, to: Person, body: unknown): Promise<Sent> {
  return from.act(async (db, actor) => {
    const ids = { caseId: randomUUIDv7(), threadId: randomUUIDv7(), releaseId: randomUUIDv7() }
    const of = await newCaseKey(db, actor, ids.caseId)
    const row = { party_id: actor.partyId, case_id: ids.caseId }
    await db
      .insertInto('people.case')
      .values({ party_id: actor.partyId, id: ids.caseId, owner_id: actor.accountId })
      .execute()
    await db
      .insertInto('releases.release')
      .values({
        ...row,
        id: ids.releaseId,
        recipient_id: to.partyId,
        state: 'signed',
        made_by: actor.accountId,
        body: sealCase(of, 'releases.release', 'body', ids.releaseId, {}),
      })
      .execute()
    await db
      .insertInto('referrals.thread')
      .values({
        ...row,
        id: ids.threadId,
        side: 'from',
        other_party: to.partyId,
        kind: 'referral',
        state: 'sent',
        comes_back: 'outcome',
      })
      .execute()
    const sent = await sendEnvelope(db, actor, {
      kind: 'request',
      threadId: ids.threadId,
      toParty: to.partyId,
      ofCase: of,
      releaseId: ids.releaseId,
      endsAt: null,
      body,
      news: { state: 'received' },
      back: 'outcome',
    })
    if ('refused' in sent) throw new Error(sent.refused)
    return { envelopeId: sent.envelopeId, ...ids }
  })
}
