import fc from 'fast-check'
import { expect, test } from 'vitest'

import { directoryWords } from '#directory'
import type { HsdsAttribute, HsdsLocation, HsdsOrganization, HsdsService } from '#exchange'
import { createWords } from '#platform/i18n'
import { searchset } from '../../src/exchange/fhir-bundle.rules.ts'
import { organizationInFhir } from '../../src/exchange/fhir-organization.rules.ts'
import { placeInFhir } from '../../src/exchange/fhir-place.rules.ts'
import { serviceInFhir } from '../../src/exchange/fhir-service.rules.ts'
import { exchangeWords } from '../../src/exchange/words.ts'
import { ownTaxonomies } from '../../src/exchange/taxonomy.rules.ts'
import { fhirValidator } from './fhir-valid.ts'

const runs = process.env['ANYDOOR_PROVE'] === undefined ? 150 : 5_000
const valid = fhirValidator()
const t = createWords([directoryWords, exchangeWords])({ pack: 'uk' })

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.lorem({ maxCount: 4 }),
  fc.constantFrom('', '   ', '\n', '\u0000', '\u001b[1m', '<b>&"', '\ud800', '￾', 'x|y', 'a  b'),
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 })
const known: Readonly<Record<string, readonly string[]>> = {
  'anydoor-capacity': ['has-room', 'none', 'waiting-list', 'ask-first'],
  'anydoor-wait': ['2', '2-4', 'x', '-'],
  'anydoor-term': ['kind.refuge', 'eligibility.women', 'route.walk-in', 'approach.group', 'access.easy-read'],
  'anydoor-wish': ['free', 'sliding-scale', 'paid', 'yes', 'no', 'women'],
  'anydoor-threshold': ['{"age":{"min":60}}', '{"age":null}', '[]', '{"gender":["woman"],"odd":1}'],
  'location-privacy': ['location-privacy:address-confidential'],
}
const attribute: fc.Arbitrary<HsdsAttribute> = fc
  .constantFrom(...Object.keys(ownTaxonomies))
  .chain((taxonomy) =>
    fc.record({
      id: fc.uuid(),
      value: fc.oneof(words, fc.constantFrom('yes', 'no', ...(known[taxonomy] ?? ['yes']))),
      label: words,
      taxonomy_term: fc.record({
        id: fc.uuid(),
        code: fc.oneof(
          words,
          fc.constantFrom(
            'led-by',
            'worker-gender',
            'model',
            'remote',
            'cost',
            'soft',
            'needs-no-public-funds',
          ),
        ),
        name: words,
        description: words,
        taxonomy: fc.constant(taxonomy),
      }),
    }),
  )
const phone = fc.record(
  {
    id: fc.uuid(),
    number: words,
    type: fc.oneof(words, fc.constantFrom('voice', 'cell', 'fax', 'text', 'textphone', 'video', 'pager')),
    description: words,
    extension: fc.integer(),
  },
  { requiredKeys: ['id', 'number'] },
)
const schedule = fc.record(
  {
    id: fc.uuid(),
    freq: fc.constantFrom('WEEKLY' as const, 'MONTHLY' as const),
    interval: fc.oneof(fc.integer({ min: -2, max: 9 }), fc.double()),
    byday: fc.oneof(words, fc.constantFrom('MO', 'MO,TU,WE', 'SU,MO', '2TU', '-1FR,1MO', 'MO,XX', '6MO')),
    opens_at: fc.oneof(
      words,
      fc.constantFrom('09:00', '9:5', '23:59:59', '24:00', '00:00', '24:30', '10:00Z'),
    ),
    closes_at: fc.oneof(words, fc.constantFrom('17:00', '24:00', '23:59', '00:00+01:00')),
    description: words,
    attending_type: fc.oneof(words, fc.constantFrom('telephone', 'in person')),
    notes: words,
  },
  { requiredKeys: ['id'] },
)
const location: fc.Arbitrary<HsdsLocation> = fc.record(
  {
    id: fc.uuid(),
    location_type: fc.constantFrom('physical' as const, 'postal' as const, 'virtual' as const),
    name: words,
    description: words,
    transportation: words,
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.oneof(fc.double({ min: -180, max: 180 }), fc.constant(Number.NaN)),
    addresses: some(
      fc.record({
        id: fc.uuid(),
        address_1: words,
        address_2: words,
        city: words,
        region: words,
        state_province: words,
        postal_code: words,
        country: words,
        address_type: fc.constantFrom('postal', 'physical'),
      }),
    ),
    accessibility: some(fc.record({ description: words, details: words })),
    attributes: some(attribute),
  },
  { requiredKeys: ['id', 'location_type'] },
)
const organization: fc.Arbitrary<HsdsOrganization> = fc.record(
  {
    id: fc.uuid(),
    name: words,
    alternate_name: words,
    description: words,
    email: words,
    website: words,
    phones: some(phone),
    attributes: some(attribute),
    organization_identifiers: some(
      fc.record({
        identifier_scheme: fc.oneof(words, fc.constantFrom('GB-ODS', 'https://x.example.org/y')),
        identifier_type: words,
        identifier: words,
      }),
    ),
    parent_organization_id: fc.oneof(words, fc.uuid()),
  },
  { requiredKeys: ['id', 'name', 'description'] },
)
const service: fc.Arbitrary<HsdsService> = fc.record(
  {
    id: fc.uuid(),
    name: words,
    status: fc.constantFrom('active' as const, 'temporarily closed' as const),
    alternate_name: words,
    description: words,
    url: words,
    email: words,
    application_process: words,
    eligibility_description: words,
    fees_description: words,
    minimum_age: fc.nat(),
    maximum_age: fc.nat(),
    assured_date: fc.oneof(words, fc.constantFrom('2026-11-27')),
    alert: words,
    organization,
    phones: some(phone),
    schedules: some(schedule),
    languages: some(
      fc.record({ code: fc.oneof(words, fc.constantFrom('en', 'zh-Hant')), name: maybe(words) }),
    ),
    service_areas: some(fc.record({ name: fc.oneof(words, fc.constant(7)) })),
    cost_options: some(fc.record({ amount: fc.oneof(fc.nat(), words) })),
    required_documents: some(fc.record({ document: words })),
    capacities: some(
      fc.record({
        available: fc.oneof(fc.integer(), words),
        updated: fc.oneof(words, fc.constant('2026-11-27T10:00:00Z')),
        description: words,
        attributes: some(attribute),
      }),
    ),
    service_at_locations: some(fc.record({ id: fc.uuid(), location, schedules: some(schedule) })),
    attributes: fc.array(attribute, { maxLength: 8 }),
    program: fc.record({ name: words }),
    interpretation_services: words,
  },
  { requiredKeys: ['id', 'name', 'status', 'organization'] },
) as fc.Arbitrary<HsdsService>

/** An entry with one telephone of this kind. */
function phoneOf(type: string): HsdsService {
  const id = '00000000-0000-4000-8000-000000000001'
  return {
    id,
    name: 'Talking help',
    status: 'active',
    organization: { id, name: 'Helpers', description: 'Talking help' },
    phones: [{ id, number: '01632 960101', type }],
  }
}

test(
  'whatever the hub says, what is written of it passes both validators, alone and in a page',
  { timeout: 3_600_000 },
  () => {
    fc.assert(
      fc.property(service, fc.boolean(), (given, demo) => {
        const about = { demo, sensitive: false, lastUpdated: '2026-11-27T10:00:00.000Z' }
        const all = (given.service_at_locations ?? []).flatMap((each) =>
          each.location === undefined
            ? []
            : [
                placeInFhir(each.location, {
                  serviceId: given.id,
                  organizationId: given.organization.id,
                  sensitive: demo,
                  demo,
                }),
              ],
        )
        // What an entry keeps secret is one place, however many there are, as where resources are made of a database.
        const places = [...new Map(all.map((each) => [each.id, each])).values()]
        const resources = [
          serviceInFhir(t, given, about),
          organizationInFhir(t, given.organization, about),
          ...places,
        ]
        const page = searchset(t, {
          base: 'https://anydoor.example.org/api/fhir/r4',
          resources,
          total: resources.length,
          self: 'https://anydoor.example.org/api/fhir/r4/Organization?_count=50',
          next: null,
          ignored: demo ? ['x'] : [],
        })
        for (const each of [...resources, page]) expect(valid(each)).toEqual([])
        const labels = new Set(page.meta?.security?.map((label) => label.code))
        for (const each of resources) {
          const codes = each.meta?.security?.map((label) => label.code) ?? []
          expect(codes.includes('HTEST')).toBe(demo)
          for (const code of codes) expect(labels.has(code) || ['U', 'V'].includes(code ?? '')).toBe(true)
        }
        expect(labels.has('V')).toBe(places.some((each) => each.mode === 'kind'))
      }),
      {
        seed: 20_261_127,
        numRuns: runs,
        // A word that every object of the language knows is no kind of telephone.
        examples: ['__proto__', 'constructor'].map((type) => [phoneOf(type), false]),
      },
    )
  },
)
