import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startCase } from '#people'
import { caseKeys } from '#platform/access'

import { sendReferral } from './world/referrals.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type LinesAsked, readLines } from '#platform/ledger'

let world: TestWorld
let advocate: Person
let clinician: Person

beforeAll(async () => {
  world = await testWorld()
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
})
afterAll(() => world?.close())

function linesOf(who: Person, asked: LinesAsked = {}) {
  return who.act((db, actor) => readLines(db, actor, asked, (ids) => caseKeys(db, actor, ids)))
}

test('opens lines of case, party and box, each with its own key, and each holds', async () => {
  const sent = await sendReferral(advocate, clinician)
  const own = await linesOf(advocate, { caseId: sent.caseId })
  expect(own.map((line) => line.kind)).toContain('envelope.sent')
  expect(own.every((line) => line.holds && line.detail !== null)).toBe(true)
  expect(own.find((line) => line.kind === 'envelope.sent')?.detail).toMatchObject({
    to: clinician.partyId,
    by: advocate.accountId,
  })
  const theirs = await linesOf(clinician)
  expect(theirs[0]).toMatchObject({
    kind: 'envelope.received',
    holds: true,
    detail: { from: advocate.partyId },
  })
  expect(theirs.some((line) => line.caseId === sent.caseId)).toBe(false)
  const party = await linesOf(advocate, { kinds: ['partner.pinned'] })
  expect(party[0]?.detail).toMatchObject({ partner: clinician.partyId })
})

test('pages newest first, each line once', async () => {
  const all = await linesOf(advocate, { limit: 500 })
  const seen: string[] = []
  let before: string | undefined
  for (;;) {
    const page = await linesOf(advocate, { limit: 3, ...(before === undefined ? {} : { before }) })
    if (page.length === 0) break
    seen.push(...page.map((line) => line.id))
    before = page.at(-1)?.id
  }
  expect(seen).toEqual(all.map((line) => line.id))
})

test('says that details were erased, and that a line was changed', async () => {
  const { caseId } = await advocate.act((db, actor) => startCase(db, actor))
  const other = await advocate.act((db, actor) => startCase(db, actor))
  await sql`update ledger.entry set detail = null where case_id = ${caseId}`.execute(world.owner)
  await sql`update ledger.entry set commitment = sha256('x') where case_id = ${other.caseId}`.execute(
    world.owner,
  )
  expect(await linesOf(advocate, { caseId })).toMatchObject([{ erased: true, detail: null, holds: true }])
  expect(await linesOf(advocate, { caseId: other.caseId })).toMatchObject([{ erased: false, holds: false }])
})
