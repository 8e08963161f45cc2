import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { install, type Installation, sorted } from './installations.ts'
import { richEntry } from './rich-entry.ts'
import { compiled, faultsOf, standardJson, standardsFolder } from './standards.ts'

let first: Installation
let second: Installation

beforeAll(async () => {
  first = await install()
  second = await install()
})

afterAll(async () => {
  await first.close()
  await second.close()
})

type Json = Readonly<Record<string, unknown>>

const id = (n: number) => `5a000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A service as a rich feed has it: what we have no column for, fields of its own, and what must never be kept. */
const rich = {
  ...richEntry,
  program_id: richEntry.program.id,
  accreditations: 'Quality mark',
  licenses: 'Licensed <b>credit</b> counsellor',
  schedules: richEntry.schedules.map((each) => ({ ...each, dtstart: '2026-01-05' })),
  capacities: [
    {
      id: id(11),
      unit: { id: id(12), name: 'desks', scheme: 'ours' },
      available: 2,
      maximum: 5,
      updated: '2026-11-01T08:00:00Z',
    },
  ],
  council_reference: 'AB-17',
  opening_remarks: { short: 'Come in', picture: 'data:image/png;base64,AAAA', link: 'javascript:alert(1)' },
  contacts: [{ id: id(15), name: 'Sam Canary', email: 'sam@example.org' }],
  metadata: [{ id: id(16), last_action_type: 'update', previous_value: 'Old canary words' }],
  internal_note: 'Canary: knows her husband',
  location_hint: 'Canary lane, by the bakery',
  organization: {
    ...richEntry.organization,
    locations: [{ id: id(22), location_type: 'physical', name: 'Canary house' }],
  },
  service_at_locations: richEntry.service_at_locations.map((each) => ({
    ...each,
    location: { ...each.location, url: 'https://example.org/hall' },
  })),
}

const marked = {
  attributes: [
    { value: 'location-privacy:address-confidential', taxonomy_term: { taxonomy: 'location-privacy' } },
  ],
}

async function keptRows({ owner }: Installation): Promise<string> {
  const { rows } = await sql<{
    kept: string
  }>`select coalesce(string_agg(kept::text, ' '), '') as kept from directory.kept_beside`.execute(owner)
  return rows[0]?.kept ?? ''
}

async function servicesOf(installation: Installation) {
  const file = JSON.parse(await installation.file()) as { readonly contents: readonly Json[] }
  return file.contents
}

test('what a feed says and no column has is kept beside and written back, as plain text', async () => {
  await first.bring(JSON.stringify([rich]))
  const [out] = await servicesOf(first)
  for (const key of [
    'program_id',
    'program',
    'additional_urls',
    'interpretation_services',
    'accreditations',
    'funding',
    'cost_options',
    'council_reference',
  ])
    expect(out?.[key]).toEqual(rich[key as keyof typeof rich])
  expect(out).toMatchObject({
    licenses: 'Licensed credit counsellor',
    opening_remarks: { short: 'Come in' },
    phones: [
      {
        number: '+44 1632 960120',
        type: 'text',
        description: 'Texts; at night',
        languages: [{ code: 'cy' }],
      },
    ],
    languages: [{ code: 'cy', note: 'On Mondays' }],
    service_areas: [{ name: 'Northmere', extent: '{"type":"Polygon"}' }],
    schedules: [{ byday: 'MO,WE', dtstart: '2026-01-05' }],
    capacities: [{ unit: rich.capacities[0]?.unit, maximum: 5, available: 2 }],
    organization: {
      legal_status: 'charity',
      year_incorporated: 1999,
      organization_identifiers: rich.organization.organization_identifiers,
    },
    service_at_locations: [{ location: { alternate_name: 'The hall', url: 'https://example.org/hall' } }],
  })
  expect(out?.['attributes']).toContainEqual(rich.attributes[0])
  const said = JSON.stringify(out) + (await keptRows(first))
  for (const never of [/canary/i, /data:/, /javascript/, /<b>/, /last_action/])
    expect(said).not.toMatch(never)
})

test('out, into an empty installation and out again: nothing is lost and nothing is added', async () => {
  await second.bring(await first.file())
  expect(sorted(await servicesOf(second))).toBe(sorted(await servicesOf(first)))
  expect(await keptRows(second)).not.toBe('')
})

test.skipIf(standardsFolder() === null)(
  'what is written back is valid HSDS 3.1; only names of its own are strange to it (skipped without ../shared/standards)',
  async () => {
    const validate = compiled(standardJson('hsds', '3.1', 'schema', 'compiled', 'service.json'), {
      closed: true,
    })
    const [out] = await servicesOf(first)
    expect(faultsOf(validate, out).toSorted()).toEqual([
      '/ additionalProperties:council_reference',
      '/ additionalProperties:opening_remarks',
    ])
  },
)

test('a field of the wrong kind is not written where the standard has another', async () => {
  const odd = {
    ...rich,
    licenses: { a: 1 },
    funding: 'A council',
    program_id: 'p-1',
    additional_urls: [{ label: 'no address' }, { url: 'ftp://x' }],
  }
  await first.bring(JSON.stringify([odd]))
  const [out] = await servicesOf(first)
  for (const key of ['licenses', 'funding', 'program_id', 'additional_urls'])
    expect(out).not.toHaveProperty(key)
})

test('the next file takes the place of what the one before said', async () => {
  const { id: own, name, status, organization, contacts: _contacts } = rich
  await first.bring(
    JSON.stringify([
      {
        id: own,
        name,
        status,
        organization: { id: organization.id, name: organization.name, description: '' },
      },
    ]),
  )
  expect(await keptRows(first)).toBe('')
})

test('a record that says too much beside keeps none of it, and the report says so', async () => {
  const long = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`words_${i}`, 'long words '.repeat(300)]),
  )
  const report = await first.bring(JSON.stringify([{ ...rich, ...long }]))
  expect(report).toMatchObject({ importedWithWarnings: 1 })
  expect(JSON.stringify(report)).toContain('too-much-beside')
  expect(await keptRows(first)).not.toContain('long words')
})

test('of an entry that is secret nothing is kept, whoever writes; one that turns secret loses it, with its places and its organisation', async () => {
  await first.bring(JSON.stringify([rich]))
  expect(await keptRows(first)).toContain('Quality mark')
  await first.bring(JSON.stringify([{ ...rich, ...marked }]))
  expect(await keptRows(first)).toBe('')
  await first.owner.transaction().execute(async (db) => {
    await sql`insert into directory.kept_beside (service_id, kept) select id, '{"rest": {"a": 1}}' from directory.service`.execute(
      db,
    )
    await sql`insert into directory.kept_beside (organization_id, kept) select id, '{"rest": {"a": 1}}' from directory.organization`.execute(
      db,
    )
    await sql`insert into directory.kept_beside (location_id, kept) select id, '{"rest": {"a": 1}}' from directory.location`.execute(
      db,
    )
  })
  expect(await keptRows(first)).toBe('')
})

test('an entry that an editor makes secret loses it in the same statement', async () => {
  const third = await install()
  await third.bring(JSON.stringify([rich]))
  expect(await keptRows(third)).toContain('Quality mark')
  await sql`delete from directory.schedule`.execute(third.owner)
  await sql`update directory.service set confidential = true`.execute(third.owner)
  expect(await keptRows(third)).toBe('')
  await third.close()
})

test('an organisation to which a secret entry is new keeps nothing either', async () => {
  const other = { ...rich, id: id(50), ...marked, service_at_locations: [] }
  expect(await keptRows(second)).toContain('charity')
  await second.bring(JSON.stringify([other]))
  expect(await keptRows(second)).not.toContain('charity')
  expect(JSON.stringify(await servicesOf(second))).not.toContain('charity')
})

test('of a file that partners keep among themselves, no name of its own is kept', async () => {
  const third = await install()
  const attributes = [
    {
      id: id(60),
      label: 'Ring the back door',
      taxonomy_term: { id: id(61), code: 'detail', name: 'd', description: 'd', taxonomy: 'anydoor-partner' },
    },
  ]
  await third.bring(JSON.stringify([{ ...rich, attributes }]))
  const kept = await keptRows(third)
  expect(kept).toContain('Quality mark')
  expect(kept).not.toContain('AB-17')
  expect(JSON.stringify(await servicesOf(third))).not.toContain('back door')
  await third.close()
})
