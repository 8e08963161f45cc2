import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool, type Pool } from '#platform/db'
import { importRecords, searchDirectory } from '#directory'
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
