import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { caseWith, listServicesOf } from '../../test/world/sending.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'

let world: TestWorld
let served: Served
let advocate: Person
let stranger: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  stranger = await world.found('Elsewhere', 'education')
  await listServicesOf(world, [])
  await sql`update directory.contact set away_from = current_date - 1, away_until = current_date + 7
    where name = 'Ash Fenwick'`.execute(world.owner)
  await sql`update directory.contact set confirmed_on = current_date - 91 where name = 'Kit Alder'`.execute(
    world.owner,
  )
  await sql`update directory.contact set confirmed_on = current_date - 90 where name = 'Jules Farrow'`.execute(
    world.owner,
  )
})
afterAll(() => world.close())

const text = async (path: string, who: Person) => (await served.get(path, who)).text()
const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map((each) => each[1] ?? '')

/** The part of a page that speaks of one person. */
function about(html: string, name: string): string {
  return html.split('<strong>').find((part) => part.startsWith(name)) ?? ''
}

test.each([
  ['mental-health', 'mind', '01632960159'],
  ['domestic-abuse', 'home', '01632960156'],
])('from any case it is two steps to a named person for %s', async (_purpose, slug, number) => {
  const { caseId } = await caseWith(advocate, {})
  const steps: string[] = []
  let html = await text(`/cases/${caseId}`, advocate)
  for (const wanted of [`/cases/${caseId}/ring/${slug}`, `tel:${number}`]) {
    expect(hrefs(html)).toContain(wanted)
    steps.push(wanted)
    if (wanted.startsWith('/')) html = await text(wanted, advocate)
  }
  expect(steps).toHaveLength(2)
})

test('somebody who is away is named with who stands in, and an old confirmation is marked', async () => {
  const { caseId } = await caseWith(advocate, {})
  const html = await text(`/cases/${caseId}/ring/mind`, advocate)
  expect(about(html, 'Robin Vale')).toContain('In place of Ash Fenwick, who is away until')
  expect(about(html, 'Ash Fenwick')).toBe('')
  expect(about(html, 'Kit Alder')).toContain('Not confirmed lately')
  expect(about(html, 'Jules Farrow')).toContain('01632 960159')
  expect(about(html, 'Jules Farrow')).not.toContain('Not confirmed lately')
})

test('whoever the case names as causing harm or not safe is neither contact nor cover', async () => {
  const { caseId } = await caseWith(advocate, { harm: 'Robin Vale', notSafe: 'Jules Farrow, he knows them' })
  const html = await text(`/cases/${caseId}/ring/mind`, advocate)
  for (const name of ['Robin Vale', 'Jules Farrow', '01632 960153', '01632 960159'])
    expect(html).not.toContain(name)
  expect(html).toContain('2 contacts are left out')
  expect(html).toContain('Ash Fenwick (Northmere CYP Community Mental Health Team) is away until')
})

test('a case of another agency, one that is not there, and another purpose answer alike', async () => {
  const { caseId } = await caseWith(advocate, {})
  const paths = [`/cases/${caseId}/ring/mind`, `/cases/${stranger.partyId}/ring/mind`]
  for (const path of [...paths, `/cases/${caseId}/ring/money`])
    expect((await served.get(path, stranger)).status).toBe(404)
  expect((await served.get(`/cases/${caseId}/ring/money`, advocate)).status).toBe(404)
})
