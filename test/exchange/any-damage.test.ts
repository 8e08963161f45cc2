import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool, type Pool } from '#platform/db'
import { organizationFinder, recordReader } from '../../src/directory/import.rules.ts'
import { secretFinder } from '../../src/directory/import-secrets.rules.ts'
import { nothingKnown, type ReadRecord } from '../../src/directory/import.ts'
import { freshDatabase, type FreshDatabase } from '../database.ts'
import { bring, sourceOf } from './bringing.ts'
import { chanceFrom } from './chance.ts'
import { damaged } from './damage.ts'
import { dirtyHsds } from './dirty-hsds.ts'
import { dirtyOruk1 } from './dirty-oruk1.ts'
import { expectAccounted, expectPlain, expectTold } from './whole-report.ts'

const proving = process.env['ANYDOOR_PROVE'] !== undefined

/** A file of either shape, some of whose records are damaged at any depth. The first is whole, so that it is known for what it is. */
function damagedFile(seed: number) {
  const chance = chanceFrom(seed)
  const key = chance.one(['content', 'contents'] as const)
  const page = key === 'content' ? dirtyOruk1(10, seed) : dirtyHsds(10, seed)
  const [first, ...others] = page[key] as readonly unknown[]
  const items = [first, ...others.map((each) => (chance.in100(70) ? damaged(each, chance) : each))]
  return { key, items, text: JSON.stringify({ ...page, [key]: items }) }
}

async function read(text: string): Promise<readonly ReadRecord[]> {
  const source = await sourceOf(text)
  const finder = secretFinder(nothingKnown)
  const named = organizationFinder()
  for await (const raw of source.open()) {
    finder.look(raw)
    named.want(raw)
  }
  for await (const raw of source.open()) named.look(raw)
  const reader = recordReader({ known: nothingKnown, secrets: finder.found(), organizations: named.found })
  const records: ReadRecord[] = []
  for await (const raw of source.open()) records.push(reader(raw))
  return records
}

test('whatever is broken in a file, each record is accounted for once, told of with its place, and read to plain text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0 }), async (seed) => {
      const { key, items, text } = damagedFile(seed)
      const records = await read(text)
      expectAccounted(items, key, records)
      expectTold(JSON.parse(text), records)
      for (const { outcome, service, organization } of records) {
        if (outcome === 'rejected') expect([service, organization]).toEqual([null, null])
        expectPlain({ service, organization })
      }
    }),
    { seed: 20_261_127, numRuns: proving ? 5_000 : 250 },
  )
}, 600_000)

let database: FreshDatabase
let owner: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
})

afterAll(async () => {
  await owner.destroy()
  await database.close()
})

async function idsIn(table: string, where = sql`true`): Promise<ReadonlySet<string>> {
  const result = await sql<{ id: string }>`
    select lower(source_id) as id from ${sql.table(`directory.${table}`)} where ${where}`.execute(owner)
  return new Set(result.rows.map((row) => row.id))
}

test('the same on a real database: what is in is listed, what is held waits, what is rejected is nowhere, and no text has a tag', async () => {
  for (let seed = 1; seed <= (proving ? 300 : 25); seed++) {
    const { key, items, text } = damagedFile(seed * 7919)
    const before = await idsIn('service')
    const report = await bring(owner, text)
    expectAccounted(items, key, report.records)
    expect(report.imported + report.importedWithWarnings + report.held + report.rejected).toBe(
      report.records.length,
    )
    const [listed, organizations, waiting] = [
      await idsIn('service'),
      await idsIn('organization'),
      await idsIn('held_record', sql`state = 'waiting'`),
    ]
    const by = (outcome: RegExp) =>
      report.records.filter((each) => outcome.test(each.outcome)).map((each) => each.id.toLowerCase())
    expect(by(/imported/).filter((id) => !listed.has(id) && !organizations.has(id))).toEqual([])
    expect(by(/held/).filter((id) => !waiting.has(id))).toEqual([])
    const others = new Set([...before, ...by(/imported|held/)])
    expect(
      by(/rejected/).filter((id) => id !== '' && !others.has(id) && (listed.has(id) || waiting.has(id))),
    ).toEqual([])
  }
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'directory'`.execute(owner)
  for (const { name: table } of tables) {
    const { rows } = await sql<
      Readonly<Record<string, unknown>>
    >`select * from ${sql.table(`directory.${table}`)}`.execute(owner)
    for (const { path: _path, ...row } of rows) expectPlain(row, table)
  }
}, 600_000)
