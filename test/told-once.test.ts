import { afterAll, beforeAll, expect, test } from 'vitest'

import { openFile } from '#people'
import { decide, takeIntoRecord, withdrawUnder } from '#referrals'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { sendReferral, threadNow } from './world/referrals.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person
let lead: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  lead = await world.join(clinician, 'Lena', ['lead'])
  await world.pair(advocate, clinician)
})
afterAll(() => world.close())

const phone = '01632 960123'
const yes = {
  about: 'accepted' as const,
  startsOn: null,
  person: { name: 'Kim', phone, cover: '' },
  first: null,
  note: '',
}

/** A referral that was accepted, of which only the wish was taken into a case of the clinic. */
async function taken() {
  const sent = await sendReferral(advocate, clinician)
  const now = () => threadNow(clinician, sent.threadId)
  const accepting = await now()
  await clinician.act((db, actor) => decide(db, actor, accepting, yes))
  const taking = await now()
  const done = await clinician.act((db, actor) => takeIntoRecord(db, actor, taking, [1]))
  if ('refused' in done) throw new Error(done.refused)
  return { ...sent, mine: done.caseId }
}

const details = async (caseId: string, rest = '') =>
  (await served.get(`/cases/${caseId}/details${rest}`, clinician)).text()
const offered = (html: string) => /name="source" value="([^"]+)"/.exec(html)?.[1] ?? ''
const decided = (caseId: string, act: string, source: string) =>
  served.post(
    `/cases/${caseId}/told`,
    { page: 'situation', question: 'abuse', source, 'act-abuse': act },
    clinician,
  )
const fileOf = (caseId: string) => clinician.act((db, actor) => openFile(db, actor, caseId))
const repeats = () => world.owner.selectFrom('people.repeat').selectAll().execute()

test('what a partner passed on stands where the question would be; used, it keeps its source and nothing is counted', async () => {
  const { mine } = await taken()
  const html = await details(mine)
  expect(html).toContain('Told already')
  expect(html).toContain('Told to Harbour Advocacy, who passed it on, on 20 November 2026.')
  expect(html).not.toContain('name="f-abuse"')
  const used = await decided(mine, 'use', offered(html))
  expect(used.headers.get('location')).toBe(`/cases/${mine}/details`)
  expect((await fileOf(mine))?.answers['abuse']).toEqual({
    state: 'known',
    value: 'on-and-off',
    askedOn: '2026-11-20',
    from: { how: 'agency', who: 'Harbour Advocacy', on: '2026-11-20' },
  })
  expect(await details(mine)).not.toContain('Told already')
  expect(await repeats()).toEqual([])
})

test('asking again asks, and is counted by month and group alone', async () => {
  const { mine } = await taken()
  const asked = await decided(mine, 'again', offered(await details(mine)))
  expect(asked.headers.get('location')).toBe(`/cases/${mine}/details?asking=abuse`)
  const html = await details(mine, '?asking=abuse')
  expect(html).toContain('name="f-abuse"')
  expect(html).not.toContain('Told already')
  const rows = await repeats()
  expect(rows).toHaveLength(1)
  expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(['id', 'month', 'party_id', 'question_group'])
  expect(rows[0]).toMatchObject({ party_id: clinician.partyId, question_group: 'abuse' })
  // A random id tells no time, and the month is a first day.
  expect(rows[0]?.id[14]).toBe('4')
  expect(String(rows[0]?.month)).toContain('-01')
})

test('what is no longer shared is not offered, and an offer that has gone changes nothing', async () => {
  const sent = await taken()
  const source = offered(await details(sent.mine))
  const { key: of, releaseId: id } = sent
  await advocate.act((db, actor) => withdrawUnder(db, actor, { id, of }, 'spoken'))
  expect(await details(sent.mine)).not.toContain('Told already')
  const before = (await repeats()).length
  for (const act of ['use', 'again']) await decided(sent.mine, act, source)
  expect((await fileOf(sent.mine))?.answers).toEqual({})
  expect(await repeats()).toHaveLength(before)
})

test('a lead sees the trend with small numbers hidden; another agency sees its own, a worker nothing', async () => {
  const page = async (who: Person) => served.get('/work/asked-again', who)
  expect(await (await page(lead)).text()).toContain('fewer than 5')
  expect((await page(clinician)).status).toBe(404)
  const other = await world.join(advocate, 'Ola', ['lead'])
  expect(await (await page(other)).text()).not.toContain('fewer than')
})
