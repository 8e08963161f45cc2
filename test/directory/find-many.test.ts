import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importDirectory } from '#directory'
import { openPool, type Pool, type Tx } from '#platform/db'
import type { Wanted } from '../../src/directory/find.ts'
import { findServices, withoutEach } from '../../src/directory/find.store.ts'
import { freshDatabase, type FreshDatabase } from '../database.ts'

/** More than a search counts: 1,000 choirs in York, then 300 in Leeds; every fifth has a lantern, every fiftieth a harbour. */
const choirs = 1_300

const inTown = (city: string, code: string) => ({
  id: city,
  location_type: 'physical',
  addresses: [{ address_1: '1 Made Up Street', city, postal_code: code, state_province: 'Anyshire' }],
})
const york = inTown('York', 'YO1 9ZZ')
const leeds = inTown('Leeds', 'LS6 2ZZ')

let database: FreshDatabase
let owner: Pool
let visitor: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
  visitor = openPool(database.urlFor('public'), 1)
  const services = Array.from({ length: choirs }, (_, at) => ({
    id: `choir-${at}`,
    name: `Choir ${at}`,
    status: 'active',
    description: `Singing${at % 5 === 0 ? ' by lantern' : ''}${at % 50 === 0 ? ' at the harbour' : ''}.`,
    organization: { id: 'songbirds', name: 'Songbirds', description: '' },
    service_at_locations: [{ location: at < 1_000 ? york : leeds }],
  }))
  await owner.transaction().execute((db) => importDirectory(db, JSON.stringify(services)))
  await sql`analyze directory.find`.execute(owner)
}, 60_000)

afterAll(async () => {
  await owner.destroy()
  await visitor.destroy()
  await database.close()
})

const any: Wanted = { words: '', need: '', place: '', miles: 25, language: '', age: '', access: '', page: 1 }

/** The names on every page of a search, in order. */
async function namesOf(wanted: Partial<Wanted>): Promise<readonly string[]> {
  const names: string[] = []
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await visitor
      .transaction()
      .execute((db) => findServices(db, { ...any, ...wanted, page }, 'uk'))
    names.push(...found.found.map((each) => each.service.name))
    pages = found.pages
  }
  return names
}

/** Rows of the directory that some work reads one after the other. */
async function readInTurn(db: Tx, work: () => Promise<unknown>): Promise<number> {
  const before = await readSoFar(db)
  await work()
  return (await readSoFar(db)) - before
}

async function readSoFar(db: Tx): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select seq_tup_read::int as read from pg_stat_xact_user_tables where schemaname = 'directory' and relname = 'find'`.execute(
    db,
  )
  return rows[0]?.read ?? 0
}

/** Settings of the database that are not as a connection begins with them. */
async function changed(db: Tx | Pool): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from pg_settings where setting <> reset_val and source = 'session' order by name`.execute(db)
  return rows.map((row) => row.name)
}

describe('of more than a search counts', () => {
  test('the near ones come first, however many further away are stored before them', async () => {
    const near = await namesOf({ place: 'Leeds', miles: 50 })
    expect(near).toHaveLength(200)
    expect(near.every((name) => Number(name.replace('Choir ', '')) >= 1_000)).toBe(true)
  })

  test('those with more of the words come first, whether they lie among the first that fit or not', async () => {
    const numbers = (names: readonly string[]) => names.map((name) => Number(name.replace('Choir ', '')))
    const two = numbers(await namesOf({ words: 'choir lantern' }))
    expect(two).toHaveLength(200)
    expect(two.every((each) => each % 5 === 0)).toBe(true)
    const rare = numbers(await namesOf({ words: 'choir harbour' }))
    expect(rare).toHaveLength(200)
    expect(rare.slice(0, 26).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 26 }, (_, at) => at * 50),
    )
    const three = numbers(await namesOf({ words: 'choir lantern harbour' }))
    expect(three.slice(0, 26).every((each) => each % 50 === 0)).toBe(true)
    expect(three.slice(26, 200).every((each) => each % 5 === 0 && each % 50 !== 0)).toBe(true)
  })

  test('the same search brings the same list', async () => {
    expect(await namesOf({})).toEqual(await namesOf({}))
  })
})

describe('the work of a search', () => {
  test.each<Partial<Wanted>>([
    { words: 'choir', need: 'crisis' },
    { need: 'crisis', age: '65' },
    { words: 'choir', place: 'Leeds' },
  ])('where its parts may hardly meet, nothing reads row after row: %o', async (wanted) => {
    const asked = { ...any, ...wanted }
    await visitor.transaction().execute(async (db) => {
      expect(await readInTurn(db, () => findServices(db, asked, 'uk'))).toBe(0)
      const more = { ...asked, language: 'vi', access: 'prayer-room' }
      expect(await readInTurn(db, () => withoutEach(db, more, 'uk'))).toBe(0)
    })
  })

  test('where a single part narrows, it reads row after row, and ends early', async () => {
    await visitor.transaction().execute(async (db) => {
      for (const wanted of [any, { ...any, words: 'choir' }]) {
        const read = await readInTurn(db, () => findServices(db, wanted, 'uk'))
        expect(read).toBeGreaterThan(1_000)
        expect(read).toBeLessThan(choirs)
      }
    })
  })

  test('what it sets for that ends with its transaction', async () => {
    await visitor.transaction().execute(async (db) => {
      await findServices(db, { ...any, words: 'choir', need: 'crisis' }, 'uk')
      expect(await changed(db)).toEqual(expect.arrayContaining(['enable_seqscan', 'synchronize_seqscans']))
    })
    expect(await changed(visitor)).toEqual([])
  })
})
