import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool, type Pool } from '#platform/db'
import { importDirectory, importRecords, searchDirectory } from '#directory'
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

test('a source is opened again and again, and what its adapter noted stands in the report', async () => {
  const missing = { rule: 'column-unknown', at: 'row 2', message: 'This column is not known.' }
  const organization = { json: { id: 'src-o', name: 'Nine', description: '' }, path: 'row 1' }
  const service = { id: 'src-1', name: 'Fine', status: 'active', organization_id: 'SRC-o' }
  const records = [
    { path: 'row 1', json: organization.json, isOrganization: true, organization },
    { path: 'row 2', json: service, isOrganization: false, organization: null, problems: [missing] },
    { path: 'row 3', json: null, isOrganization: false, organization: null, problems: [missing] },
  ]
  let opened = 0
  const source = {
    format: 'rows',
    open: async function* () {
      opened += 1
      yield* records
    },
  }
  const report = await owner
    .transaction()
    .execute((db) => importRecords(db, source, { fileSha256: () => new Uint8Array(32) }))
  expect(report).toMatchObject({ imported: 1, importedWithWarnings: 1, held: 0, rejected: 1 })
  expect(report.records).toEqual([
    { path: 'row 1', id: 'src-o', outcome: 'imported', problems: [] },
    { path: 'row 2', id: 'src-1', outcome: 'imported-with-warnings', problems: [missing] },
    { path: 'row 3', id: '', outcome: 'rejected', problems: [missing] },
  ])
  expect(opened).toBe(3)
  const listed = await owner.transaction().execute((db) => searchDirectory(db, 'fine', {}))
  expect(listed.services.map((each) => each.organizationName)).toEqual(['Nine'])
})

const given = {
  id: 'same-1',
  name: 'Same',
  status: 'active',
  organization: { id: 'same-o', name: 'Same people', description: '' },
}
const bring = (json: unknown) =>
  owner.transaction().execute((db) => importDirectory(db, JSON.stringify(json)))

async function rowOf(sourceId: string) {
  const { rows } = await sql<{ written: string; email: string | null; lines: number }>`
    select s.xmin::text as written, s.email, (select count(*)::int from directory.change c where c.service_id = s.id) as lines
    from directory.service s where source_id = ${sourceId}`.execute(owner)
  return rows[0]
}

test('the same record again is passed over: nothing is written, and what a person has changed since stays', async () => {
  await bring([given])
  await sql`update directory.service set email = 'by-hand@example.org' where source_id = 'same-1'`.execute(
    owner,
  )
  const before = await rowOf('same-1')
  expect(await bring([given, { ...given, id: 'same-2' }])).toMatchObject({ imported: 2 })
  expect(await rowOf('same-1')).toEqual(before)
  await bring([{ ...given, description: 'New words.', email: 'file@example.org' }])
  expect(await rowOf('same-1')).toMatchObject({ email: 'file@example.org', lines: 2 })
})

test('when an organisation has another name, its services are found by it', async () => {
  const renamed = { ...given.organization, name: 'Quillfeather' }
  await bring([{ ...given, id: 'same-2', organization: renamed, description: 'Other.' }])
  const found = await owner.transaction().execute((db) => searchDirectory(db, 'quillfeather', {}))
  expect(found.total).toBe(2)
})

test('what was found wrong with a record lies in a row of its own, and the report has the counts', async () => {
  const report = await bring([{ ...given, id: 'told-1', email: 'no mail' }, 7, { ...given, id: 'told-2' }])
  if ('refused' in report) throw new Error(report.message)
  const { rows } = await sql`select path, source_id, outcome, problems from directory.import_record
    where run_id = ${report.runId ?? ''} order by nth`.execute(owner)
  expect(rows).toEqual(
    report.records
      .filter((each) => each.problems.length > 0)
      .map(({ path, id, outcome, problems }) => ({ path, source_id: id, outcome, problems })),
  )
  expect(rows).toHaveLength(2)
})

test('a report that is told record by record keeps none of them', async () => {
  const told: string[] = []
  const report = await owner.transaction().execute((db) =>
    importDirectory(db, JSON.stringify([given, 7]), {
      dryRun: true,
      tell: ({ path, outcome }) => void told.push(`${path} ${outcome}`),
    }),
  )
  expect(report).toEqual({ imported: 1, importedWithWarnings: 0, held: 0, rejected: 1, records: [] })
  expect(told).toEqual(['[0] imported', '[1] rejected'])
})
