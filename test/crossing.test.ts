import { randomUUIDv7 } from 'node:crypto'

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openIncoming, openOutgoing, sendEnvelope, withdrawRelease } from '#envelopes'
import { caseKey, newCaseKey } from '#platform/access'
import { checkStoredLedger, sealLedger } from '#platform/ledger'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'

let world: TestWorld
let advocate: Person
let clinician: Person

beforeAll(async () => {
  world = await testWorld()
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
})
afterAll(() => world.close())

/** A case, a thread and a release in the plainest form, and one envelope sent under it. */
async function sendOne(body: unknown) {
  return advocate.act(async (db, actor) => {
    const caseId = randomUUIDv7()
    const threadId = randomUUIDv7()
    const releaseId = randomUUIDv7()
    const of = await newCaseKey(db, actor, caseId)
    await db
      .insertInto('people.case')
      .values({ party_id: actor.partyId, id: caseId, owner_id: actor.accountId })
      .execute()
    await db
      .insertInto('referrals.thread')
      .values({
        party_id: actor.partyId,
        case_id: caseId,
        id: threadId,
        side: 'from',
        other_party: clinician.partyId,
        kind: 'referral',
        state: 'sent',
        comes_back: 'outcome',
      })
      .execute()
    const sent = await sendEnvelope(db, actor, {
      kind: 'request',
      threadId,
      toParty: clinician.partyId,
      ofCase: of,
      releaseId,
      endsAt: null,
      body,
      news: { state: 'received' },
      back: 'outcome',
    })
    if ('refused' in sent) throw new Error(sent.refused)
    return { ...sent, caseId, threadId, releaseId }
  })
}

test('an envelope reaches its one recipient, and both sides can read it', async () => {
  const sent = await sendOne({ name: 'Ash' })
  expect(sent.reached).toBe('delivered')
  const read = await clinician.act((db, actor) => openIncoming(db, actor, sent.envelopeId))
  expect(read).toMatchObject({ body: { name: 'Ash' }, otherParty: advocate.partyId })
  const own = await advocate.act((db, actor) => openOutgoing(db, actor, sent.envelopeId))
  expect(own).toMatchObject({ body: { name: 'Ash' }, otherParty: clinician.partyId })
  const theirs = await clinician.act((db) => db.selectFrom('people.case').select('id').execute())
  expect(theirs).toEqual([])
})

test('a withdrawn envelope opens no more, and looks like an expired one', async () => {
  const sent = await sendOne({ name: 'Birch' })
  const ended = await advocate.act(async (db, actor) => {
    const of = await caseKey(db, actor, sent.caseId)
    if (of === null) throw new Error('no key')
    return withdrawRelease(db, actor, { id: sent.releaseId, of }, 'spoken')
  })
  expect(ended).toBe(1)
  const read = await clinician.act((db, actor) => openIncoming(db, actor, sent.envelopeId))
  expect(read).toEqual({ refused: 'no-longer-shared' })
  const wraps =
    await sql`select from keyring.envelope_wrap where envelope_id = ${sent.envelopeId} and party_id = ${clinician.partyId}`.execute(
      world.owner,
    )
  expect(wraps.rows).toHaveLength(0)
})

test('the ledger holds both sides and proves itself', async () => {
  await sendOne({ name: 'Cedar' })
  while ((await sealLedger(world.pools, world.installation.sign)) > 0);
  await sendOne({ name: 'Cedar again' })
  const report = await checkStoredLedger(world.owner, world.installation.sign.publicKey)
  expect(report.problems).toEqual([])
  expect(report.size).toBeGreaterThan(3)
  expect(report.witnesses).toBeGreaterThan(0)
  expect(report.unsealedTail).toBeGreaterThan(0)
})
