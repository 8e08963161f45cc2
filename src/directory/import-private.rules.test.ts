import { describe, expect, test } from 'vitest'
import { nothingKnown, type KnownListings, type ReadRecord } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'

const house = {
  id: 'loc-7',
  location_type: 'physical',
  name: 'Whispering Pines',
  latitude: 51.50722,
  longitude: -0.12751,
  addresses: [
    {
      address_1: '14 Sycamore Rise',
      city: 'Northmere',
      state_province: 'Northshire',
      postal_code: 'ZZ99 3AB',
      country: 'GB',
    },
  ],
}
const open = {
  id: 'loc-8',
  location_type: 'physical',
  name: 'Cedar Hall',
  addresses: [{ address_1: '8 Cedar Walk', city: 'Northmere', postal_code: 'ZZ1 1AA', country: 'GB' }],
}
const way = 'Come to 14 Sycamore Rise, behind Whispering Pines.'
const planted = /sycamore|zz99|whispering/i

function service(id: string, places: readonly object[], more: object = {}) {
  return {
    id,
    name: `A lamp ${id}`,
    status: 'active',
    description: way,
    application_process: way,
    eligibility_description: way,
    fees_description: way,
    alert: way,
    alternate_name: way,
    url: 'https://lamp.example.org/ZZ993AB',
    phones: [{ number: '01632 960001', description: way }],
    capacities: [{ available: 1, description: way, updated: '2026-01-01T00:00:00Z' }],
    required_documents: [{ document: way }],
    schedules: [{ description: way }],
    service_areas: [{ name: way }],
    organization: { id: 'o', name: 'Lamps', description: way },
    service_at_locations: places.map((location) => ({ location })),
    ...more,
  }
}

/** A place, and no entry, is private here: somebody said so. */
const kept: KnownListings = {
  ...nothingKnown,
  confidentialLocations: new Set(['loc-7']),
  keepingServices: new Set(['s-1']),
  keepingOrganizations: new Set(['o']),
}

function read(json: unknown, known: KnownListings = kept): readonly ReadRecord[] {
  const file = readDirectoryFile(JSON.stringify(json), known)
  if (!file.ok) throw new Error(file.refused)
  return file.records
}

describe('where a place alone is kept private, a file does not bring its address back', () => {
  test('in any word of the entry, or of its organisation', () => {
    const [record] = read([service('s-1', [house])])
    expect(record?.outcome).toBe('imported-with-warnings')
    expect(JSON.stringify(record)).not.toMatch(planted)
    expect(record?.service).toMatchObject({ sourceId: 's-1', confidential: false, url: null })
    expect(record?.service?.organization.description).toContain('[address left out]')
  })

  test('nor where the file has the address in its words alone', () => {
    for (const places of [[], [{ id: 'loc-7' }]]) {
      const [record] = read([
        service('s-1', places, {
          description: 'Come to 14 Sycamore Rise',
          organization: undefined,
          url: null,
        }),
      ])
      expect(record?.service?.description).toBe('Come to [address left out]')
    }
    const [record] = read([
      { id: 'o', name: 'Lamps', description: 'Write to 14 Sycamore Rise', services: [] },
    ])
    expect(record?.organization?.description).toBe('Write to [address left out]')
  })

  test('nor in another entry of its organisation, before it or after it', () => {
    const beside = service('s-2', [open])
    for (const file of [
      [beside, service('s-1', [house])],
      [service('s-1', [house]), beside],
      [service('s-1', [house]), { ...beside, organization: undefined, organization_id: 'o' }],
      [{ ...beside, organization: undefined, organization_id: 'o' }, service('s-1', [house])],
    ]) {
      const records = read(file)
      expect(JSON.stringify(records)).not.toMatch(planted)
      expect(records.find((each) => each.id === 's-2')?.service?.locations[0]).toMatchObject({
        address1: '8 Cedar Walk',
        postalCode: 'ZZ1 1AA',
        name: 'Cedar Hall',
      })
    }
  })

  test('nor under another id of the place, in the file of another organisation', () => {
    const theirs = { id: 'o-2', name: 'Others', description: '' }
    const records = read([
      service('s-9', [{ ...house, id: 'loc-9' }], { organization: theirs }),
      service('s-1', [house]),
    ])
    expect(JSON.stringify(records)).not.toMatch(planted)
    expect(records[0]?.service?.locations[0]).toMatchObject({ confidential: true, address1: null })
  })

  test('and what is open at the same entry stays as it is, as do its ids', () => {
    const [record] = read([service('s-1', [house, { ...open, id: 'LS6 2AB' }])])
    expect(record?.service?.locations).toMatchObject([
      { sourceId: 'loc-7', confidential: true, name: null },
      { sourceId: 'LS6 2AB', confidential: false, address1: '8 Cedar Walk', postalCode: 'ZZ1 1AA' },
    ])
    const [other] = read([service('LS6 2AB', [house])])
    expect(other?.service?.sourceId).toBe('LS6 2AB')
  })
})

test('an organisation that is named by its id alone gets no address of a private entry from another record', () => {
  const marked = { value: 'location-privacy:address-confidential' }
  const records = read(
    [
      { id: 's-2', name: 'Sewing', status: 'active', description: '', organization_id: 'o' },
      service('s-1', [house], { attributes: [marked] }),
    ],
    nothingKnown,
  )
  expect(JSON.stringify(records)).not.toMatch(planted)
  expect(records[0]?.service?.organization).toMatchObject({ sourceId: 'o', name: 'Lamps' })
})

test('an entry that has nothing to do with a private place keeps its words', () => {
  const theirs = { id: 'o-2', name: 'Others', description: 'At 8 Cedar Walk' }
  const [record] = read([
    service('s-5', [open], { description: 'At 8 Cedar Walk, ZZ1 1AA', organization: theirs }),
    service('s-1', [house]),
  ])
  expect(record?.service?.description).toBe('At 8 Cedar Walk, ZZ1 1AA')
  expect(record?.service?.organization.description).toBe('At 8 Cedar Walk')
})

test('what another entry of the organisation says beside our fields is kept, without the house', () => {
  const beside = service('s-2', [open], { licenses: way, funding: [{ source: 'A trust' }] })
  const said = read([beside, service('s-1', [house])])[0]?.service?.kept
  expect(JSON.stringify(said)).toMatch(/A trust/)
  expect(JSON.stringify(said)).not.toMatch(planted)
})

test('a house that is called like its town does not take the town out of the words of its neighbours', () => {
  const [record] = read([
    service('s-2', [open], { description: 'We work all over Northmere' }),
    service('s-1', [{ ...house, name: 'Northmere' }]),
  ])
  expect(record?.service?.description).toBe('We work all over Northmere')
})

test('an organisation that is named by its id alone has no address of a house of another one either', () => {
  const theirs = { id: 'o-2', name: 'Others', description: 'Opposite 14 Sycamore Rise' }
  const records = read([
    { id: 's-2', name: 'Sewing', status: 'active', description: '', organization_id: 'o-2' },
    service('s-3', [open], { description: '', organization: theirs }),
    service('s-1', [house]),
  ])
  expect(records[0]?.service?.organization.description).toBe('Opposite [address left out]')
})
