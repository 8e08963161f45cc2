import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, listRuns, undoRun } from '#directory'
import { givenText, runImport } from '#exchange'
import { openPool, type Pool } from '#platform/db'
import { freshDatabase, type FreshDatabase } from '../database.ts'

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

/** What tells of acts and is no part of an entry: runs with what they keep, the history, and suggestions. */
const acts = ['import_run', 'import_record', 'run_row', 'change']
/** Found anew and never copied: they may say which run brought them, and a word that nobody uses any more does not come back. */
const derived = ['word', 'place_name']

/** Every row of every table of the directory, sorted. */
async function dump(): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'directory' and not tablename = any(${[...acts, ...derived]})
    order by 1`.execute(owner)
  const all: Record<string, readonly string[]> = {}
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(`directory.${name}`)} t order by 1`.execute(owner)
    all[name] = rows.map((each) => each.row)
  }
  return all
}

/** Words that listed entries use, as visitors can look for them; and those that are known and nobody uses. */
async function words(): Promise<{ readonly used: readonly string[]; readonly unused: readonly string[] }> {
  const { rows } = await sql<{ word: string; used: boolean }>`
    select w.word || ' ' || w.stem as word, exists (select from directory.find f
      join directory.service s on s.id = f.service_id join directory.organization o on o.id = s.organization_id
      where to_tsvector('simple', s.name || ' ' || o.name || ' ' || s.description || ' ' || coalesce(s.eligibility_text, ''))
        @@ (quote_literal(w.word))::tsquery) as used
    from directory.word w union all
    select p.pack || ' ' || p.name, exists (select from directory.find f
      where f.search @@ (quote_literal('§in=' || p.name))::tsquery) from directory.place_name p order by 1`.execute(
    owner,
  )
  const of = (used: boolean) => rows.filter((each) => each.used === used).map((each) => each.word)
  return { used: of(true), unused: of(false) }
}

async function bring(json: unknown): Promise<string> {
  const report = await owner
    .transaction()
    .execute((db) => importDirectory(db, typeof json === 'string' ? json : JSON.stringify(json)))
  if ('refused' in report) throw new Error(report.message)
  return report.runId ?? ''
}

const undo = (runId: string) =>
  owner.transaction().execute((db) => undoRun(db, runId, { name: 'whoever runs the machine', why: 'A test' }))

const nothingLeft = {
  organizations: { left: 0, entries: [] },
  pathways: { restored: 0, removed: 0, left: 0, entries: [] },
}

const northmere = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')

test('the first file of an empty directory is taken back, and nothing of it is left', async () => {
  const before = await dump()
  const runId = await bring(northmere)
  expect(await dump()).not.toEqual(before)
  expect(await undo(runId)).toEqual({ ...nothingLeft, restored: 0, removed: 27, left: 0, entries: [] })
  expect(await dump()).toEqual(before)
  expect(await undo(runId)).toEqual({ refused: 'undone-already' })
  const [run] = await owner.transaction().execute((db) => listRuns(db))
  expect(run).toMatchObject({
    id: runId,
    canBeUndone: false,
    undoneBy: 'whoever runs the machine',
    undoneWhy: 'A test',
  })
})

/** Files about the same few entries, so that they meet each other in every way. */
const file = fc
  .uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
  .chain((numbers) => fc.tuple(...numbers.map(service)))

function service(number: number) {
  const word = fc.constantFrom('counsellor', 'counsellors', 'advice', 'quietly', 'harbour', 'evening')
  const place = fc.record({
    id: fc.constantFrom('u-l1', 'u-l2', `u-l-${number}`),
    location_type: fc.constant('physical'),
    name: word,
    addresses: fc.tuple(
      fc.record({
        address_1: fc.constantFrom('1 Mill Lane', '2 Mill Lane'),
        city: fc.constantFrom('Northmere', 'Leeds'),
        postal_code: fc.constantFrom('LS1 1AA', 'ZZ99 1AA'),
      }),
    ),
  })
  const secret = fc.constant({ id: 'u-secret', location_type: 'redacted' })
  const attribute = (taxonomy: string, ...values: readonly string[]) =>
    fc.record({
      value: fc.constantFrom(...values),
      taxonomy_term: fc.constantFrom({ code: 'x', taxonomy }),
    })
  return fc.record({
    id: fc.constant(`u-${number}`),
    name: word.map((each) => `Entry ${number} ${each}`),
    status: fc.constantFrom('active', 'active', 'inactive', 'temporarily closed'),
    description: fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
    minimum_age: fc.integer({ min: 0, max: 30 }),
    local_colour: fc.option(word),
    email: fc.option(fc.constantFrom('a@example.org', 'b@example.org')),
    organization: fc.record({
      id: fc.constantFrom('u-o1', 'u-o2'),
      name: fc.constantFrom('People', 'Helpers'),
      description: fc.constant(''),
      attributes: fc.array(attribute('anydoor-training', '2027-05-31', '2028-05-31'), { maxLength: 1 }),
    }),
    phones: fc.array(fc.record({ number: fc.constantFrom('01632 960001', '01632 960002') }), {
      maxLength: 2,
    }),
    capacities: fc.array(
      fc.record({
        available: fc.nat(3),
        updated: fc.constantFrom('2026-10-01T09:00:00Z', '2026-11-01T09:00:00Z'),
      }),
      { maxLength: 1 },
    ),
    schedules: fc.array(
      fc.record({
        freq: fc.constant('WEEKLY'),
        byday: fc.constantFrom('MO', 'TU,WE'),
        opens_at: fc.constant('09:00'),
        closes_at: fc.constantFrom('12:00', '17:00'),
      }),
      { maxLength: 1 },
    ),
    attributes: fc.array(
      fc.oneof(
        attribute('anydoor-need', 'talk', 'safety', 'crisis'),
        attribute('anydoor-kind', 'for-anyone', 'for-survivors', 'for-people-using-abuse'),
        attribute('anydoor-threshold', '{"age":{"min":192}}', '{"who":["child"]}'),
      ),
      { maxLength: 3 },
    ),
    service_at_locations: fc.array(
      fc.record({ location: number === 5 ? secret : place }),
      number === 5 ? { minLength: 1, maxLength: 1 } : { maxLength: 2 },
    ),
  })
}

test(
  'whatever files came after each other, each is taken back to exactly what was before it',
  { timeout: 240_000 },
  async () => {
    const numRuns = process.env['ANYDOOR_PROVE'] === '1' ? 100 : 15
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), fc.boolean(), async (files, late) => {
        const states = [await dump()]
        const known = [await words()]
        const runs: string[] = []
        for (const each of files) {
          runs.push(await bring(each))
          states.push(await dump())
          known.push(await words())
        }
        for (const [nth, runId] of [...runs.entries()].toReversed()) {
          expect(await undo(runId)).toMatchObject({ left: 0 })
          expect(await dump()).toEqual(states[nth])
          const { used, unused } = await words()
          expect(used).toEqual(known[nth]?.used)
          expect(known[nth]?.unused).toEqual(expect.arrayContaining([...unused]))
          if (late) break
        }
      }),
      { numRuns, seed: 20_261_127 },
    )
  },
)

const place = {
  id: 'k-l',
  location_type: 'physical',
  name: 'Kiln House',
  addresses: [{ address_1: '3 Kiln Road', city: 'Northmere', postal_code: 'ZZ99 8QQ' }],
}
const entry = {
  id: 'k-1',
  name: 'Kiln',
  status: 'active',
  description: 'Come to 3 Kiln Road.',
  organization: { id: 'k-o', name: 'Kiln people', description: '' },
  service_at_locations: [{ location: place }],
}

async function idOf(source: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from directory.service where source_id = ${source}`.execute(owner)
  return rows[0]?.id ?? ''
}

test('what a person has changed since is left, and told; the rest goes back', async () => {
  await bring([entry, { ...entry, id: 'k-2', name: 'Kiln two' }])
  const runId = await bring([
    { ...entry, description: 'New.' },
    { ...entry, id: 'k-2', name: 'Kiln two', description: 'New too.' },
    { ...entry, id: 'k-3', name: 'Kiln three' },
  ])
  const id = await idOf('k-1')
  await sql`insert into directory.change (service_id, what, via, by_party, by_account, fields)
    values (${id}, 'other', 'editor', uuidv7(), uuidv7(), '[]')`.execute(owner)
  expect(await undo(runId)).toEqual({
    ...nothingLeft,
    restored: 1,
    removed: 1,
    left: 1,
    entries: [{ id, name: 'Kiln', why: 'changed' }],
  })
  const { rows } = await sql<{ source_id: string; description: string }>`
    select source_id, description from directory.service where source_id like 'k-%' order by 1`.execute(owner)
  expect(rows).toEqual([
    { source_id: 'k-1', description: 'New.' },
    { source_id: 'k-2', description: 'Come to 3 Kiln Road.' },
  ])
  const lines = await sql`select what, why, fields from directory.change
    where service_id = ${await idOf('k-2')} order by id desc limit 1`.execute(owner)
  expect(lines.rows).toEqual([
    {
      what: 'undone',
      why: 'A test',
      fields: [{ field: 'description', before: 'New too.', after: 'Come to 3 Kiln Road.' }],
    },
  ])
})

test('a run is not taken back from under a later one, which is named', async () => {
  const first = await bring([{ ...entry, id: 'k-4', description: 'One.' }])
  const later = await bring([{ ...entry, id: 'k-4', description: 'Two.' }])
  expect(await undo(first)).toEqual({ refused: 'later-run', run: later })
  expect(await undo(later)).toMatchObject({ restored: 1, left: 0 })
  expect(await undo(first)).toMatchObject({ removed: 1, left: 0 })
  expect(await undo('0')).toEqual({ refused: 'missing' })
})

/** Everything that the schema holds, copies too. */
async function everyRow(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'directory'`.execute(owner)
  const texts: string[] = []
  for (const { name } of rows)
    texts.push(
      JSON.stringify(
        (await sql`select t::text from ${sql.table(`directory.${name}`)} t`.execute(owner)).rows,
      ),
    )
  return texts.join('\n')
}

test('what turns out to be secret is in no copy, of this run or an older one, and undoing leaves it secret', async () => {
  const hall = { ...place, id: 'm-l', addresses: [{ address_1: '4 Miller Row', postal_code: 'ZZ99 7MM' }] }
  const mill = {
    ...entry,
    id: 'm-1',
    name: 'Mill',
    description: 'Come to 4 Miller Row.',
    service_at_locations: [{ location: hall }],
  }
  await bring([mill])
  await bring([{ ...mill, description: 'At 4 Miller Row, ZZ99 7MM.', email: 'mill@example.org' }])
  expect(await everyRow()).toMatch(/miller row/i)
  const moved = {
    ...mill,
    description: 'Ring first.',
    service_at_locations: [{ location: { id: 'm-l2', location_type: 'redacted' } }],
  }
  const runId = await bring([moved])
  expect(await everyRow()).not.toMatch(/miller row|zz99 ?7mm/i)
  expect(await undo(runId)).toMatchObject({ left: 1, entries: [{ name: 'Mill', why: 'secret' }] })
  const { rows } = await sql`select confidential from directory.service where source_id = 'm-1'`.execute(
    owner,
  )
  expect(rows).toEqual([{ confidential: true }])
  expect(await everyRow()).not.toMatch(/miller row|zz99 ?7mm/i)
})

test('an address that an unlisted record makes secret goes from the copies too', async () => {
  const barn = (line: string) => ({
    ...entry,
    id: 'b-1',
    name: 'Barn',
    description: '',
    service_at_locations: [
      { location: { ...place, id: 'b-l', addresses: [{ address_1: line, postal_code: 'ZZ99 6BB' }] } },
    ],
  })
  await bring([barn('5 Old Barn Way')])
  await bring([barn('6 New Barn Way')])
  expect(await everyRow()).toMatch(/old barn way/i)
  await bring([{ ...barn('5 Old Barn Way'), id: 'b-2', name: 'Barn Refuge' }])
  expect(await everyRow()).not.toMatch(/old barn way/i)
})

test('copies are let go after a time, and no login reads them', async () => {
  const runId = await bring([{ ...entry, id: 'k-9' }])
  await sql`update directory.import_run set at = now() - interval '91 days' where id = ${runId}`.execute(
    owner,
  )
  const jobs = openPool(database.urlFor('jobs'), 1)
  await sql`select directory.forget_copies(90)`.execute(jobs)
  await jobs.destroy()
  const { rows } = await sql`select from directory.run_row where run_id = ${runId}`.execute(owner)
  expect(rows).toEqual([])
  expect(await undo(runId)).toEqual({ refused: 'no-longer-kept' })
  for (const login of ['web', 'public', 'jobs'] as const) {
    const pool = openPool(database.urlFor(login), 1)
    await expect(sql`select from directory.run_row`.execute(pool)).rejects.toThrow('permission denied')
    await pool.destroy()
  }
})

test('the command lists the runs, takes one back with a reason, and says in one line why it cannot', async () => {
  const run = async (...argv: readonly string[]) => {
    const [out, errors]: [string[], string[]] = [[], []]
    const code = await runImport(argv, {
      withDatabase: (work) => owner.transaction().execute(work),
      open: async () => givenText(JSON.stringify([{ ...entry, id: 'c-1', email: 'no mail' }, 7])),
      print: (line) => void out.push(line),
      printError: (line) => void errors.push(line),
    })
    return { code, out, errors }
  }
  const brought = await run('--json', 'file.json')
  const report: unknown = JSON.parse(brought.out.join('\n'))
  expect(Object.keys(report as object).toSorted()).toEqual([
    'held',
    'imported',
    'importedWithWarnings',
    'records',
    'rejected',
  ])
  expect(report).toMatchObject({
    importedWithWarnings: 1,
    rejected: 1,
    records: [
      { path: '[0]', outcome: 'importedWithWarnings' },
      { path: '[1]', outcome: 'rejected' },
    ],
  })
  const runId = /--undo (\S+) --why TEXT$/.exec(brought.errors[0] ?? '')?.[1] ?? ''
  const listed = async () => (await run('--runs')).out[0]?.replace(/  \d{4}-\d\d-\d\d \d\d:\d\d/, '')
  expect(await listed()).toBe(`${runId}  hsds  1 imported, 0 held, 1 rejected  can be taken back`)
  expect((await run('--undo', runId)).errors[0]).toMatch(/^Say why with --why/)
  const told = await run('--undo', runId, '--why', 'The wrong file')
  expect(told).toEqual({
    code: 0,
    out: ['0 entries are as they were before, 1 that were new are gone, 0 were left as they are.'],
    errors: [],
  })
  expect(await listed()).toBe(`${runId}  hsds  1 imported, 0 held, 1 rejected  taken back`)
  const again = await run('--undo', runId, '--why', 'The wrong file')
  expect([again.code, again.errors]).toEqual([2, [`The run ${runId} has been taken back already.`]])
})
