import { randomUUIDv7 } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { caseKey, newCaseKey, wrapForMembers } from '#platform/access'

import { letGo } from '../src/parties/member.actions.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'

let world: TestWorld
let admin: Person
let alone: Person

beforeAll(async () => {
  world = await testWorld()
  admin = await world.found('One Key', 'domestic-abuse', ['agency-administrator', 'worker'])
  alone = await world.join(admin, 'Alone', ['worker'])
})
afterAll(() => world.close())

/** A case that only these members can open. */
async function closedFor(members: readonly string[]): Promise<string> {
  const caseId = randomUUIDv7()
  await alone.act(async (db, actor) => {
    const key = await newCaseKey(db, actor, caseId)
    await db
      .insertInto('people.case')
      .values({ party_id: actor.partyId, id: caseId, owner_id: actor.accountId, sort: 'closed' })
      .execute()
    await wrapForMembers(db, actor, key, members)
    await db
      .deleteFrom('keyring.case_wrap')
      .where('case_id', '=', caseId)
      .where('holder', '=', actor.partyId)
      .execute()
  })
  return caseId
}

test('nobody is let go while a closed case would lose its last key with them', async () => {
  const caseId = await closedFor([alone.accountId])
  const refused = await admin.act((db, actor) => letGo(db, actor, alone.accountId))
  expect(refused).toEqual({ refused: 'only-holder' })

  await alone.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    if (key === null) throw new Error('the case does not open')
    await wrapForMembers(db, actor, key, [admin.accountId])
  })
  const done = await admin.act((db, actor) => letGo(db, actor, alone.accountId))
  expect(done).toHaveProperty('version')
})
