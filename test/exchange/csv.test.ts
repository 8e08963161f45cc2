import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyListedService, exportFormats, givenText, runImport } from '#exchange'
import { openPool, type Pool } from '#platform/db'
import { richEntry } from './rich-entry.ts'
import { freshDatabase, type FreshDatabase } from '../database.ts'

interface Installation {
  readonly database: FreshDatabase
  readonly owner: Pool
}

const made: Installation[] = []
let first: Installation
let second: Installation

async function install(): Promise<Installation> {
  const database = await freshDatabase()
  const one = { database, owner: openPool(database.ownerUrl, 1) }
  made.push(one)
  return one
}

beforeAll(async () => {
  first = await install()
  second = await install()
})

afterAll(async () => {
  for (const { database, owner } of made) {
    await owner.destroy()
    await database.close()
  }
})

async function bring(
  { owner }: Installation,
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
) {
  const out: string[] = []
  const errors: string[] = []
  const code = await runImport(argv, {
    withDatabase: (work) => owner.transaction().execute(work),
    open: async (name) => {
      const text = files[name]
      return text === undefined ? null : givenText(text, name)
    },
    print: (line) => void out.push(line),
    printError: (line) => void errors.push(line),
  })
  return { code, out, errors }
}

const asJson = ({ owner }: Installation) =>
  owner.transaction().execute(async (db) => (await Array.fromAsync(everyListedService(db))).flat())

async function asCsv({ owner }: Installation): Promise<string> {
  const format = exportFormats.find((each) => each.format === 'csv')
  if (format === undefined) throw new Error('there is no CSV')
  return owner.transaction().execute(async (db) => (await Array.fromAsync(format.pieces(db))).join(''))
}

test('JSON, CSV, JSON: an empty installation says the same to the byte, and the CSV is the same again', async () => {
  for (const name of ['northmere', 'us-county'])
    await bring(first, ['--json', 'a.json'], {
      'a.json': readFileSync(new URL(`../../src/demo/${name}.hsds.json`, import.meta.url), 'utf8'),
    })
  await bring(first, ['--json', 'c.json'], {
    'c.json': JSON.stringify([{ ...richEntry, council_reference: { a: ['b'] } }]),
  })
  const csv = await asCsv(first)
  const told = await bring(second, ['list.csv'], { 'list.csv': csv })
  expect(told).toEqual({
    code: 0,
    out: [
      'list.csv was taken for CSV with one row for each service.',
      '41 imported, 0 imported with warnings, 0 held for a person, 0 rejected.',
      expect.stringMatching(/anydoor import --undo [0-9a-f-]{36} --why TEXT$/),
    ],
    errors: [],
  })
  const [before, after] = [await asJson(first), await asJson(second)]
  expect(before).toHaveLength(41)
  expect(before.find((each) => each.id === richEntry.id)).toMatchObject({ council_reference: { a: ['b'] } })
  expect(after).toEqual(before)
  expect(await asCsv(second)).toBe(csv)
  // In a spreadsheet nothing begins like a formula, and hardly anything needs the last column.
  expect(csv).not.toMatch(/(^|,)"?[=+@-]/m)
  expect(
    await bring(second, ['--format', 'csv', '--mapping', 'anydoor', 'list.csv'], { 'list.csv': csv }),
  ).toMatchObject({
    code: 0,
  })
  expect(await asJson(second)).toEqual(before)
})

test('what is changed in a cell of our own export comes in, and what no cell says stays with the entry', async () => {
  const into = await install()
  const northmere = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await bring(into, ['a.json'], { 'a.json': northmere })
  const before = (await asJson(into)).find((each) => each.alternate_name === 'N03')
  const changed = (await asCsv(into))
    .replace(/(,N03,[^\r]*?,)child-mental-health,/, '$1child-mental-health; safe-place,')
    .replace('Six to eight meetings', 'Ten meetings')
  expect((await bring(into, ['list.csv'], { 'list.csv': changed })).code).toBe(0)
  const after = (await asJson(into)).find((each) => each.alternate_name === 'N03')
  const of = (each: typeof after, taxonomy: string) =>
    each?.attributes?.filter((one) => one.taxonomy_term?.taxonomy === taxonomy).map((one) => one.value)
  expect(after?.description).toBe('Ten meetings in school for worry, low mood or behaviour.')
  expect(of(after, 'anydoor-need')).toEqual(['child-mental-health', 'safe-place'])
  expect(of(before, 'anydoor-threshold')).toHaveLength(1)
  expect(of(after, 'anydoor-threshold')).toEqual(of(before, 'anydoor-threshold'))
  expect(of(after, 'anydoor-term')).toEqual(of(before, 'anydoor-term'))
})

const council = `Ref,Service Name,Provider,Details,Tel,Suitable\nN-1,Warm Room,Northmere Council,Tea and talk,01632 960001,Y\nN-2,,Northmere Council,,,\n`

test('a mapping is suggested, edited, kept by its name, and used again', async () => {
  const files = { 'list.csv': council }
  const suggested = await bring(second, ['--suggest-mapping', 'list.csv'], files)
  expect(suggested.code).toBe(0)
  const mapping = JSON.parse(suggested.out.join('')) as { readonly fields: object }
  expect(mapping.fields).toMatchObject({ name: { columns: ['Service Name'] }, phones: { columns: ['Tel'] } })
  const edited = JSON.stringify({
    mapping: 1,
    fields: { ...mapping.fields, self_referral: { columns: ['Suitable'], values: { Y: true } } },
  })
  const argv = ['--json', '--mapping', 'ours.json', '--save-mapping', 'northmere', 'list.csv']
  const told = await bring(second, argv, { ...files, 'ours.json': edited })
  expect(JSON.parse(told.out.join(''))).toMatchObject({
    imported: 1,
    held: 1,
    records: [
      { path: 'list.csv:2', id: 'N-1', outcome: 'imported', problems: [] },
      {
        path: 'list.csv:3',
        id: 'N-2',
        outcome: 'held',
        problems: [{ rule: 'name-missing', at: 'list.csv:3.name' }],
      },
    ],
  })
  const again = await bring(second, ['--json', '--mapping', 'northmere', 'list.csv'], files)
  expect([again.code, again.out]).toEqual([1, told.out])
  const unknown = await bring(second, ['--mapping', 'nobodys', 'list.csv'], files)
  expect(unknown.errors).toEqual([
    'list.csv: There is neither a file nor a mapping nobodys. There are: anydoor, northmere.',
  ])
  const broken = await bring(second, ['--mapping', 'ours.json', 'list.csv'], {
    ...files,
    'ours.json': '{"mapping":1,"fields":{"nmae":"Service Name"}}',
  })
  expect(broken.errors).toEqual(['ours.json: The mapping cannot be read at fields: There is no field nmae.'])
})

test('a row that says its address is secret, and says it all the same, waits for a person; the address is kept nowhere', async () => {
  const text = `Service ID,Service Name,Organisation,Address Line 1,Town,Postcode,Confidential address,Description
r-1,Night shelter,Quiet people,14 Sycamore Rise,Canaryfield,ZZ99 3AB,Y,Come to 14 Sycamore Rise
`
  const into = await install()
  const told = await bring(into, ['--json', 'list.csv'], { 'list.csv': text })
  expect(JSON.parse(told.out.join(''))).toMatchObject({
    held: 1,
    records: [{ path: 'list.csv:2', outcome: 'held', problems: [{ rule: 'confidential-address' }] }],
  })
  const { rows } = await sql<{ all: string }>`
    select (select string_agg(t::text, ' ') from directory.held_record t) || coalesce((select string_agg(t::text, ' ')
      from directory.import_run t), '') || coalesce((select string_agg(t::text, ' ') from directory.location t), '') as all`.execute(
    into.owner,
  )
  expect(rows[0]?.all).toContain('Night shelter')
  expect(told.out.join('') + rows[0]?.all + (await asCsv(into))).not.toMatch(/sycamore|zz99|canaryfield/i)
})
