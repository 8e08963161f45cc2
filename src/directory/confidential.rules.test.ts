import { expect, test } from 'vitest'
import { nothingKnown, reportOf, type KnownListings, type ReadRecord } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'

const address = {
  id: 'adr',
  address_1: '14 Sycamore Rise',
  address_2: 'Flat 3 Elderflower House',
  city: 'Northmere',
  state_province: 'Northshire',
  postal_code: 'ZZ99 3AB',
  country: 'GB',
  address_type: 'physical',
}
const planted = /sycamore|elderflower|zz99|51\.50722|14 syc|whispering/i
const place = {
  id: 'loc-7',
  location_type: 'physical',
  name: 'Whispering Pines',
  latitude: 51.50722,
  longitude: -0.12751,
  addresses: [address],
}
const marker = {
  id: 'm',
  value: 'location-privacy:address-confidential',
  taxonomy_term: {
    id: 't',
    code: 'address-confidential',
    name: 'Address confidential',
    description: '',
    taxonomy: 'location-privacy',
  },
}

function service(more: Readonly<Record<string, unknown>>) {
  return {
    id: 'svc-1',
    name: 'A place to stay',
    status: 'active',
    description:
      'We are at 14, Sycamore Rise, ZZ993AB. Ask for Sycamore Rise or see https://maps.example.org/?q=x',
    organization: { id: 'o', name: 'Northmere Homes', description: 'Behind Elderflower House' },
    service_at_locations: [{ id: 'sal', location: place }],
    ...more,
  }
}

function read(json: unknown, known: KnownListings = nothingKnown): readonly ReadRecord[] {
  const file = readDirectoryFile(JSON.stringify(json), known)
  if (!file.ok) throw new Error(file.refused)
  return file.records
}

test.each([
  ['marked by its term', service({ attributes: [marker] })],
  [
    'marked at its place',
    service({ service_at_locations: [{ location: { ...place, attributes: [marker] } }] }),
  ],
  [
    'of type redacted',
    service({ service_at_locations: [{ location: { ...place, location_type: 'redacted' } }] }),
  ],
  ['named a refuge', service({ name: 'Harbour Refuge' })],
  ['named a women\u2019s shelter', service({ name: 'Women\u2019s emergency shelter' })],
  [
    'with a term that says so',
    service({
      attributes: [
        {
          id: 'x',
          taxonomy_term: { id: 'y', name: 'Domestic Violence Shelters', description: '', taxonomy: 'other' },
        },
      ],
    }),
  ],
  [
    'of an organisation that is named so',
    service({
      organization: {
        id: 'o',
        name: 'Northmere Women\u2019s Refuge',
        description: 'At 14 Sycamore Rise',
        locations: [place],
      },
    }),
  ],
])('a record %s and with an address is held, and no byte of the address is left', (_, json) => {
  const records = read([json])
  expect(records[0]?.outcome).toBe('held')
  expect(records[0]?.problems.map((each) => each.rule)).toContain('confidential-address')
  expect(JSON.stringify([records, reportOf(records)])).not.toMatch(planted)
  expect(records[0]?.service?.locations.every((each) => each.confidential && each.name === null)).toBe(true)
})

test('an address that only the organisation carries is dropped and held as well', () => {
  const [record] = read([
    service({
      attributes: [marker],
      description: '',
      service_at_locations: [],
      organization: { id: 'o', name: 'Homes', description: 'At 14 Sycamore Rise', locations: [place] },
    }),
  ])
  expect(record?.outcome).toBe('held')
  expect(JSON.stringify(record)).not.toMatch(planted)
})

test('a place marked as confidential without any address is imported as it is', () => {
  const [record] = read([
    service({
      description: 'Ring us.',
      organization: { id: 'o', name: 'Homes', description: '' },
      attributes: [marker],
      service_at_locations: [{ location: { id: 'l', location_type: 'virtual' } }],
    }),
  ])
  expect([record?.outcome, record?.service?.confidential]).toEqual(['imported', true])
})

test('a record that is named a refuge and not marked is held even without an address', () => {
  const [record] = read([
    service({ name: 'Northmere Refuge', description: 'Ring us.', service_at_locations: [] }),
  ])
  expect([record?.outcome, record?.problems.map((each) => each.rule)]).toEqual([
    'held',
    ['looks-confidential'],
  ])
})

test('the same place under another service loses its address too', () => {
  const shown = {
    ...service({ id: 'svc-2', name: 'Advice', description: 'Come to 14 Sycamore Rise.' }),
    organization: { id: 'p', name: 'Advice', description: '' },
    service_at_locations: [{ location: { ...place, id: 'another-id' } }],
  }
  const records = read([shown, service({ attributes: [marker] })])
  expect(records.map((each) => each.outcome)).toEqual(['imported-with-warnings', 'held'])
  expect(JSON.stringify(records[0]?.service?.locations)).not.toMatch(planted)
  expect(records[0]?.service?.description).not.toMatch(/14 Sycamore/)
})

test.each([
  'Wildlife refuge',
  'Refugee support',
  'Animal shelter',
  'Domestic cleaning',
  'Pet and cat sanctuary',
])('%s is no place where people hide', (name) => {
  const [record] = read([
    { id: 'a', name, status: 'active', organization: { id: 'o', name: 'Northmere Parks', description: '' } },
  ])
  expect(record?.outcome).toBe('imported')
})

test('what a person has decided stands: no longer held, and a known confidential place never shows again', () => {
  const reviewed = { ...nothingKnown, reviewed: new Set(['svc-1']) }
  expect(
    read([service({ name: 'Harbour Refuge', description: '' })], reviewed)[0]?.service?.confidential,
  ).toBe(false)
  const hidden = { ...reviewed, confidentialServices: new Set(['svc-1']) }
  const [record] = read([service({})], hidden)
  expect([record?.outcome, record?.service?.confidential]).toEqual(['imported-with-warnings', true])
  expect(JSON.stringify(record)).not.toMatch(planted)
  const known = { ...nothingKnown, confidentialLocations: new Set(['loc-7']) }
  expect(
    read([service({ description: '', organization: { id: 'o', name: 'x', description: '' } })], known)[0]
      ?.service?.locations[0],
  ).toMatchObject({ confidential: true, address1: null, latitude: null })
})

test('what an organisation says of itself elsewhere in the file loses the name of the house too', () => {
  const organization = { id: 'o', name: 'Homes', description: 'Next to Elderflower House' }
  const records = read([
    { id: 'advice', name: 'Advice', status: 'active', organization },
    service({ attributes: [marker], organization }),
  ])
  expect(records[0]?.service?.organization.description).not.toMatch(planted)
})
