import { expect, test } from 'vitest'
import { recordReader } from '../../src/directory/import.rules.ts'
import { secretFinder } from '../../src/directory/import-secrets.rules.ts'
import { nothingKnown, type ReadRecord } from '../../src/directory/import.ts'
import { sourceOf } from './bringing.ts'

async function read(
  ...services: readonly Readonly<Record<string, unknown>>[]
): Promise<readonly ReadRecord[]> {
  const source = await sourceOf(JSON.stringify({ totalElements: services.length, content: services }))
  const finder = secretFinder(nothingKnown)
  for await (const raw of source.open()) finder.look(raw)
  const reader = recordReader({ known: nothingKnown, secrets: finder.found(), organizations: new Map() })
  const records: ReadRecord[] = []
  for await (const raw of source.open()) records.push(reader(raw))
  return records
}

async function one(service: Readonly<Record<string, unknown>>): Promise<ReadRecord> {
  const [record] = await read({ ...plain, ...service })
  if (record === undefined) throw new Error('nothing was read')
  return record
}

const plain = {
  id: 's1',
  name: 'Tea and talk',
  description: 'Tea.',
  status: 'active',
  organization: { id: 'o1', name: 'Northmere Friends', description: '', url: 'https://example.org/' },
}

const told = ({ problems }: ReadRecord) => problems.map((each) => `${each.at} ${each.rule}`)

test('a plain service of 1.0 comes in without a warning, its organisation with its web address', async () => {
  const record = await one({})
  expect([record.outcome, told(record)]).toEqual(['imported', []])
  expect(record.service?.organization).toMatchObject({
    name: 'Northmere Friends',
    website: 'https://example.org/',
  })
})

test('ages, words and genders of its eligibilities become one clause and a text', async () => {
  const record = await one({
    eligibilitys: [
      { id: 'a', eligibility: 'Young people', minimum_age: 14, maximum_age: 17 },
      { id: 'b', eligibility: 'Adults', minimum_age: '18', maximum_age: '150', gender: 'Female' },
    ],
  })
  expect(record.service?.thresholds).toMatchObject([{ condition: { age: { min: 168 } } }])
  expect(record.service?.eligibilityText).toBe('Young people\nAdults. Gender: Female')
  expect(told(record)).toEqual([])
})

test('ages that are no ages are told of where they stand', async () => {
  const record = await one({
    eligibilitys: [
      { minimum_age: 'young' },
      { minimum_age: 60, maximum_age: 18 },
      { minimum_age: 0, maximum_age: 0 },
    ],
  })
  expect(record.service?.thresholds).toEqual([])
  expect(told(record)).toEqual([
    'content[0].eligibilitys[0].minimum_age wrong-type',
    'content[0].eligibilitys[1].minimum_age ages-unusable',
  ])
})

test('times are rows where they are a plain week, and words where not', async () => {
  const record = await one({
    regular_schedules: [
      { id: 'a', weekday: 1, opens_at: '9am', closes_at: '12.30pm' },
      { id: 'b', byday: 'TU,TH', freq: 'WEEKLY', opens_at: '14:00:00', closes_at: '17:00' },
      { id: 'c', byday: '2WE', freq: 'MONTHLY', opens_at: '19:00', closes_at: '21:00' },
    ],
    holiday_schedules: [{ id: 'h', closed: true, start_date: '2026-12-24', end_date: '2027-01-02' }],
  })
  expect(record.service?.offer.times.map((each) => [each.weekday, each.opens, each.closes])).toEqual([
    [1, '09:00', '12:30'],
    [2, '14:00', '17:00'],
    [4, '14:00', '17:00'],
  ])
  expect(record.service?.timesText).toBe(
    'Second Wednesday of the month 19:00–21:00\nClosed from 24 December 2026 to 2 January 2027',
  )
  expect(told(record)).toEqual(['content[0].regular_schedules[2].byday times-in-words'])
})

test('the numbers of a desk are the service’s; a person’s only where there is no other, and never a personal one', async () => {
  const phones = (record: ReadRecord) => record.service?.phones.map((each) => [each.number, each.label])
  const desk = { id: 'd', name: 'Enquiries', phones: [{ number: '01632 960001' }] }
  const person = { id: 'p', name: 'Sam Rowan', title: 'Worker', phones: [{ number: '07700 900123' }] }
  const both = await one({ contacts: [desk, person] })
  expect(phones(both)).toEqual([['01632 960001', 'Enquiries']])
  expect(both.service?.offer.contacts).toMatchObject([{ name: 'Sam Rowan', phone: '07700 900123' }])
  expect(phones(await one({ contacts: [person] }))).toEqual([['07700 900123', '']])
  expect(phones(await one({ contacts: [{ ...person, personal_data: true }] }))).toEqual([])
  expect(phones(await one({ contacts: { ...desk, name: '', title: 'Front desk' } }))).toEqual([
    ['01632 960001', 'Front desk'],
  ])
  const mixed = await one({
    contacts: [
      { name: '', phones: [{ number: '01632 960001 / 01632 960002 (evenings)' }, { number: 'none' }] },
    ],
  })
  expect(phones(mixed)).toEqual([
    ['01632 960001', ''],
    ['01632 960002', 'evenings'],
  ])
  expect(told(mixed)).toEqual([
    'content[0].contacts[0].phones[0].number phones-in-one-field',
    'content[0].contacts[0].phones[1].number phone-unusable',
  ])
})

test('places have their addresses, access and times, and a problem in one is told of where it stands', async () => {
  const record = await one({
    service_at_locations: [
      {
        id: 'sal',
        regular_schedule: [{ weekday: 5, opens_at: '10:00', closes_at: '11:00' }],
        location: {
          id: 'l1',
          name: 'Mill Hall',
          latitude: '51.5',
          longitude: 'west',
          physical_addresses: [
            {
              id: 'a',
              address_1: '1 Mill Lane',
              address_2: '',
              address_3: 'Old Town',
              city: 'Northmere',
              postal_code: 'ZZ99 1AA',
              country: 'GB',
            },
          ],
          accessibility_for_disabilities: [{ accessibility: 'Wheelchair access', details: 'Ring the bell' }],
        },
      },
    ],
  })
  expect(record.service?.locations).toMatchObject([
    { sourceId: 'l1', name: 'Mill Hall', address1: '1 Mill Lane', address2: 'Old Town', city: 'Northmere' },
  ])
  expect(record.service?.offer.practical).toMatchObject({
    access: ['step-free'],
    accessText: 'Wheelchair access: Ring the bell',
  })
  expect(record.service?.offer.times).toMatchObject([{ weekday: 5, locationSource: 'l1' }])
  expect(told(record)).toEqual(['content[0].service_at_locations[0].location.longitude wrong-type'])
})

test('what it is filed under, how one comes and when it was looked at', async () => {
  const record = await one({
    link_taxonomy: [
      {
        id: 't',
        taxonomy: { id: 'esdServiceTypes:508', name: 'Domestic violence', vocabulary: 'esdServiceTypes' },
      },
    ],
    deliverable_type: 'Advice',
    attending_type: 'Phone, Bus',
    attending_access: 'drop-in',
    pc_attendingAccess_additionalInfo: 'Ring the bell twice.',
    pc_targetAudience: [{ id: 'Carers', audienceType: 'Carers' }],
    pc_metadata: { date_assured: '2026-10-01', assured_by: 'editor@council.example.org' },
  })
  expect(record.service).toMatchObject({
    kind: 'for-survivors',
    needs: ['safety'],
    selfReferral: true,
    applicationProcess: 'Without an appointment. By telephone. Bus.\nRing the bell twice.',
    eligibilityText: 'For: Carers',
    assuredOn: '2026-10-01',
    assuredBy: 'editor@council.example.org',
  })
  expect(record.service?.offer.terms).toContain('lga:508')
  expect(record.service?.wishes.remote).toBe(true)
  expect(told(record)).toEqual([
    'content[0].attending_type value-unknown',
    'content[0].link_taxonomy[0].taxonomy.name kind-from-words',
  ])
})

test('an empty text counts as nothing, and an id is kept as it is given', async () => {
  const record = await one({
    id: ' A/7 <b> ',
    url: '',
    email: ' ',
    fees: '',
    deliverable_type: '',
    attending_type: '',
    accreditations: '',
    contacts: '',
    eligibilitys: '',
  })
  expect([record.id, record.service?.sourceId, told(record)]).toEqual([' A/7 <b> ', ' A/7 <b> ', []])
})

test('a refuge in the older shape is held, and its address is nowhere', async () => {
  const record = await one({
    name: 'Harbour Refuge',
    description: 'Come to 14 Sycamore Rise.',
    contacts: [{ name: 'Office', phones: [{ number: '01632 960009' }] }],
    service_at_locations: [
      {
        id: 'x',
        location: {
          id: 'l',
          name: 'Whispering Pines',
          phones: [{ number: '01632 960010' }],
          physical_addresses: [{ address_1: '14 Sycamore Rise', postal_code: 'ZZ99 3AB' }],
        },
      },
    ],
  })
  expect(record.outcome).toBe('held')
  expect(JSON.stringify(record.service)).not.toMatch(/sycamore|zz99|pines|960010/i)
  expect(record.service?.phones).toMatchObject([{ number: '01632 960009' }])
})
