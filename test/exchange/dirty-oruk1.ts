import { type Chance, chanceFrom } from './chance.ts'
import { idBy, mailBy, phoneBy, webBy } from './dirty-fields.ts'
import { describedBy, nameBy } from './dirty-words.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * A feed of Open Referral UK 1.0 as two councils served it in 2024: no record valid, empty texts for what is not known, HTML in
 * nearly every description, ids without version, a few records without an organisation, one without a name, one id twice.
 */
export function dirtyOruk1(count: number, seed: number): Json {
  const chance = chanceFrom(seed)
  const content = Array.from({ length: count }, (_, i) => orukService(chance, i))
  const twice = content[3]
  return {
    totalElements: count,
    totalPages: 1,
    number: 1,
    size: count,
    first: true,
    last: true,
    content: [...content.slice(0, -1), { ...twice, name: nameBy(chance) }],
  }
}

function orukService(chance: Chance, i: number): Json {
  const { one, in100, below } = chance
  const organization = {
    id: `0a1b2c3d-59de-622c-3b63-${String(below(90)).padStart(12, '0')}`,
    name: `${nameBy(chance)} CIC`,
    description: in100(50) ? '' : describedBy(chance),
    url: webBy(chance),
    logo: '',
    uri: '',
  }
  const record = {
    id: idBy(chance, i),
    name: i === 7 ? '' : in100(2) ? `<b>${nameBy(chance)}</b>` : nameBy(chance),
    description: describedBy(chance),
    url: webBy(chance),
    email: mailBy(chance),
    status: one(['active', 'active', 'Active', '']),
    fees: one(['', '', 'Free', '&pound;3', 'Donation']),
    accreditations: '',
    deliverable_type: one(['', '', 'Advice', 'advice, training', 'Cake']),
    attending_type: one(['', 'Phone', 'Venue', 'venue, online', 'Home Visit', 'Bus']),
    attending_access: one(['', 'Referral', 'drop-in', 'membership']),
    pc_attendingAccess_additionalInfo: one(['', 'Book first.']),
    assured_date: one([
      '2024-12-09',
      '09/12/2024',
      '',
      '9 December 2024',
      'last year',
      '2024-12-09T10:00:00Z',
    ]),
    ...(in100(1) ? {} : { organization: in100(2) ? [organization] : organization }),
    pc_metadata: {
      date_created: '2021-01-06',
      date_modified: '2024-01-06',
      date_assured: '2024-01-06',
      assured_by: 'editor@council.example.org',
    },
    pc_targetAudience: in100(30) ? [{ id: 'Carers', audienceType: 'Carers' }] : [],
  }
  return in100(40) ? { ...record, ...orukDetail(chance, i) } : record
}

function orukDetail(chance: Chance, i: number): Json {
  return { ...orukWhen(chance, i), ...orukMore(chance, i), ...orukPlaces(chance, i) }
}

function orukWhen({ one }: Chance, i: number): Json {
  return {
    eligibilitys: one<unknown>([
      [],
      null,
      [{ id: `e${i}`, eligibility: 'Adults', minimum_age: 18, maximum_age: null }],
      [{ id: `e${i}`, eligibility: '', minimum_age: '14+', maximum_age: '0' }],
      { id: `e${i}`, eligibility: '<p>Anyone</p>', minimum_age: 0, maximum_age: 0 },
      [{ id: 'x', minimum_age: 60, maximum_age: 18 }],
    ]),
    regular_schedules: one<unknown>([
      [
        {
          id: `r${i}`,
          weekday: 1,
          opens_at: '09:00',
          closes_at: '17:00',
          valid_from: '2024-01-01',
          valid_to: '',
        },
      ],
      [{ id: `r${i}`, byday: 'MO,TU', freq: 'WEEKLY', opens_at: '9am', closes_at: '5.30pm' }],
      [{ weekday: 'Monday', opens_at: '10:00:00Z', closes_at: '' }],
      [
        {
          byday: '2TU',
          freq: 'MONTHLY',
          opens_at: '19:00',
          closes_at: '21:00',
          description: 'Second Tuesday',
        },
      ],
      'Mondays at ten',
      [],
    ]),
    holiday_schedules: one<unknown>([
      [],
      [{ id: 'h', closed: true, start_date: '2024-12-25', end_date: '2025-01-01' }],
    ]),
  }
}

function orukMore(chance: Chance, i: number): Json {
  const { one } = chance
  return {
    contacts: one<unknown>([
      [],
      [
        {
          id: `c${i}`,
          name: 'Sam Rowan',
          title: 'Manager',
          phones: [{ id: 'p', number: phoneBy(chance), language: 'en' }],
        },
      ],
      [
        {
          id: `c${i}`,
          name: 'Enquiries',
          title: '',
          phones: [{ number: phoneBy(chance) }, { number: phoneBy(chance) }],
        },
      ],
      { id: `c${i}`, name: '', phones: { number: phoneBy(chance) } },
      [{ name: 'Robin Ash', personal_data: true, phones: [{ number: phoneBy(chance) }] }],
    ]),
    link_taxonomy: one<unknown>([
      [],
      [
        {
          id: `t${i}`,
          taxonomy: { id: 'esdServiceTypes:508', name: 'Advice', vocabulary: 'esdServiceTypes' },
        },
      ],
      [{ id: `t${i}`, taxonomy_id: 'council:7' }, 'Loose words', null],
    ]),
    cost_options: one<unknown>([
      [],
      [{ id: 'k', option: 'A session', amount: '3.50', valid_from: '2024-01-01' }],
      [{ option: '', amount: 0 }],
    ]),
    languages: one<unknown>([[], [{ id: 'l', language: 'English' }], ['Welsh', 'Polish'], 'English']),
    service_areas: one<unknown>([[], [{ id: 'a', service_area: 'Northmere', extent: '' }], ['Alder Vale']]),
    fundings: [{ id: 'f', source: 'Council' }],
    reviews: [{ id: 'v', title: 'Good', description: '<p>Very good</p>' }],
  }
}

function orukPlaces({ one, in100, below }: Chance, i: number): Json {
  return {
    service_at_locations: Array.from({ length: below(3) }, (_, n) => ({
      id: `sal${i}-${n}`,
      location: {
        id: in100(5) ? '' : `loc${i}-${n}`,
        name: one(['Mill Hall', '', '<i>Old Library</i>']),
        latitude: one<unknown>(['51.5', 51.5, '', null, 0, 'north']),
        longitude: one<unknown>(['-2.6', -2.6, '', null, 0]),
        physical_addresses: one<unknown>([
          [
            {
              id: 'ad',
              address_1: '1 High Street',
              address_2: '',
              address_3: 'Old Town',
              city: 'Northmere',
              postal_code: 'ZZ99 1AA',
              state_province: '',
              country: 'GB',
            },
          ],
          { address_1: '2 High Street', postal_code: 'ZZ99 1AB' },
          [],
        ]),
        accessibility_for_disabilities: one<unknown>([
          [],
          [{ accessibility: 'Wheelchair access', details: 'Ramp' }],
          'Hearing loop',
        ]),
      },
      regular_schedules: [],
    })),
  }
}
