import { type Chance, chanceFrom } from './chance.ts'
import { idBy, mailBy, phoneBy, webBy } from './dirty-fields.ts'
import { describedBy, nameBy } from './dirty-words.ts'

type Json = Readonly<Record<string, unknown>>

/** A feed of HSDS 3 (and of the UK profile 3.0, whose own names stand in it) that is as dirty. */
export function dirtyHsds(count: number, seed: number): Json {
  const chance = chanceFrom(seed)
  const contents = Array.from({ length: count }, (_, i) => hsdsService(chance, i))
  return {
    total_items: count,
    total_pages: 1,
    page_number: 1,
    size: count,
    first_page: true,
    last_page: true,
    empty: false,
    contents: [...contents.slice(0, -1), { ...contents[3], id: String(contents[3]?.['id']).toUpperCase() }],
  }
}

function hsdsService(chance: Chance, i: number): Json {
  const { one, in100, below } = chance
  const organization = {
    id: `0a1b2c3d-59de-622c-3b63-${String(below(90)).padStart(12, '0')}`,
    name: `${nameBy(chance)} Trust`,
    description: describedBy(chance),
    website: webBy(chance),
    phones: [{ id: `op${i}`, number: phoneBy(chance) }],
  }
  return {
    id: idBy(chance, i),
    name: i === 7 ? null : nameBy(chance),
    description: describedBy(chance),
    url: webBy(chance),
    email: mailBy(chance),
    status: one(['active', 'inactive', 'temporarily closed', '', 'open', null]),
    alert: one(['', 'Moved to a new hall.', '<p>Closed</p>']),
    minimum_age: one<unknown>([null, '', 16, '16', '16 years']),
    maximum_age: one<unknown>([null, '', 25, '99']),
    assured_date: one(['2024-12-09', '', '09.12.2024', 'soon']),
    assurer_email: mailBy(chance),
    ...(in100(2) ? { organization_id: 'elsewhere' } : { organization }),
    phones: one<unknown>([
      [{ id: 'p', number: phoneBy(chance), extension: '' }],
      { number: phoneBy(chance) },
      ['01632 960007', phoneBy(chance)],
      '',
    ]),
    contacts: one<unknown>([
      [],
      [{ id: 'c', name: 'Kim Birch', title: 'Worker', email: mailBy(chance) }],
      [{ id: 'd', name: '', phones: [{ number: phoneBy(chance) }] }],
    ]),
    ...hsdsMore(chance),
    ...hsdsPlaces(chance, i),
  }
}

function hsdsMore({ one }: Chance): Json {
  return {
    schedules: one<unknown>([
      [],
      [
        {
          id: 's',
          freq: 'WEEKLY',
          byday: 'MO,WE',
          opens_at: '09:00',
          closes_at: '12:00',
          valid_to: '2025-06-30',
        },
      ],
      [{ id: 's', byday: 'Monday', opens_at: '9', closes_at: '5' }],
      { description: 'By arrangement' },
    ]),
    service_areas: one<unknown>([[], [{ id: 'a', service_area: 'Northmere' }], 'Northmere']),
    languages: one<unknown>([[], [{ id: 'l', code: 'en', name: 'English' }], ['cy'], null]),
    cost_options: one<unknown>([[], [{ id: 'k', option: 'Free', amount: 0 }], 'Free']),
    required_documents: one<unknown>([[], [{ id: 'r', document: '<p>A letter</p>' }], ['None']]),
    capacities: one<unknown>([
      [],
      [{ id: 'x', available: '3', updated: '2024-12-09', unit: { id: 'u', name: 'places' } }],
      [{ available: -1, updated: '' }],
    ]),
    attributes: one<unknown>([
      [],
      [{ id: 't', taxonomy_term: { id: 'q', term: 'Advice', taxonomy: 'council' } }],
      {},
      [null, 'x'],
    ]),
  }
}

function hsdsPlaces({ one, below }: Chance, i: number): Json {
  return {
    service_at_locations: Array.from({ length: below(2) }, (_, n) => ({
      id: `hs${i}-${n}`,
      location: {
        id: `hl${i}-${n}`,
        location_type: one(['physical', 'redacted', '', 'virtual', 'building']),
        name: one(['Mill Hall', '']),
        latitude: one<unknown>(['51.5', 51.5, '', 123]),
        longitude: one<unknown>(['-2.6', -2.6, '']),
        addresses: [
          {
            id: 'ha',
            address_1: '3 High Street',
            city: 'Northmere',
            postal_code: 'ZZ99 1AC',
            country: 'GB',
            address_type: 'physical',
          },
        ],
        accessibility: [{ id: 'ac', accessibility: 'Lift' }],
      },
    })),
  }
}
