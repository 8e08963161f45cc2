import fc from 'fast-check'
import { sectors } from '#platform/access'
import { facets, needs } from '../../src/directory/facet.ts'
import type {
  Capacity,
  LocationRecord,
  OrganizationRecord,
  ServiceRecord,
  Wishes,
} from '../../src/directory/listing.ts'
import { capacityStates, kinds } from '../../src/directory/listing.ts'
import type { Kept } from '../../src/directory/kept.ts'
import { plainText } from '../../src/directory/plain-text.rules.ts'
import {
  accessFeatures,
  billed,
  type Practical,
  type ServiceOffer,
  type ServiceTime,
} from '../../src/directory/practical.ts'
import { ownTerms } from '../../src/directory/term.ts'
import type { Threshold } from '../../src/directory/threshold.ts'
import { forbiddenIn } from '../../src/directory/threshold.rules.ts'
import { anyCondition } from '../directory/any-condition.ts'

/** Text as the directory keeps it, with what breaks careless writers: quotes, commas, breaks, other scripts, signs of HTML. */
function text(longest: number, breaks = false): fc.Arbitrary<string> {
  const units = [
    ...Array.from('abcdefgÄßñ’"\'\\é语ع,;:!?()[]{}=+-/%#@|~^`_'),
    ' ',
    ' ',
    ' & ',
    ' < ',
    '😀',
    ...(breaks ? ['\n'] : []),
  ]
  return fc
    .string({ unit: fc.constantFrom(...units), minLength: 1, maxLength: Math.min(longest, 60) })
    .map((given) => plainText(given, longest).text)
    .filter((given) => given !== '' && plainText(given, longest).text === given)
}

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const yesNo = maybe(fc.boolean())
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const email = maybe(fc.constantFrom('hello@northmere.example.org', 'a.b+c@example.org'))
const url = maybe(
  fc.constantFrom(
    'https://northmere.example.org/',
    'https://example.org/a?b=1#c',
    'http://example.org/%C3%A4',
  ),
)
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'))
const phones = fc.uniqueArray(
  fc.record({
    number: fc.constantFrom('01632 960101', '+44 1632 960102', '555-0103'),
    label: fc.oneof(fc.constant(''), text(300)),
  }),
  { maxLength: 3, selector: (each) => each.number },
)

/** Ids as feeds have them: in the shape of a UUID, in capitals too, and anything else. */
const sourceId = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.tuple(text(40), fc.uuid()).map((parts) => parts.join(' ')),
)

/** What a source says and no column of ours has. */
const kept: fc.Arbitrary<Kept | null> = maybe(
  fc.record({
    rest: fc.record({
      funding: fc.array(fc.record({ id: fc.uuid(), source: text(200) }), { minLength: 1, maxLength: 2 }),
      of_their_own: fc.oneof(
        text(200),
        fc.integer(),
        fc.array(fc.record({ some: text(50) }), { minLength: 1, maxLength: 2 }),
      ),
    }),
  }),
)

const organization: fc.Arbitrary<OrganizationRecord> = fc.record({
  sourceId,
  name: text(300),
  alternateName: maybe(text(300)),
  description: fc.oneof(fc.constant(''), text(8_000, true)),
  email,
  website: url,
  phones,
  sector: fc.constantFrom(...sectors),
  pack: fc.constantFrom<'uk' | 'us'>('uk', 'us'),
  mustReport: maybe(fc.array(text(1_000), { minLength: 3, maxLength: 3 })),
  trainedUntil: maybe(day),
  kept,
})

const capacity: fc.Arbitrary<Capacity> = fc
  .record({
    state: fc.constantFrom(...capacityStates),
    places: maybe(fc.integer({ min: 0, max: 1_000 })),
    wait: maybe(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }))),
    note: maybe(text(500)),
    asOf: fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
  })
  .map(({ wait, asOf, ...rest }) => ({
    ...rest,
    waitWeeks: wait === null ? null : Math.min(...wait) / 10,
    waitWeeksTo: wait === null ? null : Math.max(...wait) / 10,
    asOf: asOf.toISOString(),
  }))

const words = fc.uniqueArray(
  text(80).map((each) => plainText(each.toLowerCase(), 80).text),
  { maxLength: 3 },
)
const wishes: fc.Arbitrary<Wishes> = fc.record({
  languages: fc.uniqueArray(
    fc.oneof(
      fc.constantFrom('en', 'ur', 'pt-br', 'ht', 'haitian creole', 'british sign language'),
      text(30).map((each) => plainText(each.toLowerCase(), 35).text),
    ),
    { maxLength: 4 },
  ),
  ledBy: words,
  workerGender: words,
  areas: fc.array(text(200), { maxLength: 3 }),
  models: words,
  remote: yesNo,
  cost: maybe(fc.constantFrom('free', 'sliding-scale', 'paid')),
  needsNoPublicFunds: yesNo,
})

const place: fc.Arbitrary<LocationRecord> = fc
  .record({
    sourceId,
    kind: fc.constantFrom<LocationRecord['kind']>('physical', 'postal', 'virtual'),
    region: maybe(text(200)),
    name: maybe(text(300)),
    description: maybe(text(1_000, true)),
    transportation: maybe(text(1_000)),
    address1: maybe(text(300)),
    address2: maybe(text(300)),
    city: maybe(text(200)),
    postalCode: maybe(text(40)),
    country: maybe(text(80)),
    kept,
    point: maybe(
      fc.tuple(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
      ),
    ),
  })
  .map(({ point, ...rest }) => ({
    ...rest,
    confidential: false,
    latitude: point?.[0] ?? null,
    longitude: point?.[1] ?? null,
  }))

const practical: fc.Arbitrary<Practical> = fc.record({
  access: fc.subarray(accessFeatures.map((each) => each.code)),
  accessText: maybe(text(2_000, true)),
  documents: maybe(
    fc.uniqueArray(
      text(300).map((each) => `paper ${each}`),
      { maxLength: 3 },
    ),
  ),
  insurers: fc.array(text(120), { maxLength: 3 }),
  diagnosisToPay: yesNo,
  billTo: maybe(fc.constantFrom(...billed)),
  survivorLed: yesNo,
})

function times(places: readonly LocationRecord[]): fc.Arbitrary<readonly ServiceTime[]> {
  const one = fc
    .record({
      what: fc.constantFrom<ServiceTime['what']>('open', 'phone'),
      weekday: fc.integer({ min: 1, max: 7 }),
      // Nothing that stores times takes hours that end where they begin.
      span: maybe(fc.tuple(clock, clock).filter(([opens, closes]) => opens !== closes)),
      note: maybe(text(500)),
      locationSource: maybe(fc.constantFrom('', ...places.map((each) => each.sourceId))),
    })
    .map(({ span, locationSource, ...rest }) => ({
      ...rest,
      opens: span?.[0] ?? null,
      closes: span?.[1] ?? null,
      locationSource: locationSource || null,
    }))
  return fc.uniqueArray(one, { maxLength: 6, selector: (each) => JSON.stringify(each) })
}

const clauses = fc.array(fc.record({ condition: anyCondition, sentence: text(1_000), soft: fc.boolean() }), {
  maxLength: 4,
})

/** Any service that the public may see, of this organisation. */
function service(of: OrganizationRecord): fc.Arbitrary<ServiceRecord> {
  const { pack, sector, name } = of
  const plain = fc
    .record({
      sourceId,
      organization: fc.constant(of),
      name: text(300),
      alternateName: maybe(text(300)),
      description: fc.oneof(fc.constant(''), text(8_000, true)),
      status: fc.constantFrom<ServiceRecord['status']>('active', 'temporarily closed'),
      kind: fc.constantFrom(...kinds),
      needs: fc.subarray(needs.map((each) => each.id)),
      afterNeeds: fc.subarray(needs.map((each) => each.id)),
      fixedFacets: fc.subarray(facets.map((each) => each.id)),
      selfReferral: fc.boolean(),
      consultation: fc.boolean(),
      confidential: fc.boolean(),
      email,
      url,
      phones,
      applicationProcess: maybe(text(2_000, true)),
      eligibilityText: maybe(text(4_000, true)),
      feesText: maybe(text(1_000)),
      timesText: maybe(text(2_000, true)),
      alert: maybe(text(1_000)),
      wishes,
      assuredOn: maybe(day),
      assuredBy: email,
      capacity: maybe(capacity),
      clauses,
      kept,
      locations: fc.uniqueArray(place, { maxLength: 2, selector: (each) => each.sourceId.toLowerCase() }),
      practical,
      terms: fc.subarray(ownTerms.filter((each) => each.code.includes('.')).map((each) => each.code)),
    })
    .chain((made) => times(made.locations).map((each) => ({ ...made, times: each })))
  return plain.map(({ clauses: given, practical: said, times: open, terms, ...rest }) => ({
    ...rest,
    thresholds: given.map((each): Threshold => {
      const { rule, facets: closed } = forbiddenIn(each.condition, sector, pack)
      return {
        ...each,
        source: 'a leaflet',
        owner: name,
        reviewedOn: '2026-01-01',
        forbiddenRule: rule,
        forbiddenFacets: closed,
      }
    }),
    offer: { practical: said, times: open, terms, contacts: [], partner: null } satisfies ServiceOffer,
  }))
}

/** A few organisations with a few services each; no id twice. */
export const anyDirectory: fc.Arbitrary<readonly ServiceRecord[]> = fc
  .uniqueArray(organization, { minLength: 1, maxLength: 2, selector: (each) => each.sourceId.toLowerCase() })
  .chain((all) => fc.tuple(...all.map((each) => fc.array(service(each), { minLength: 1, maxLength: 3 }))))
  .map((lists) => lists.flat().map(asItMayBeStored))
  .filter((all) => {
    const ids = [...all, ...all.flatMap((each) => each.locations)].map((each) => each.sourceId.toLowerCase())
    return new Set(ids).size === ids.length
  })

/** What the database would refuse is not in it: a venue of work with people who use abuse, anything of a secret place. */
function asItMayBeStored(given: ServiceRecord): ServiceRecord {
  const apart = given.kind === 'for-people-using-abuse'
  const quiet = apart
    ? {
        timesText: null,
        locations: [],
        offer: { ...given.offer, times: [] },
        wishes: { ...given.wishes, models: [] },
        kept: null,
      }
    : {}
  const made = { ...given, ...quiet }
  if (!made.confidential) return made
  const { practical: said, times: open } = made.offer
  const kept = made.locations
    .slice(0, 1)
    .map(({ sourceId: id, region }): LocationRecord => ({ ...secretPlace, sourceId: id, region }))
  return {
    ...made,
    url: null,
    kept: null,
    timesText: null,
    locations: kept,
    offer: {
      ...made.offer,
      practical: {
        ...said,
        accessText: null,
        access: said.access.filter((code) =>
          accessFeatures.some((each) => each.code === code && !each.building),
        ),
      },
      times: onceEach(
        open
          .filter((each) => each.what === 'phone')
          .map((each) => ({ ...each, note: null, locationSource: null })),
      ),
    },
  }
}

function onceEach(all: readonly ServiceTime[]): readonly ServiceTime[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()]
}

const secretPlace = {
  confidential: true,
  kind: 'virtual',
  name: null,
  description: null,
  transportation: null,
  address1: null,
  address2: null,
  city: null,
  postalCode: null,
  country: null,
  latitude: null,
  longitude: null,
} as const
