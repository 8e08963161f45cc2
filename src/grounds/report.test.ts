import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'

import type { Person } from '../../test/world/agencies.ts'
import { beginOn, type GroundPlace, groundNow, stepOn } from '../../test/world/grounds.ts'
import { caseWith } from '../../test/world/sending.ts'
import { newest, received, type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'

let at: SendingWorld
let lead: Person
let office: Person

beforeAll(async () => {
  at = await sendingWorld()
  lead = at.advocate
  office = await at.world.found('Northmere Children’s Office', 'child-welfare')
  await at.world.pair(lead, office)
})
afterAll(() => at?.world.close())

const asked = {
  sort: 'harm',
  state: 'asked',
  whom: 'The duty line',
  question: 'A child of six has a bruise. Must that be reported?',
  said: 'Yes, today.',
}
const facts = {
  child: 'Ivy, six',
  where: 'At school',
  what: 'A bruise on the arm',
  when: 'Seen on Monday',
  who: 'The other parent',
  now: 'The key is still there',
  answer: 'face-to-face',
}
const step = (place: GroundPlace, rest: string, fields: Parameters<typeof stepOn>[4], who = lead) =>
  stepOn(at.served, who, place, rest, fields, lead)

async function begun(given: Readonly<Record<string, string>> = asked): Promise<GroundPlace> {
  const { caseId } = await caseWith(lead)
  return beginOn(at.served, lead, caseId, 'concern', given)
}

async function writtenDown(): Promise<GroundPlace> {
  const place = await begun()
  expect((await step(place, '/facts', facts)).status).toBe(303)
  return place
}

describe('a mandated report', () => {
  test('begins with a question that names nobody; a name is sent back to its field, everything typed kept', async () => {
    const { caseId } = await caseWith(lead)
    const named = { ...asked, question: 'Rowan has a child with a bruise.' }
    const said = await at.served.post(`/cases/${caseId}/grounds/concern`, named, lead)
    expect(said.status).toBe(422)
    const text = await said.text()
    expect(text).toContain('rule report-3')
    expect(text).toContain('Rowan has a child with a bruise.')
    expect(text).toContain('Yes, today.')
  })

  test('us-T18: a note or a file beside the six facts is refused, and what was typed is kept', async () => {
    const place = await begun()
    for (const beside of ['notes', 'attachment']) {
      const said = await step(place, '/facts', { ...facts, [beside]: 'All our notes' })
      expect(said.status).toBe(409)
      const text = await said.text()
      expect(text).toContain('rule report-1')
      expect(text).toContain('A bruise on the arm')
    }
    const { body } = await groundNow(lead, place)
    expect(body.kind === 'report' ? body.facts : 'other').toBeNull()
  })

  test('us-T19: whoever takes it reads six facts, and finds no such record behind them', async () => {
    const place = await writtenDown()
    const before = (await received(office)).length
    expect((await step(place, '', { act: 'made', way: 'here', partner: office.partyId })).status).toBe(303)
    expect(await received(office)).toHaveLength(before + 1)
    const id = await newest(office)
    const seen = await office.act((db, actor) => openIncoming(db, actor, id))
    if ('refused' in seen) throw new Error(seen.refused)
    const text = JSON.stringify(seen.body)
    for (const fact of ['Ivy, six', 'A bruise on the arm', 'The key is still there'])
      expect(text).toContain(fact)
    for (const word of ['Rowan', 'Dane', '07700', 'Sleep through', 'duty line', place.caseId, place.id])
      expect(text).not.toContain(word)
    const missing = await at.served.get('/cases/00000000-0000-7000-8000-000000000000', office)
    const page = await missing.text()
    for (const path of [`/cases/${place.caseId}`, place.path, `${place.path}/facts`]) {
      const answer = await at.served.get(path, office)
      expect([answer.status, await answer.text()]).toEqual([404, page])
    }
  })

  test('is not made before its facts are written, also when the form is made by hand', async () => {
    const place = await begun(asked)
    const said = await step(place, '', { act: 'made', way: 'telephone', to: 'Kim, duty line' })
    expect(said.status).toBe(409)
    expect(await said.text()).toContain('rule report-1')
  })

  test('goes by telephone without anything leaving here, once', async () => {
    const place = await writtenDown()
    const before = (await received(office)).length
    const nobody = await step(place, '', { act: 'made', way: 'telephone' })
    expect(nobody.status).toBe(422)
    const { version } = await groundNow(lead, place)
    const made = { version: String(version), act: 'made', way: 'telephone', to: 'Kim, duty line' }
    const both = await Promise.all([1, 2].map(() => at.served.post(place.path, made, lead)))
    expect(both.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([303, 409])
    expect(await received(office)).toHaveLength(before)
    const later = await step(place, '', { act: 'none', why: 'Changed our mind' })
    expect(await later.text()).toContain('rule report-4')
  })

  test('of exposure alone is not written: the page leads back, the act refuses', async () => {
    const place = await begun({ ...asked, sort: 'exposure' })
    expect((await at.served.get(`${place.path}/facts`, lead)).status).toBe(303)
    const said = await step(place, '/facts', facts)
    expect(said.status).toBe(409)
    expect(await said.text()).toContain('rule report-2')
    expect((await step(place, '', { act: 'none', why: 'Another kind of help fits.' })).status).toBe(303)
    expect(await (await at.served.get(place.path, lead)).text()).toContain('No report was made.')
  })

  test('is not sent to a partner that is no child welfare, nor to a stranger', async () => {
    const place = await writtenDown()
    const said = await step(place, '', { act: 'made', way: 'here', partner: at.clinician.partyId })
    expect(said.status).toBe(409)
    const { body } = await groundNow(lead, place)
    expect(body.kind === 'report' ? body.made : 'other').toBeNull()
  })
})
