import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openIncoming, openOutgoing } from '#envelopes'
import { acceptedKeys } from '#parties'
import { newBoxPair, newSignPair, partyFingerprint } from '#platform/crypto'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { sendOne } from './world/crossing.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let quay: Person
let hill: Person
let letGo = 0

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
})
beforeEach(async () => {
  quay = await world.found('Quay House', 'domestic-abuse')
  hill = await world.found('Hill Clinic', 'mental-health')
  await world.pair(quay, hill)
})
afterAll(() => world.close())

/** The clinic lets somebody go: its keys get a new version. */
async function changeKeys(of: Person): Promise<void> {
  letGo += 1
  const gone = await world.join(of, `Somebody ${letGo}`, ['worker'])
  const answer = await served.post(`/agency/members/${gone.accountId}`, { act: 'remove', roles: [] }, of)
  expect(answer.status).toBe(303)
}

function opened(who: Person, envelopeId: string) {
  return who.act((db, actor) => openIncoming(db, actor, envelopeId))
}

async function accept(by: Person, of: Person) {
  return served.post(`/agency/partners/${of.partyId}`, {}, by)
}

test('a partner whose keys changed is sent nothing until somebody compared the words again', async () => {
  await sendOne(quay, hill, { name: 'Ash' })
  await changeKeys(hill)
  await expect(sendOne(quay, hill, { name: 'Birch' })).rejects.toThrow('partner-key-changed')
  const list = await (await served.get('/agency/partners', quay)).text()
  const one = await (await served.get(`/agency/partners/${hill.partyId}`, quay)).text()
  expect(list).toMatch(/Hill Clinic[\s\S]*changed/i)
  expect(one).toContain('app-words__word')
  expect((await accept(quay, hill)).status).toBe(303)
  const sent = await sendOne(quay, hill, { name: 'Cedar' })
  expect(await opened(hill, sent.envelopeId)).toMatchObject({ body: { name: 'Cedar' } })
})

test('what came before the change still opens, on both sides, before and after the words were compared', async () => {
  const toQuay = await sendOne(hill, quay, { name: 'Dogwood' })
  const toHill = await sendOne(quay, hill, { name: 'Elder' })
  await changeKeys(hill)
  for (const compared of [false, true]) {
    if (compared) await accept(quay, hill)
    expect(await opened(quay, toQuay.envelopeId)).toMatchObject({ body: { name: 'Dogwood' } })
    expect(await opened(hill, toHill.envelopeId)).toMatchObject({ body: { name: 'Elder' } })
    const own = await hill.act((db, actor) => openOutgoing(db, actor, toQuay.envelopeId))
    expect(own).toMatchObject({ body: { name: 'Dogwood' } })
  }
})

test('what comes under keys that nobody accepted waits, and opens once they are accepted', async () => {
  await changeKeys(hill)
  const sent = await sendOne(hill, quay, { name: 'Fir' })
  expect(await opened(quay, sent.envelopeId)).toEqual({ refused: 'partner-key-changed' })
  await accept(quay, hill)
  expect(await opened(quay, sent.envelopeId)).toMatchObject({ body: { name: 'Fir' } })
})

test('a change of our own keys leaves what we accepted accepted', async () => {
  await changeKeys(quay)
  const sent = await quay.act((db, actor) => acceptedKeys(db, actor, hill.partyId))
  expect(sent).toMatchObject({ partyId: hill.partyId, version: 1 })
  await accept(hill, quay)
  expect((await sendOne(quay, hill, { name: 'Gorse' })).envelopeId).toBeTruthy()
})

test('keys and acceptances that somebody with the database writes are not sealed to', async () => {
  const box = newBoxPair().publicKey
  const { publicKey } = newSignPair()
  await world.owner
    .insertInto('keyring.party_key')
    .values({ party_id: hill.partyId, version: 9, box_public: box, sign_public: publicKey })
    .execute()
  await expect(sendOne(quay, hill, { name: 'Hazel' })).rejects.toThrow('partner-key-changed')
  const print = partyFingerprint(box, publicKey)
  await sql`insert into parties.pin (party_id, partner_id, partner_version, fingerprint, sign_version, signature, pinned_by)
    select party_id, partner_id, 9, ${print}, sign_version, signature, pinned_by from parties.pin
    where party_id = ${quay.partyId} and partner_id = ${hill.partyId}`.execute(world.owner)
  await expect(sendOne(quay, hill, { name: 'Hazel' })).rejects.toThrow('partner-pin-broken')
})
