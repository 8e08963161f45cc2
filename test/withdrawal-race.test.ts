import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openIncoming, withdrawRelease } from '#envelopes'
import { caseKey } from '#platform/access'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Sent, sendOne } from './world/crossing.ts'

const openings = process.env['ANYDOOR_PROVE'] === undefined ? 240 : 10_000
const atOnce = 8

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

/** One look at the envelope, and when it was over. */
async function look(sent: Sent): Promise<boolean> {
  const seen = await clinician.act((db, actor) => openIncoming(db, actor, sent.envelopeId))
  if ('refused' in seen) expect(seen).toEqual({ refused: 'no-longer-shared' })
  else expect(seen.body).toEqual({ name: 'Ash' })
  return !('refused' in seen)
}

async function takeBack(sent: Sent): Promise<void> {
  await advocate.act(async (db, actor) => {
    const of = await caseKey(db, actor, sent.caseId)
    if (of === null) throw new Error('no key')
    expect(await withdrawRelease(db, actor, { id: sent.releaseId, of }, 'spoken')).toBe(1)
  })
}

async function lines(kind: string): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from ledger.entry where kind = ${kind}`.execute(world.owner)
  return rows[0]?.n ?? 0
}

test('openings that race a withdrawal either finish before it, with their line, or find nothing', async () => {
  let opened = 0
  let raced = 0
  for (let round = 0; round < openings / atOnce; round += 1) {
    const sent = await sendOne(advocate, clinician, { name: 'Ash' })
    const early = Array.from({ length: atOnce - 2 }, () => look(sent))
    const back = takeBack(sent)
    const late = [look(sent), look(sent)]
    const seen = await Promise.all([...early, ...late])
    await back
    opened += seen.filter(Boolean).length
    if (seen.includes(false) && seen.includes(true)) raced += 1
    expect(await look(sent)).toBe(false)
  }
  expect(raced).toBeGreaterThan(0)
  expect(await lines('envelope.opened')).toBe(opened)
  const left = await sql`select from keyring.envelope_wrap where party_id = ${clinician.partyId}`.execute(
    world.owner,
  )
  expect(left.rows).toHaveLength(0)
})
