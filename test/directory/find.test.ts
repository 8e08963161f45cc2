import { sql } from 'kysely'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importDirectory } from '#directory'
import { openPool, type Pool } from '#platform/db'
import type { Wanted } from '../../src/directory/find.ts'
import { findServices, withoutEach } from '../../src/directory/find.store.ts'
import { storeOutcodes } from '../../src/directory/place.store.ts'
import { freshDatabase, type FreshDatabase } from '../database.ts'

let database: FreshDatabase
let owner: Pool
let visitor: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
  visitor = openPool(database.urlFor('public'), 2)
  const northmere = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  const alder = readFileSync(new URL('../../src/demo/us-county.hsds.json', import.meta.url), 'utf8')
  await bring(northmere)
  await bring(alder)
  await bring(JSON.stringify(towns))
})

afterAll(async () => {
  await owner.destroy()
  await visitor.destroy()
  await database.close()
})

const any: Wanted = { words: '', need: '', place: '', miles: 25, language: '', age: '', access: '', page: 1 }

function bring(text: string) {
  return owner.transaction().execute((db) => importDirectory(db, text))
}

function find(wanted: Partial<Wanted>, pack: 'uk' | 'us' = 'uk') {
  return visitor.transaction().execute((db) => findServices(db, { ...any, ...wanted }, pack))
}

async function named(wanted: Partial<Wanted>) {
  return (await find(wanted)).found.map((each) => `${each.service.name}: ${each.band}`)
}

/** A singing group in three towns, and one whose address is private. */
const towns = [
  ['Leeds choir', { city: 'Leeds', postal_code: 'LS6 2ZZ' }],
  ['Bradford choir', { city: 'Bradford', postal_code: 'BD1 1ZZ' }],
  ['York choir', { city: 'York', postal_code: 'YO1 9ZZ' }],
  ['Truro choir', { city: 'Truro', postal_code: 'TR1 1ZZ' }],
].map(([name, address], at) => serviceAt(`choir-${at}`, name as string, address as object))

function serviceAt(id: string, name: string, address: object, more: object = {}) {
  return {
    id,
    name,
    status: 'active',
    description: 'Singing together on Tuesdays.',
    organization: { id: `o-${id}`, name: 'Songbirds', description: '' },
    service_at_locations: [
      {
        location: {
          id: `l-${id}`,
          location_type: 'physical',
          addresses: [{ address_1: '1 Made Up Street', state_province: 'Anyshire', ...address }],
        },
      },
    ],
    ...more,
  }
}

describe('words', () => {
  test('those with most of the words come first, and the work with people who use abuse is never found', async () => {
    const found = await find({ words: 'somewhere safe to stay with my children' })
    expect(found.found.slice(0, 3).map((each) => each.service.code)).toContain('N12')
    const all = await find({ words: 'change programme panel worried behaviour hurt' })
    expect(all.found.every((each) => each.service.kind !== 'for-people-using-abuse')).toBe(true)
    const rows = await sql`select from directory.find f join directory.service s on s.id = f.service_id
      where s.kind = 'for-people-using-abuse'`.execute(owner)
    expect(rows.rows).toEqual([])
  })

  test.each([
    ['refgue', 'refuge'],
    ['helplnie', 'helpline'],
    ['alchohol', 'alcohol'],
    ['psycology', 'psychology'],
  ])('%s is taken for %s, and the page says so', async (typed, meant) => {
    const found = await find({ words: typed })
    expect(found.corrected).toEqual([{ typed, meant }])
    expect(found.found.map((each) => each.service.id)).toEqual(
      (await find({ words: meant })).found.map((each) => each.service.id),
    )
    expect(found.total).toBeGreaterThan(0)
  })

  test('words that say nothing find nothing, and no text breaks a query', async () => {
    expect((await find({ words: 'the of and' })).total).toBe(0)
    for (const words of [
      `'); drop table x; -- & | !`,
      "\\ ' :* <-> §pack=us",
      '§need=talk',
      '\u0000a'.slice(1),
    ])
      expect((await find({ words })).total).toBeGreaterThanOrEqual(0)
    expect((await find({ need: "x' | 'y", language: "\\'", age: "'" })).total).toBe(0)
  })

  test('a word that nobody uses any more is forgotten', async () => {
    await bring(JSON.stringify([serviceAt('gone', 'Xylophone hour', {})]))
    expect((await find({ words: 'xylofone' })).total).toBe(1)
    await bring(JSON.stringify([serviceAt('gone', 'Xylophone hour', {}, { status: 'inactive' })]))
    expect(await find({ words: 'xylofone' })).toMatchObject({ total: 0, corrected: [] })
    const kept = await sql`select from directory.word where word like 'xyl%'`.execute(owner)
    expect(kept.rows).toEqual([])
  })
})

describe('filters', () => {
  test('by need, by age from who each service is for, and by language; who has not said stays in', async () => {
    const codes = async (wanted: Partial<Wanted>) =>
      (await find(wanted)).found.map((each) => each.service.code ?? each.service.name)
    expect((await codes({ need: 'crisis' })).toSorted()).toEqual(['N04', 'N19'])
    expect(await codes({ need: 'crisis', age: '5-10' })).toEqual(['N04'])
    expect(await codes({ need: 'crisis', age: '18-64' })).toEqual(['N19'])
    expect(await codes({ words: 'choir', age: '65' })).toHaveLength(4)
    expect((await find({ need: 'talk', language: 'pl' })).total).toBeLessThan(
      (await find({ need: 'talk' })).total,
    )
  })

  test('by what somebody needs to get in', async () => {
    await sql`update directory.service set access = '{prayer-room}' where alternate_name = 'N16'`.execute(
      owner,
    )
    await sql`select directory.derive_find(array(select id from directory.service where alternate_name = 'N16'), '{}')`.execute(
      owner,
    )
    const found = await find({ access: 'prayer-room' })
    expect(found.found.map((each) => each.service.code)).toEqual(['N16'])
  })

  test('where nothing fits, each filter says what dropping it would bring', async () => {
    const wanted = { ...any, need: 'crisis', language: 'vi' }
    expect((await find(wanted)).total).toBe(0)
    const without = await visitor.transaction().execute((db) => withoutEach(db, wanted, 'uk'))
    expect(without).toContainEqual({ filter: 'language', count: 2, more: false })
  })

  test('pages follow each other without a gap', async () => {
    const first = await find({})
    const second = await find({ page: 2 })
    const ids = [...first.found, ...second.found].map((each) => each.service.id)
    expect(new Set(ids).size).toBe(first.total)
    expect(first.pages).toBe(2)
  })
})

describe('places', () => {
  test('nearest first, in bands, by the first part of a postcode or by a town', async () => {
    const choirs = ['Leeds choir: there', 'Bradford choir: miles-25']
    expect(await named({ words: 'choir', place: 'Leeds' })).toEqual(choirs)
    expect(await named({ words: 'choir', place: 'ls6 9xx' })).toEqual(choirs)
    expect(await named({ words: 'choir', place: 'LS6', miles: 50 })).toEqual([
      ...choirs,
      'York choir: miles-50',
    ])
    expect(await named({ words: 'choir', place: 'Leeds', miles: 10 })).toEqual(['Leeds choir: there'])
  })

  test('an area that only the listing names, and a place that nobody knows', async () => {
    const found = await find({ place: 'northmere', need: 'talk' })
    expect(found.found[0]?.band).toBe('there')
    expect(await find({ place: 'Nowhere at all' })).toMatchObject({ total: 0, placeUnknown: true })
    expect((await find({ place: 'alder county', need: 'talk' }, 'us')).found[0]?.band).toBe('there')
  })

  test('a name typed with a slip is looked for by the name that was likely meant, in the words of its own country', async () => {
    for (const [typed, meant] of [
      ['Leds', 'Leeds'],
      ['bradfrod', 'Bradford'],
      ['Truor', 'Truro'],
      ['Edinburg', 'Edinburgh'],
      ['milton keyness', 'Milton Keynes'],
    ]) {
      const found = await find({ place: typed ?? '' })
      expect(found.place?.corrected, typed).toEqual({ typed, meant })
      expect(found.placeUnknown).toBe(false)
    }
    expect((await find({ words: 'choir', place: 'Leds' })).found[0]?.service.name).toBe('Leeds choir')
    expect((await find({ place: 'Leeds' })).place?.corrected).toBeNull()
    expect(await find({ place: 'Xqzzzy' })).toMatchObject({ placeUnknown: true, place: null })
    // A short word may be anything, and a town of the other country is no slip here.
    expect((await find({ place: 'Lds' })).placeUnknown).toBe(true)
    const here = await named({ place: 'Leds' })
    const [town] = (
      await sql<{ name: string }>`select name from directory.place_name where pack = 'us' and name not in
        (select name from directory.place_name where pack = 'uk') order by length(name) desc limit 1`.execute(
        owner,
      )
    ).rows
    const slip = `${town?.name ?? ''}x`
    expect((await find({ place: slip }, 'us')).place?.names).toEqual([town?.name])
    expect((await find({ place: slip }, 'uk')).placeUnknown).toBe(true)
    expect(here).toContain('Leeds choir: there')
  })

  test('a name that no listed service uses any more is forgotten', async () => {
    const known = async () =>
      (await sql`select from directory.place_name where name = 'quillbrook'`.execute(owner)).rows.length
    const at = (city: string) =>
      JSON.stringify([serviceAt('quill', 'Quill choir', { city, postal_code: 'LS6 2ZZ' })])
    await bring(at('Quillbrook'))
    expect(await known()).toBe(1)
    expect((await find({ place: 'Quilbrook' })).place?.corrected).toEqual({
      typed: 'Quilbrook',
      meant: 'Quillbrook',
    })
    await bring(at('Quillbrook').replace('"active"', '"inactive"'))
    expect(await known()).toBe(0)
  })

  test('districts that were brought in are finer than areas', async () => {
    await owner.transaction().execute((db) =>
      storeOutcodes(db, [
        { code: 'LS6', latitude: 53.82, longitude: -1.57 },
        { code: 'BD1', latitude: 53.795, longitude: -1.755 },
      ]),
    )
    const found = await find({ words: 'choir', place: 'LS6 2AA', miles: 10 })
    expect(found.place).toMatchObject({ rough: false, label: 'LS6 (Leeds)' })
    expect(found.found.map((each) => each.band)).toEqual(['there', 'miles-10'])
  })
})

describe('confidential places', () => {
  const secret = (region: string) =>
    serviceAt('secret', 'Quiet house choir', { postal_code: 'LS6 2ZZ', state_province: region })
  const marked = {
    attributes: [
      {
        label: 'location-privacy:address-confidential',
        taxonomy_term: { code: 'location-privacy:address-confidential', taxonomy: 'location-privacy' },
      },
    ],
  }

  test('a place that turns out to be confidential has no point, no town and no code any more, its neighbours neither', async () => {
    await bring(
      JSON.stringify([
        secret('Anyshire'),
        {
          ...serviceAt('beside', 'Choir next door', { postal_code: 'LS6 2ZZ' }),
          organization: { id: 'nb', name: 'Neighbours', description: '' },
        },
      ]),
    )
    expect(await named({ words: 'quiet house', place: 'LS6' })).toContain('Quiet house choir: there')
    await bring(JSON.stringify([{ ...secret('Anyshire'), ...marked }]))
    const rows = await sql<{ points: number[]; spot: string; search: string }>`
      select f.points, f.spot, f.search::text from directory.find f where f.name in ('Quiet house choir', 'Choir next door')`.execute(
      owner,
    )
    expect(rows.rows).toHaveLength(2)
    for (const row of rows.rows) {
      expect(row).toMatchObject({ points: [], spot: 'kept:Anyshire' })
      expect(row.search).not.toMatch(/ls6|§cell|leeds|'ls'/i)
    }
  })

  test('one of no known region is kept, not for everywhere, and many of them elsewhere do not crowd out the near ones', async () => {
    const many = Array.from({ length: 230 }, (_, n) => ({
      ...serviceAt(`kept-${n}`, `Hidden choir ${n}`, { state_province: '' }),
      ...marked,
    }))
    await bring(JSON.stringify(many.map((each) => ({ ...each, service_at_locations: [] }))))
    await sql`update directory.service set confidential = true where name like 'Hidden choir%'`.execute(owner)
    await sql`select directory.derive_find(array(select id from directory.service where name like 'Hidden choir%'), '{}')`.execute(
      owner,
    )
    const { rows } = await sql<{ search: string }>`
      select search::text from directory.find where name like 'Hidden choir%' limit 1`.execute(owner)
    expect(rows[0]?.search).toContain('§kept')
    expect(rows[0]?.search).not.toContain('§wide')
    const page = await find({ words: 'choir', place: 'LS6', miles: 10 })
    expect(page.more).toBe(true)
    expect(page.found[0]).toMatchObject({ band: 'miles-10', service: { name: 'Bradford choir' } })
    expect(page.total).toBeGreaterThan(200)
    expect(page.total).toBeLessThan(230)
  })

  test('what a search says of it is the same from everywhere', async () => {
    const places = ['LS6', 'LS6 2ZZ', 'YO1', 'TR1', 'Truro', 'Bradford']
    const told = await Promise.all(
      places.flatMap((place) =>
        [10, 25, 50].map(async (miles) => {
          const found = await find({ words: 'quiet house', place, miles })
          const one = found.found.find((each) => each.service.name === 'Quiet house choir')
          return `${one?.band} ${one?.region}`
        }),
      ),
    )
    expect(new Set(told)).toEqual(new Set(['kept Anyshire']))
  })
})
