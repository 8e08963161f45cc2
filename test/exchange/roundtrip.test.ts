import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory } from '#directory'
import { everyListedService } from '#exchange'
import { openPool, type Pool } from '#platform/db'
import { freshDatabase, type FreshDatabase } from '../database.ts'

interface Installation {
  readonly database: FreshDatabase
  readonly owner: Pool
  readonly visitor: Pool
}

const made: Installation[] = []
let first: Installation
let second: Installation

async function install(): Promise<Installation> {
  const database = await freshDatabase()
  const one = {
    database,
    owner: openPool(database.ownerUrl, 1),
    visitor: openPool(database.urlFor('public'), 1),
  }
  made.push(one)
  return one
}

beforeAll(async () => {
  first = await install()
  second = await install()
})

afterAll(async () => {
  for (const { database, owner, visitor } of made) {
    await owner.destroy()
    await visitor.destroy()
    await database.close()
  }
})

const demo = (name: string) =>
  readFileSync(new URL(`../../src/demo/${name}.hsds.json`, import.meta.url), 'utf8')

function bring({ owner }: Installation, text: string) {
  return owner.transaction().execute((db) => importDirectory(db, text))
}

/** As the login of the public pages: what goes out is what it may read. */
function goesOut({ visitor }: Installation) {
  return visitor.transaction().execute(async (db) => {
    const pages = []
    for await (const page of everyListedService(db)) pages.push(...page)
    return pages
  })
}

test('out of one installation, into an empty one and out again: alike to the byte, on both demo worlds', async () => {
  await bring(first, demo('northmere'))
  await bring(first, demo('us-county'))
  const out = await goesOut(first)
  expect(out).toHaveLength(40)
  expect(await bring(second, JSON.stringify(out))).toMatchObject({
    imported: 40,
    importedWithWarnings: 0,
    held: 0,
    rejected: 0,
  })
  const again = await goesOut(second)
  for (const [i, each] of out.entries()) expect(again[i]).toEqual(each)
  expect(sorted(again)).toBe(sorted(out))
})

function sorted(json: unknown): string {
  return JSON.stringify(json, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
