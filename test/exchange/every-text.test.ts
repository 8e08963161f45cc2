import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyListedService } from '#exchange'
import { type TestWorld, testWorld } from '../world/agencies.ts'
import { serveWorld } from '../world/served.ts'
import { bring } from './bringing.ts'
import { richEntry } from './rich-entry.ts'
import { expectAccounted, expectPlain } from './whole-report.ts'

let world: TestWorld
beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world?.close())

type Json = Readonly<Record<string, unknown>>

/** Everything that a record can say in words, cost texts, contacts, notices and what only partners read among them. */
const entry: Json = {
  ...richEntry,
  alternate_name: 'Money help',
  url: 'https://example.org/money',
  email: 'money@example.org',
  alert: 'Closed on Friday',
  application_process: 'Ring us',
  eligibility_description: 'For people here',
  fees_description: 'Two pounds a time',
  fees: 'Two pounds',
  wait_time: 'Two weeks',
  accreditations: 'Quality mark',
  assurer_email: 'right@example.org',
  assured_date: '2026-10-01',
  own_words: 'A field of the source’s own',
  own_list: [{ of: 'something', more: ['and more'] }],
  required_documents: [{ id: 'doc-1', document: 'A letter' }],
  contacts: [
    { id: 'contact-1', name: 'Rowan Ash', title: 'Worker', department: 'Advice', email: 'r@example.org' },
  ],
  capacities: [
    { id: 'cap-1', available: 3, unit: { id: 'u-1', name: 'places' }, updated: '2026-10-01T09:00:00Z' },
  ],
  accessibility: [
    { id: 'acc-1', description: 'A ramp', details: 'At the side', url: 'https://example.org/ramp' },
  ],
}
const tag = '<b onclick="x()">bold</b><img src=x onerror=alert(1)>&lt;script&gt;y()&lt;/script&gt;'

/** Where each text stands; ids are kept to the letter and are no words. */
function places(
  json: unknown,
  at: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  if (typeof json === 'string') return /(^|_)id$/.test(String(at.at(-1))) ? [] : [at]
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]) =>
    places(value, [...at, Array.isArray(json) ? Number(key) : key]),
  )
}

/** The record with a tag in one of its texts. */
function marked(json: unknown, at: readonly (string | number)[]): unknown {
  const [step, ...rest] = at
  if (step === undefined) return `${String(json)} ${tag}`
  if (Array.isArray(json)) return json.map((each, nth) => (nth === step ? marked(each, rest) : each))
  return { ...(json as Json), [step]: marked((json as Json)[step], rest) }
}

/** Under ids of its own, so that no organisation and no place stands in the file twice. */
function own(json: unknown, nth: number): unknown {
  const mine = JSON.stringify(json)
    .replaceAll('5b000000-0000-', `5b000000-${String(nth).padStart(4, '0')}-`)
    .replaceAll(/"(doc|contact|cap|u|acc)-1"/g, `"$1-${nth}"`)
  return JSON.parse(mine) as unknown
}

test('a tag in any text of a record is text: in no table, in nothing that goes out, on no page', async () => {
  const all = places(entry)
  for (const each of ['cost_options.0.option', 'fees_description', 'organization.name', 'contacts.0.title'])
    expect(all.map((at) => at.join('.'))).toContain(each)
  const records = [entry, ...all.map((at) => marked(entry, at))].map(own)
  const report = await bring(world.owner, JSON.stringify({ contents: records }))
  expectAccounted(records, 'contents', report.records)
  expect(report.rejected).toBe(0)

  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'directory'`.execute(
    world.owner,
  )
  for (const { name } of tables) {
    const { rows } = await sql<Json>`select * from ${sql.table(`directory.${name}`)}`.execute(world.owner)
    for (const { path: _path, ...row } of rows) expectPlain(row, name)
  }
  const served = serveWorld(world)
  const outward = await world.owner.transaction().execute(async (db) => {
    const pages = []
    for await (const each of everyListedService(db)) pages.push(...each)
    return pages
  })
  for (const service of outward) expectPlain(service, 'out')
  expect(outward.length).toBeGreaterThan(all.length - 10)
  const { rows } = await sql<{ id: string }>`select id from directory.service`.execute(world.owner)
  for (const { id } of rows) {
    const html = await (await served.get(`/services/${id}`)).text()
    expect(html).not.toMatch(/onclick=|onerror=|<script>y|src=x/)
  }
}, 240_000)
