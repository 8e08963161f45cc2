import { expect, test } from 'vitest'
import { nothingKnown } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'

function read(service: object) {
  const whole = {
    id: 's-1',
    name: 'Harbour Counselling',
    status: 'active',
    organization: { id: 'o-1', name: 'Harbour Homes', description: '' },
    ...service,
  }
  const file = readDirectoryFile(JSON.stringify([whole]), nothingKnown)
  const found = file.ok ? file.records[0] : undefined
  if (found?.service === null || found === undefined) throw new Error('not read')
  return {
    service: found.service,
    offer: found.service.offer,
    rules: found.problems.map((each) => each.rule),
  }
}

function attribute(taxonomy: string, value: string, more: { code?: string; label?: string } = {}) {
  return { value, label: more.label, taxonomy_term: { taxonomy, code: more.code ?? value, name: value } }
}

const place = { id: 'l-1', location_type: 'physical', name: 'Harbour House' }

test('getting in, what to bring and who gets the bill are read from where HSDS has them', () => {
  const { offer, service, rules } = read({
    required_documents: [{ document: 'Photo identity' }, { document: 'Photo identity' }],
    cost_options: [{ option: 'First talk', amount: 0, amount_description: 'nothing to pay' }],
    service_at_locations: [
      {
        location: {
          ...place,
          accessibility: [
            { description: 'Step-free, with a hearing loop', details: 'Ring at the side door' },
          ],
        },
      },
    ],
    attributes: [
      attribute('anydoor-access', 'sign-language'),
      attribute('anydoor-bill-to', 'insurer'),
      attribute('anydoor-insurer', 'a', { label: 'Alder Mutual' }),
      attribute('anydoor-diagnosis-to-pay', 'yes'),
      attribute('anydoor-survivor-led', 'no'),
      attribute('anydoor-term', 'kind.counselling'),
      attribute('Open Eligibility', 'x', { code: 'legal:representation' }),
      attribute('ESD services', 'y', { code: '1793' }),
    ],
  })
  expect(rules).toEqual([])
  expect(offer.practical).toEqual({
    access: ['sign-language', 'step-free', 'hearing-loop'],
    accessText: 'Step-free, with a hearing loop: Ring at the side door',
    documents: ['Photo identity'],
    insurers: ['Alder Mutual'],
    diagnosisToPay: true,
    billTo: 'insurer',
    survivorLed: false,
  })
  expect(service.feesText).toBe('First talk: nothing to pay')
  expect(offer.terms).toEqual(['kind.counselling', 'kind.legal-representation', 'lga:1793'])
})

test('nothing to bring is a value; nothing said is none', () => {
  expect(read({}).offer.practical.documents).toBeNull()
  expect(read({ required_documents: [{ document: 'None required' }] }).offer.practical.documents).toEqual([])
  const said = read({ attributes: [attribute('anydoor-documents', 'none')] })
  expect(said.offer.practical.documents).toEqual([])
})

test('a week becomes rows; what is no plain week stays in words and is named', () => {
  const { offer, service, rules } = read({
    schedules: [
      {
        freq: 'WEEKLY',
        byday: 'MO,FR',
        opens_at: '9:00',
        closes_at: '17:30:00',
        description: 'No need to book',
      },
      { byday: 'SU', opens_at: '10:00', closes_at: '12:00', attending_type: 'phone' },
      { freq: 'MONTHLY', byday: '1TU', description: 'First Tuesday of the month' },
    ],
  })
  expect(offer.times).toEqual([
    {
      what: 'open',
      weekday: 1,
      opens: '09:00',
      closes: '17:30',
      note: 'No need to book',
      locationSource: null,
    },
    {
      what: 'open',
      weekday: 5,
      opens: '09:00',
      closes: '17:30',
      note: 'No need to book',
      locationSource: null,
    },
    { what: 'phone', weekday: 7, opens: '10:00', closes: '12:00', note: null, locationSource: null },
  ])
  expect(service.timesText).toBe('First Tuesday of the month')
  expect(rules).toEqual(['times-in-words'])
})

test('a confidential place keeps no time and no access feature that leads to a building', () => {
  const { offer, service, rules } = read({
    service_at_locations: [
      {
        location: {
          ...place,
          location_type: 'redacted',
          accessibility: [{ description: 'Ramp beside the chapel, BSL' }],
        },
      },
    ],
    schedules: [
      { byday: 'MO', opens_at: '09:00', closes_at: '17:00', description: 'Knock at the blue door' },
      {
        byday: 'TU',
        opens_at: '09:00',
        closes_at: '17:00',
        attending_type: 'phone',
        description: 'beside the chapel',
      },
      { description: 'Doors shut at ten' },
    ],
    attributes: [attribute('anydoor-access', 'step-free')],
  })
  expect(offer.practical).toMatchObject({ access: ['sign-language'], accessText: null })
  expect(offer.times).toEqual([
    { what: 'phone', weekday: 2, opens: '09:00', closes: '17:00', note: null, locationSource: null },
  ])
  expect(service.timesText).toBeNull()
  expect(rules).toEqual(expect.arrayContaining(['confidential-access', 'confidential-times']))
  expect(JSON.stringify(offer)).not.toContain('chapel')
})

test('work with people who use abuse has no times', () => {
  const { offer, rules } = read({
    attributes: [attribute('anydoor-kind', 'for-people-using-abuse')],
    schedules: [{ byday: 'MO', opens_at: '19:00', closes_at: '21:00' }],
  })
  expect(offer.times).toEqual([])
  expect(rules).toContain('no-group-times')
})

test('contacts are read with purpose, days away, cover and the day they were confirmed', () => {
  const phones = [{ number: '01632 960150' }]
  const { offer, rules } = read({
    contacts: [
      {
        id: 'c-1',
        name: 'Ash Fenwick',
        title: 'Duty worker',
        phones,
        attributes: [
          attribute('anydoor-contact', 'mental-health'),
          attribute('anydoor-away', '2026-11-20/2026-12-04'),
          attribute('anydoor-cover', 'C-2'),
          attribute('anydoor-confirmed', '2026-11-02'),
        ],
      },
      {
        id: 'c-2',
        name: 'Robin Vale',
        email: 'robin@harbour.example.org',
        attributes: [attribute('anydoor-cover', 'c-9')],
      },
      { id: 'c-3', phones },
      { id: 'c-4', name: 'Nobody to reach' },
      {
        id: 'c-5',
        name: 'Kim Lark',
        phones,
        attributes: [attribute('anydoor-away', '2026-12-04/2026-11-20')],
      },
    ],
  })
  expect(offer.contacts.slice(0, 2)).toEqual([
    {
      sourceId: 'c-1',
      name: 'Ash Fenwick',
      role: 'Duty worker',
      purpose: 'mental-health',
      phone: '01632 960150',
      email: null,
      awayFrom: '2026-11-20',
      awayUntil: '2026-12-04',
      coverSource: 'c-2',
      confirmedOn: '2026-11-02',
    },
    {
      sourceId: 'c-2',
      name: 'Robin Vale',
      role: '',
      purpose: 'other',
      phone: null,
      email: 'robin@harbour.example.org',
      awayFrom: null,
      awayUntil: null,
      coverSource: null,
      confirmedOn: null,
    },
  ])
  expect(offer.contacts).toHaveLength(3)
  expect(rules).toEqual(['contact-unnamed', 'contact-unreachable', 'away-unusable'])
})

test('values that are none of ours are named and left out', () => {
  const { offer, rules } = read({
    attributes: [
      attribute('anydoor-access', 'moat'),
      attribute('anydoor-bill-to', 'the king'),
      attribute('anydoor-term', 'kind.castle'),
      attribute('anydoor-diagnosis-to-pay', 'perhaps'),
    ],
  })
  expect(rules.toSorted()).toEqual(['access-unknown', 'term-unknown', 'value-unknown', 'value-unknown'])
  expect(offer).toMatchObject({ terms: [], practical: { access: [], billTo: null, diagnosisToPay: null } })
})
