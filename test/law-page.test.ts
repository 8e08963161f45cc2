import { afterAll, beforeAll, expect, test } from 'vitest'
import { agencyOf } from '#parties'
import { caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'
import { lawPackOf, loadLawPacks } from '#releases'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let admin: Person
let worker: Person
let clinic: Person
const folder = mkdtempSync(join(tmpdir(), 'law-'))

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  admin = await world.found('Quay Advocacy', 'domestic-abuse', ['agency-administrator', 'privacy-lead'], 'us')
  worker = await world.join(admin, 'Somebody', ['worker'])
  clinic = await world.found('Hill Clinic', 'mental-health')
})
afterAll(async () => {
  loadLawPacks(null)
  rmSync(folder, { recursive: true })
  await world.close()
})

const lawOf = (who: Person) => who.act(async (db) => (await agencyOf(db, who.partyId))?.law)
const rulesPage = async (who: Person) => (await served.get('/rules', who)).text()

test('us-T45: until an agency has said its state, a banner says that the strictest counts', async () => {
  const text = await rulesPage(worker)
  expect(text).toContain('has not said which state’s law it works under')
  expect(text).toContain('id="no-pack:release-cap-days"')
  expect(text).toMatch(/not set[\s\S]{0,200}Counts as: 30 days/)
})

test('an administrator says it; the ledger keeps who did and what it was before', async () => {
  expect((await served.get('/agency/law', worker)).status).toBe(404)
  expect((await served.post('/agency/law', { law: 'us-wa' }, worker)).status).toBe(404)
  expect(await (await served.get('/agency/law', admin)).text()).toContain('Washington')
  expect((await served.post('/agency/law', { law: 'us-wa' }, admin)).status).toBe(303)
  expect(await lawOf(admin)).toBe('us-wa')
  const lines = await admin.act((db, actor) =>
    readLines(db, actor, { kinds: ['agency.law'] }, (ids) => caseKeys(db, actor, ids)),
  )
  expect(lines.find((line) => line.kind === 'agency.law')?.detail).toMatchObject({
    law: 'us-wa',
    before: null,
  })
  const text = await rulesPage(worker)
  expect(text).not.toContain('has not said which')
  expect(text).toContain('RCW 70.123.076')
  expect(text).toContain('id="us-wa:report-clock-hours"')
  expect(text).toContain('+us-wa-')
})

test('a place that is not loaded, or of another country, is refused in a sentence', async () => {
  for (const law of ['us-zz', 'uk-eng', '', '<b>']) {
    const answer = await served.post('/agency/law', { law }, admin)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Choose one of the places')
  }
  expect(await lawOf(admin)).toBe('us-wa')
  expect((await served.post('/agency/law', { law: 'none' }, clinic)).status).toBe(303)
  expect(await lawOf(clinic)).toBeNull()
})

test('a state that was added as a file can be chosen and is shown', async () => {
  const pack = { ...lawPackOf('us', 'us-wa'), id: 'us-made', name: 'Made-up State', version: 'us-made-1' }
  writeFileSync(join(folder, 'made.json'), JSON.stringify(pack))
  expect(loadLawPacks(folder)).toEqual([])
  expect(await (await served.get('/agency/law', admin)).text()).toContain('Made-up State')
  expect((await served.post('/agency/law', { law: 'us-made' }, admin)).status).toBe(303)
  expect(await rulesPage(worker)).toContain('id="us-made:release-cap-days"')
})
