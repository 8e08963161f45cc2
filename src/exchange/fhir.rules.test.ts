import { describe, expect, test } from 'vitest'

import { directoryWords } from '#directory'
import { createWords } from '#platform/i18n'
import { placeInFhir } from './fhir-place.rules.ts'
import { serviceInFhir } from './fhir-service.rules.ts'
import { organizationInFhir } from './fhir-organization.rules.ts'
import { readSearch } from './fhir-search.rules.ts'
import type { HsdsSchedule, HsdsService } from './hsds.ts'
import { attributesFor } from './taxonomy.rules.ts'
import { exchangeWords } from './words.ts'

const t = createWords([directoryWords, exchangeWords])({ pack: 'uk' })
const { own } = attributesFor('service', 's')
const bare: HsdsService = {
  id: '6E000000-0000-4000-8000-00000000000A',
  name: 'Sewing hour',
  status: 'active',
  organization: { id: '6a000000-0000-4000-8000-000000000001', name: 'Sewing', description: '' },
}
const told = (more: Partial<HsdsService>) =>
  serviceInFhir(t, { ...bare, ...more }, { demo: false, lastUpdated: null })
const schedule = (more: Partial<HsdsSchedule>): HsdsSchedule => ({ id: 'x', ...more })
const times = (...schedules: readonly Partial<HsdsSchedule>[]) => {
  const { availableTime, availabilityExceptions } = told({ schedules: schedules.map(schedule) })
  return [availableTime, availabilityExceptions]
}

describe('times', () => {
  test.each<readonly [string, Partial<HsdsSchedule>, object | undefined, string | undefined]>([
    [
      'a plain week',
      { freq: 'WEEKLY', byday: 'MO,WE', opens_at: '09:00', closes_at: '17:30' },
      { daysOfWeek: ['mon', 'wed'], availableStartTime: '09:00:00', availableEndTime: '17:30:00' },
      undefined,
    ],
    [
      'seconds and a zone',
      { byday: 'SU', opens_at: '9:00:00Z', closes_at: '10:15+01:00' },
      { daysOfWeek: ['sun'], availableStartTime: '09:00:00', availableEndTime: '10:15:00' },
      undefined,
    ],
    [
      'day and night',
      { byday: 'SA,SU', opens_at: '00:00', closes_at: '23:59' },
      { daysOfWeek: ['sat', 'sun'], allDay: true },
      undefined,
    ],
    [
      'until midnight',
      { byday: 'FR', opens_at: '20:00', closes_at: '24:00' },
      { daysOfWeek: ['fri'], availableStartTime: '20:00:00', availableEndTime: '23:59:59' },
      undefined,
    ],
    ['days without times', { byday: 'TU' }, { daysOfWeek: ['tue'] }, undefined],
    [
      'a day of the month',
      { freq: 'MONTHLY', byday: '2TU', opens_at: '10:00', closes_at: '12:00' },
      undefined,
      'Every month, the second Tuesday, 10:00 to 12:00',
    ],
    [
      'the last of every third month',
      { freq: 'MONTHLY', interval: 3, byday: '-1FR' },
      undefined,
      'Every 3 months, the last Friday',
    ],
    [
      'every second week',
      { freq: 'WEEKLY', interval: 2, byday: 'MO,TU,WE', opens_at: '10:00', closes_at: '11:00' },
      undefined,
      'Every 2 weeks, Monday to Wednesday, 10:00 to 11:00',
    ],
    ['what opens when the day is over', { byday: 'MO', opens_at: '24:00' }, undefined, 'Monday, 24:00'],
    ['words alone', { description: 'Day and night, every day' }, undefined, 'Day and night, every day'],
    [
      'a time that is none',
      { byday: 'MO', opens_at: '25:00', closes_at: 'late' },
      undefined,
      'Monday, 25:00–late',
    ],
    [
      'a plain week with words',
      { byday: 'MO', opens_at: '10:00', closes_at: '11:00', description: 'Ring the bell' },
      { daysOfWeek: ['mon'], availableStartTime: '10:00:00', availableEndTime: '11:00:00' },
      'Monday, 10:00 to 11:00. Ring the bell',
    ],
    [
      'a telephone alone',
      { byday: 'MO', opens_at: '10:00', closes_at: '11:00', attending_type: 'telephone' },
      { daysOfWeek: ['mon'], availableStartTime: '10:00:00', availableEndTime: '11:00:00' },
      'By phone: Monday, 10:00 to 11:00',
    ],
  ])('%s', (_name, given, available, words) => {
    expect(times(given)).toEqual([available === undefined ? undefined : [available], words])
  })

  test('a telephone beside opening times stands in words only', () => {
    const open = { byday: 'TU', opens_at: '09:00', closes_at: '10:00' }
    const phone = { byday: 'MO', opens_at: '10:00', closes_at: '11:00', attending_type: 'telephone' }
    expect(times(open, phone)).toEqual([
      [{ daysOfWeek: ['tue'], availableStartTime: '09:00:00', availableEndTime: '10:00:00' }],
      'By phone: Monday, 10:00 to 11:00',
    ])
  })

  test('one of two places has its times in words under its name; the notice comes first', () => {
    const at = (id: string, name: string, schedules: readonly HsdsSchedule[]) => ({
      id,
      location: { id, location_type: 'physical' as const, name },
      schedules,
    })
    const { availableTime, availabilityExceptions } = told({
      alert: 'Closed on Monday.',
      service_at_locations: [
        at('a', 'Hall', [schedule({ byday: 'MO', opens_at: '09:00', closes_at: '10:00' })]),
        at('b', 'Shed', []),
      ],
    })
    expect([availableTime, availabilityExceptions]).toEqual([
      undefined,
      'Closed on Monday.\nHall: Monday, 09:00 to 10:00',
    ])
  })
})

test('ways to reach: what is written goes by text message, video is something else, words and extensions stay', () => {
  const phones = ['voice', 'cell', 'fax', 'pager', 'text', 'textphone', 'video', 'odd'].map((type, i) => ({
    id: `p${i}`,
    number: `01632 96010${i}`,
    type,
  }))
  const { telecom } = told({
    phones: [...phones, { id: 'q', number: '01632 960110', extension: 4, description: 'Office' }],
    email: 'hello@sewing.example.org',
    url: 'https://sewing.example.org/',
  })
  expect(telecom?.map((each) => each.system)).toEqual([
    'phone',
    'phone',
    'fax',
    'pager',
    'sms',
    'sms',
    'other',
    'phone',
    'phone',
    'email',
    'url',
  ])
  expect(telecom?.[1]?.use).toBe('mobile')
  expect(telecom?.[8]?.extension?.map((each) => each.valueString)).toEqual(['4', 'Office'])
})

test.each([
  ['has-room', 3, 'capacity', 'There is room. 3 places. Ring first. As of 22 November 2026.'],
  ['none', 0, 'no-capacity', 'There is no room now. Ring first. As of 22 November 2026.'],
  [
    'waiting-list',
    0,
    'waitlist',
    'There is a waiting list. The wait is 2 to 4 weeks. Ring first. As of 22 November 2026.',
  ],
  [
    'ask-first',
    0,
    'additional-assessment-required',
    'Ring and ask if there is room. Ring first. As of 22 November 2026.',
  ],
] as const)('room and wait: %s', (state, available, code, notes) => {
  const { extension } = told({
    capacities: [
      {
        id: 'c',
        unit: { id: 'u', name: 'places' },
        available,
        updated: '2026-11-22T09:00:00.000Z',
        description: 'Ring first.',
        attributes: [
          own('anydoor-capacity', state),
          ...(state === 'waiting-list' ? [own('anydoor-wait', 'weeks', '2-4')] : []),
        ],
      },
    ],
  })
  const [status, told_] = extension?.[0]?.extension ?? []
  expect([status?.valueCodeableConcept?.coding?.[0]?.code, told_?.valueString]).toEqual([code, notes])
})

test('nothing is said of room where nobody has told', () => {
  expect(told({}).extension).toBeUndefined()
  expect(told({ capacities: [{ id: 'c' }] }).extension).toBeUndefined()
})

test('who it is for: words, ages, each clause, terms; a clause without a sentence is put into words', () => {
  const { eligibility } = told({
    eligibility_description: 'Anybody.',
    minimum_age: 5,
    maximum_age: 17,
    attributes: [
      own('anydoor-threshold', 'hard', '{"age":{"min":60}}', 'From 5 years.'),
      own('anydoor-threshold', 'soft', '{"gender":["woman"]}'),
      own('anydoor-threshold', 'hard', 'no JSON'),
      own('anydoor-term', 'eligibility.women'),
      own('anydoor-wish', 'needs-no-public-funds', 'yes'),
    ],
  })
  expect(eligibility?.map((each) => [each.code?.text, each.comment])).toEqual([
    [undefined, 'Anybody.'],
    ['Age', 'From 5 to 17 years.'],
    ['Who it is for. One clause that fits is enough.', 'From 5 years.'],
    ['Ask first', 'Gender: woman or girl'],
    ['Who it is for. One clause that fits is enough.', undefined],
    ['For women', undefined],
    [t('directory.service.funds'), t('directory.service.funds-yes')],
  ])
})

test.each([
  [['cost', 'free'], undefined, 'free'],
  [['cost', 'sliding-scale'], undefined, 'disc'],
  [['cost', 'paid'], undefined, 'cost'],
  [null, [0, 0], 'free'],
  [null, [0, 5], 'cost'],
  [null, [], undefined],
] as const)('cost %j %j is %s', (wish, amounts, code) => {
  const { serviceProvisionCode } = told({
    attributes: wish === null ? [] : [own('anydoor-wish', wish[0], wish[1])],
    cost_options: (amounts ?? []).map((amount) => ({ id: 'x', amount })),
  })
  expect(serviceProvisionCode?.[0]?.coding?.[0]?.code).toBe(code)
})

test('how to come: by oneself or not, a talk without a name, our terms; without an appointment', () => {
  const { referralMethod, appointmentRequired } = told({
    attributes: [
      own('anydoor-self-referral', 'no'),
      own('anydoor-consultation', 'yes'),
      own('anydoor-term', 'route.walk-in'),
    ],
  })
  expect(referralMethod?.map((each) => each.coding?.[0]?.code)).toEqual([
    'route.professional',
    'route.consultation',
    'route.walk-in',
  ])
  expect(appointmentRequired).toBe(false)
  expect([told({}).referralMethod, told({}).appointmentRequired]).toEqual([undefined, undefined])
})

test('languages with a code have it, others are words; areas and the programme are words', () => {
  const more = { program: { id: 'p', name: 'Safe homes' } }
  const service = told({
    languages: [{ code: 'cy', name: 'Welsh' }, { code: 'not a code!' }, { name: 'Romani' }, {}],
    service_areas: [{ name: 'Northmere' }, { name: '  ' }],
    ...more,
  })
  expect(service.communication).toEqual([
    { coding: [{ system: 'urn:ietf:bcp:47', code: 'cy', display: 'Welsh' }], text: 'Welsh' },
    { text: 'not a code!' },
    { text: 'Romani' },
  ])
  expect(service.coverageArea).toEqual([{ display: 'Northmere' }])
  expect(service.program).toEqual([{ text: 'Safe homes' }])
})

test('a place that is marked says nothing but that it is kept, whatever else the hub should say', () => {
  const location = {
    id: '6f000000-0000-4000-8000-000000000001',
    location_type: 'physical' as const,
    name: 'Whispering Pines',
    description: 'Behind the mill',
    transportation: 'Bus 9',
    latitude: 53.7,
    longitude: -1.4,
    addresses: [
      {
        id: 'a',
        address_1: '14 Sycamore Rise',
        city: 'Canaryfield',
        state_province: 'Northshire',
        postal_code: 'ZZ99 1AA',
        country: 'GB',
        address_type: 'physical',
      },
    ],
    accessibility: [{ description: 'A ramp behind the mill' }],
    attributes: [own('location-privacy', 'address-confidential', 'location-privacy:address-confidential')],
  }
  const service = told({ service_at_locations: [{ id: 'l', location }] })
  const place = placeInFhir(location, {
    serviceId: bare.id,
    organizationId: null,
    sensitive: true,
    demo: false,
  })
  expect(place).toEqual({
    resourceType: 'Location',
    id: 'kept-6e000000-0000-4000-8000-00000000000a',
    meta: place.meta,
    status: 'active',
    mode: 'kind',
    name: 'Address kept confidential',
  })
  expect(service.location).toEqual([{ reference: `Location/${place.id}` }])
  expect(JSON.stringify([place, service])).not.toMatch(
    /Pines|mill|Bus|Sycamore|Canary|Northshire|53\.7|6f000000/,
  )
})

test('an address without parts is none; one by post says so', () => {
  const about = { serviceId: 's', organizationId: null, sensitive: false, demo: false }
  const empty = { address_1: '', city: '', state_province: '', postal_code: '', country: '' }
  const place = (address: object, more = {}) =>
    placeInFhir(
      {
        id: 'x',
        location_type: 'postal',
        addresses: [{ id: 'a', ...empty, address_type: 'postal', ...address }],
        ...more,
      },
      about,
    )
  expect(place({}).address).toBeUndefined()
  expect(place({ address_1: 'PO Box 4', region: 'Vale' }).address).toEqual({
    use: 'work',
    type: 'postal',
    line: ['PO Box 4'],
    district: 'Vale',
  })
  expect(place({}, { latitude: 53.1 }).position).toBeUndefined()
})

test('an organisation: its description as narrative, identifiers by their systems, a parent by its identifier', () => {
  const beside = {
    organization_identifiers: [
      { identifier_scheme: 'GB-ODS', identifier_type: 'ODS', identifier: 'X99' },
      { identifier_scheme: 'GB-CHC', identifier: '123' },
      { identifier: '' },
      'odd',
    ],
    parent_organization_id: '6A000000-0000-4000-8000-0000000000FF',
  }
  const told_ = organizationInFhir(
    t,
    {
      id: '6a000000-0000-4000-8000-000000000001',
      name: 'Sewing',
      description: 'We <sew> & "talk".\nBoth.',
      ...beside,
    },
    { demo: false, sensitive: false, lastUpdated: null },
  )
  expect(told_.text?.div).toBe(
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>We &lt;sew&gt; &amp; &quot;talk&quot;.</p><p>Both.</p></div>',
  )
  expect(told_.identifier?.slice(1)).toEqual([
    { type: { text: 'ODS' }, system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'X99' },
    { type: { text: 'GB-CHC' }, value: '123' },
  ])
  expect(told_.partOf?.identifier?.value).toBe('urn:uuid:6a000000-0000-4000-8000-0000000000ff')
})

test('dates of a search reach from the first instant to the one after the last', () => {
  const span = (value: string) => {
    const read = readSearch('Organization', [['_lastUpdated', value]], false)
    const [condition] = read.ok ? read.search.conditions : []
    return condition?.on === 'updated' ? condition.spans[0] : null
  }
  const between = (from: string | null, to: string | null) => ({ from, to, outside: false })
  expect(span('2026')).toEqual(between('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'))
  expect(span('2026-12')).toEqual(between('2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'))
  expect(span('le2026-02-28')).toEqual(between(null, '2026-03-01T00:00:00Z'))
  expect(span('gt2026-02-28')).toEqual(between('2026-03-01T00:00:00Z', null))
  expect(span('2026-11-27T10:00 01:00')).toEqual(between('2026-11-27T09:00:00Z', '2026-11-27T09:01:00Z'))
  expect(span('ge2026-11-27T10:00:00.5Z')).toEqual(between('2026-11-27T10:00:00.5Z', null))
  expect(span('ne2026')).toMatchObject({ outside: true })
  for (const wrong of ['2026-02-30', 'xx2026', '26', '2026-11-27T10:00:00', 'ap2026'])
    expect([wrong, span(wrong)]).toEqual([wrong, null])
})

test('a comma that belongs to a value has a backslash before it', () => {
  const read = readSearch('Organization', [['name', String.raw`Sew\, talk,Other\|one`]], false)
  expect(read).toMatchObject({ search: { conditions: [{ words: ['Sew, talk', 'Other|one'] }] } })
})
