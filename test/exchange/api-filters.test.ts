import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HsdsAttribute, HsdsLocation, HsdsService } from '#exchange'
import { derivedId } from '../../src/exchange/derived-id.rules.ts'
import { testWorld, type TestWorld } from '../world/agencies.ts'
import { serveWorld, type Served } from '../world/served.ts'
import { demoWorld } from './installations.ts'
import type { PageAnswer } from './paging-rules.ts'
import { directoryPaths, importDirectory } from '#directory'

type Fields = Readonly<Record<string, string>>
type HsdsSchedule = NonNullable<HsdsService['schedules']>[number]
type Entry = HsdsService & { readonly last_modified: string }
const root = '/api/hsds/3.1'
let world: TestWorld
let served: Served
/** Every listed service, whole. */
let all: readonly Entry[]

/** A service with a point and times, one whose place is kept, and work with people who use abuse. */
const planted = JSON.stringify([
  {
    id: '7d000000-0000-4000-8000-00000000000A',
    name: 'Walk-in advice',
    status: 'active',
    description: 'Somebody to talk to.',
    minimum_age: 16,
    maximum_age: 24,
    organization: {
      id: '7d000000-0000-4000-8000-0000000000b1',
      name: 'Millrace Advice',
      description: 'Advice.',
    },
    schedules: [{ freq: 'WEEKLY', byday: 'TU,TH', opens_at: '10:00', closes_at: '16:00' }],
    service_at_locations: [
      {
        location: {
          id: '7d000000-0000-4000-8000-0000000000C1',
          location_type: 'physical',
          name: 'Millrace House',
          latitude: 53.8,
          longitude: -1.55,
          addresses: [
            { address_1: '1 Mill Lane', city: 'Leeds', postal_code: 'LS1 1AA', state_province: 'Northshire' },
          ],
        },
      },
    ],
  },
])

beforeAll(async () => {
  world = await testWorld()
  for (const text of [demoWorld('northmere'), demoWorld('us-county'), planted])
    await world.owner.transaction().execute((db) => importDirectory(db, text))
  served = serveWorld(world)
  all = [
    ...(await whole({})),
    ...(await whole({ taxonomy_term_id: termId('anydoor-kind', 'for-people-using-abuse') })),
  ]
}, 120_000)
afterAll(() => world.close())

const termId = (taxonomy: string, code: string) => derivedId('taxonomy_term', taxonomy, code)
const get = async (path: string) => (await served.get(`${root}${path}`)).json() as Promise<unknown>
const ask = async (fields: Fields, list = 'services') =>
  (await get(`/${list}?${new URLSearchParams({ per_page: '500', ...fields }).toString()}`)) as PageAnswer
const idsOf = async (fields: Fields, list = 'services') =>
  (await ask(fields, list)).contents.map((each) => String(each['id']))
const whole = async (fields: Fields) =>
  (await ask({ full: 'true', per_page: '100', ...fields })).contents as unknown as readonly Entry[]
const open = () => all.filter((each) => !apart(each))
const ids = (entries: readonly Entry[]) => entries.map((each) => each.id)

function apart(service: Entry): boolean {
  return termsOf(service).some(
    ({ taxonomy, code }) => taxonomy === 'anydoor-kind' && code === 'for-people-using-abuse',
  )
}

/** Every term that a service goes out with, its organisation's, its places' and its room's included. */
function termsOf(service: Entry) {
  const places = (service.service_at_locations ?? []).flatMap((each) => each.location?.attributes ?? [])
  const rooms = (service.capacities ?? []).flatMap(
    (each) => (each['attributes'] ?? []) as readonly HsdsAttribute[],
  )
  const own = [...(service.attributes ?? []), ...(service.organization.attributes ?? []), ...places, ...rooms]
  return own.flatMap((each) => (each.taxonomy_term === undefined ? [] : [each.taxonomy_term]))
}

describe('a list by a term holds exactly the services that go out with it', () => {
  test('for every term, and for every taxonomy', async () => {
    const terms = new Map(all.flatMap((each) => termsOf(each).map((term) => [term.id, term] as const)))
    expect(terms.size).toBeGreaterThan(80)
    // Of ids of sources a service's own is what it is found by.
    const looked = [...terms.values()].filter(({ taxonomy }) => taxonomy !== 'anydoor-source-id')
    for (const term of looked) {
      const special = term.taxonomy === 'anydoor-kind' && term.code === 'for-people-using-abuse'
      const those = (special ? all.filter(apart) : open()).filter((each) =>
        termsOf(each).some(({ id }) => id === term.id),
      )
      expect([term.taxonomy, term.code, await idsOf({ taxonomy_term_id: term.id })]).toEqual([
        term.taxonomy,
        term.code,
        ids(those),
      ])
    }
    for (const taxonomy of new Set(looked.map((each) => each.taxonomy ?? ''))) {
      const those = open().filter((each) => termsOf(each).some((term) => term.taxonomy === taxonomy))
      expect([taxonomy, await idsOf({ taxonomy_id: derivedId('taxonomy', taxonomy) })]).toEqual([
        taxonomy,
        ids(those),
      ])
    }
  })

  test('and every such term is in the vocabulary that is served, under its own id', async () => {
    const listed = (await get('/taxonomy_terms?per_page=500')) as PageAnswer
    const known = new Map(listed.contents.map((each) => [each['id'], each]))
    expect(listed.total_items).toBe(known.size)
    const taxonomies = new Set((await idsOf({}, 'taxonomies')).values())
    for (const term of all.flatMap(termsOf)) {
      expect([term.taxonomy, term.code, known.has(term.id)]).toEqual([term.taxonomy, term.code, true])
      expect(known.get(term.id)).toMatchObject({ name: term.name, taxonomy: term.taxonomy })
      const detail = known.get(term.id)?.['taxonomy_detail'] as { readonly id: string } | undefined
      expect(taxonomies.has(detail?.id ?? '')).toBe(true)
    }
    const parents = listed.contents.filter((each) => 'parent_id' in each)
    expect(parents.length).toBeGreaterThan(50)
    const [first] = parents
    const below = await idsOf({ parent_id: String(first?.['parent_id']) }, 'taxonomy_terms')
    expect(below).toContain(first?.['id'])
    const top = await idsOf({ top_only: 'true' }, 'taxonomy_terms')
    expect(top).toHaveLength(listed.total_items - parents.length)
    const own = derivedId('taxonomy', 'anydoor-term')
    expect((await idsOf({ taxonomy_id: own }, 'taxonomy_terms')).length).toBeGreaterThan(80)
  })
})

test('services for people who use abuse are in no list but their own, without places and times', async () => {
  const those = all.filter(apart)
  expect(those.length).toBeGreaterThan(0)
  for (const each of those) {
    expect([each.schedules, each.service_at_locations]).toEqual([undefined, undefined])
    expect((await served.get(`${root}/services/${each.id}`)).status).toBe(200)
    expect(await idsOf({ organization_id: each.organization.id })).not.toContain(each.id)
    expect(await idsOf({ search: each.name })).not.toContain(each.id)
    expect(
      await idsOf({ search: each.name, taxonomy_term_id: termId('anydoor-kind', 'for-people-using-abuse') }),
    ).toContain(each.id)
  }
  expect((await idsOf({})).filter((id) => ids(those).includes(id))).toEqual([])
  const lines = await (await served.get(`${root}/organizations?format=ndjson&full_service=true`)).text()
  for (const each of those) expect(lines).not.toContain(each.id)
})

describe('the other parameters', () => {
  test('an organisation, whatever letters its id is written in', async () => {
    for (const each of open()) {
      const those = open().filter(({ organization }) => organization.id === each.organization.id)
      expect(await idsOf({ organization_id: each.organization.id.toUpperCase() })).toEqual(ids(those))
    }
  })

  test('a minimum and a maximum age', async () => {
    for (const age of [0, 11, 16, 18]) {
      const from = open().filter((each) => (each.minimum_age ?? 0) >= age)
      expect([age, await idsOf({ minimum_age: String(age) })]).toEqual([age, ids(from)])
      const to = open().filter((each) => each.maximum_age !== undefined && each.maximum_age <= age + 7)
      expect([age, await idsOf({ maximum_age: String(age + 7) })]).toEqual([age, ids(to)])
    }
    expect(await idsOf({ minimum_age: '16', maximum_age: '24' })).toContain(
      '7d000000-0000-4000-8000-00000000000A',
    )
  })

  test('a day and times, of one and the same line', async () => {
    const times = (service: Entry): readonly HsdsSchedule[] => [
      ...(service.schedules ?? []),
      ...(service.service_at_locations ?? []).flatMap((each) => each.schedules ?? []),
    ]
    const fits = (fields: Fields) => (time: HsdsSchedule) =>
      (fields['day'] === undefined || (time.byday ?? '').split(',').includes(fields['day'])) &&
      (fields['start_time'] === undefined || (time.opens_at ?? '') >= fields['start_time']) &&
      (fields['end_time'] === undefined ||
        (time.closes_at !== undefined && time.closes_at <= fields['end_time'])) &&
      time.freq === 'WEEKLY'
    for (const fields of [
      { day: 'TU' },
      { start_time: '09:30' },
      { end_time: '16:30' },
      { day: 'TH', start_time: '09:00', end_time: '17:00' },
      { day: 'SU' },
    ] as readonly Fields[]) {
      const those = open().filter((each) => times(each).some(fits(fields)))
      expect([fields, await idsOf(fields)]).toEqual([fields, ids(those)])
    }
    expect(await idsOf({ day: 'Tuesday' })).toEqual(await idsOf({ day: 'tu' }))
    // A time at a place that is kept: it is not said, and asking for it finds nothing.
    await sql`with one as (select s.id, s.kind, s.confidential, s.organization_id from directory.service s
        where s.source_id = '7d000000-0000-4000-8000-00000000000A'),
      kept as (insert into directory.location (source_id, organization_id, confidential, kind)
        select 'kept-place', organization_id, true, 'virtual' from one returning id),
      link as (insert into directory.service_at_location (service_id, location_id)
        select one.id, kept.id from one, kept returning location_id)
      select from link`.execute(world.owner)
    await sql`insert into directory.schedule (service_id, kind, confidential, location_id, weekday, opens, closes)
      select s.id, s.kind, s.confidential, l.id, 7, '03:00', '04:00' from directory.service s, directory.location l
      where s.source_id = '7d000000-0000-4000-8000-00000000000A' and l.source_id = 'kept-place'`.execute(
      world.owner,
    )
    expect(await idsOf({ day: 'SU', start_time: '03:00', end_time: '04:00' })).toEqual([])
    expect(JSON.stringify(await whole({}))).not.toContain('03:00')
  })

  test('a place and metres: nearer than that, and never a confidential one', async () => {
    const metres = (
      [lat1, long1]: readonly [number, number],
      { latitude: lat2 = 0, longitude: long2 = 0 }: HsdsLocation,
    ) => {
      const rad = Math.PI / 180
      const a =
        Math.sin(((lat1 - lat2) * rad) / 2) ** 2 +
        Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((long1 - long2) * rad) / 2) ** 2
      return 12742018 * Math.asin(Math.sqrt(a))
    }
    await sql`insert into directory.outcode values ('LS1', 53.8, -1.54) on conflict do nothing`.execute(
      world.owner,
    )
    const middle = [53.8, -1.54] as const
    for (const proximity of [100, 600, 700, 5_000, 100_000]) {
      const found = await idsOf({ postcode: 'LS1 1AA', proximity: String(proximity) })
      const pointed = open().filter((each) =>
        (each.service_at_locations ?? []).some(
          ({ location }) => location?.latitude !== undefined && metres(middle, location) <= proximity,
        ),
      )
      for (const id of ids(pointed))
        expect([proximity, found]).toEqual([proximity, expect.arrayContaining([id])])
      const near = found.includes('7d000000-0000-4000-8000-00000000000A')
      expect([proximity, near]).toEqual([proximity, proximity >= 700])
    }
    const kept = open().filter((each) => termsOf(each).some((term) => term.taxonomy === 'location-privacy'))
    expect(kept.length).toBeGreaterThan(0)
    const links = kept.flatMap((each) => (each.service_at_locations ?? []).map((link) => link.id))
    for (const postcode of ['LS1', 'Leeds', 'Northmere', 'ZZ99 3AB', 'BD1', 'M1']) {
      const near = await idsOf({ postcode, proximity: '200000' })
      expect([postcode, near.filter((id) => ids(kept).includes(id))]).toEqual([postcode, []])
      const places = await idsOf({ postcode, proximity: '200000' }, 'service_at_locations')
      expect([postcode, places.filter((id) => links.includes(id))]).toEqual([postcode, []])
    }
    expect(await idsOf({}, 'service_at_locations')).toEqual(expect.arrayContaining(links))
    expect((await ask({ postcode: 'nowhere we know' })).total_items).toBe(0)
  })

  test('what was changed at or after a moment, room and wait included', async () => {
    expect(await idsOf({ modified_after: '2999-01-01' })).toEqual([])
    expect(await idsOf({ modified_after: '2020-01-01T00:00:00+01:00' })).toEqual(ids(open()))
    const [one] = open()
    await sql`update directory.service set updated_at = now() + interval '10 seconds'
      where directory.listed_id(source_id, id) = ${one?.id ?? ''}::uuid`.execute(world.owner)
    const changed = (await get(`/services/${one?.id}`)) as Entry
    expect(await idsOf({ modified_after: changed.last_modified })).toEqual([one?.id])
    const short = await ask({ minimal: 'true', modified_after: changed.last_modified })
    expect(short.contents).toEqual([{ id: one?.id, last_modified: changed.last_modified }])
  })

  test('an editor’s act moves the date: a clause, what comes first, room', async () => {
    const editor = await world.found('Millrace Advice', 'other', ['agency-administrator', 'directory-editor'])
    const id = '7d000000-0000-4000-8000-00000000000a'
    const { rows } = await sql<{
      id: string
    }>`select id from directory.service where lower(source_id) = ${id}`.execute(world.owner)
    const row = rows[0]?.id ?? ''
    const acts: readonly (readonly [string, Readonly<Record<string, string | readonly string[]>>])[] = [
      [directoryPaths.first(row), { first: ['safety'] }],
      [directoryPaths.entry(row), { state: 'has-room', note: '' }],
      [directoryPaths.clause(row, 'new'), { act: 'save', sentence: 'Everyone.' }],
    ]
    for (const [path, fields] of acts) {
      await sql`update directory.service set updated_at = '2021-01-01' where id = ${row}`.execute(world.owner)
      await sql`update directory.capacity set as_of = '2021-01-01' where service_id = ${row}`.execute(
        world.owner,
      )
      const recent = { modified_after: '2021-06-01' }
      expect(ids(await whole(recent)).map((each) => each.toLowerCase())).not.toContain(id)
      expect([path, (await served.post(path, fields, editor)).status]).toEqual([path, 303])
      expect(ids(await whole(recent)).map((each) => each.toLowerCase())).toContain(id)
    }
  })

  test('words: all of them, in lists of services, of places and of organisations', async () => {
    const found = await idsOf({ search: 'walk-in advice' })
    expect(found).toContain('7d000000-0000-4000-8000-00000000000A')
    expect(await idsOf({ search: 'walk-in zebra' })).toEqual([])
    expect(await idsOf({ search: 'millrace' }, 'organizations')).toEqual([
      '7d000000-0000-4000-8000-0000000000b1',
    ])
    expect(await idsOf({ search: 'walk-in' }, 'service_at_locations')).toHaveLength(1)
    expect(await idsOf({ search: "o'brien \\ & | ! :* <-> %" })).toEqual([])
    const term = termId('anydoor-sector', 'domestic-abuse')
    const organizations = await idsOf({ taxonomy_term_id: term }, 'organizations')
    expect(organizations.length).toBeGreaterThan(0)
  })

  test('an id that nobody has finds nothing, and one that is none is told', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const name of ['taxonomy_term_id', 'taxonomy_id', 'organization_id'])
      expect((await ask({ [name]: nobody })).total_items).toBe(0)
    for (const list of [
      'services',
      'organizations',
      'service_at_locations',
      'taxonomies',
      'taxonomy_terms',
    ]) {
      expect((await served.get(`${root}/${list}/${nobody}`)).status).toBe(404)
      expect((await served.get(`${root}/${list}/none`)).status).toBe(404)
    }
    expect((await served.get(`${root}/services?taxonomy_id=none`)).status).toBe(400)
  })
})

describe('in short and whole', () => {
  const scalars = (json: object, ones: readonly string[]): object =>
    Object.fromEntries(
      Object.entries(json).flatMap(([key, value]: [string, unknown]) => {
        if (typeof value !== 'object' || value === null) return [[key, value] as const]
        return ones.includes(key) ? [[key, scalars(value as object, [])] as const] : []
      }),
    )

  test('a list tells in short exactly the one-to-one fields that it tells whole', async () => {
    for (const apartOnly of [{}, { taxonomy_term_id: termId('anydoor-kind', 'for-people-using-abuse') }]) {
      const short = await ask(apartOnly)
      const long = await whole(apartOnly)
      expect(short.contents).toEqual(long.map((each) => scalars(each, ['organization', 'program'])))
    }
    const places = await ask({ per_page: '100' }, 'service_at_locations')
    const wholePlaces = await ask({ full: 'true', per_page: '100' }, 'service_at_locations')
    expect(places.contents.length).toBeGreaterThan(5)
    expect(places.contents).toEqual(
      wholePlaces.contents.map((each) => ({
        ...scalars(each, ['location']),
        service: scalars(each['service'] as object, ['organization', 'program']),
      })),
    )
  })

  test('the number of entries is the same on every page, beyond the last one too, narrowed or not', async () => {
    for (const list of ['services', 'service_at_locations'])
      for (const fields of [
        {},
        { search: 'support' },
        { day: 'TU' },
        { postcode: 'Leeds', proximity: '5000' },
      ]) {
        const many = (await ask({ ...fields, per_page: '100' }, list)).contents.length
        for (const page of ['1', '2', '9000']) {
          const told = await ask({ ...fields, per_page: '1', page }, list)
          expect([list, fields, page, told.total_items]).toEqual([list, fields, page, many])
        }
      }
  })
})
