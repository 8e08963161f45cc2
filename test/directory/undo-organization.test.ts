import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, undoRun } from '#directory'
import { openPool, type Pool } from '#platform/db'
import { freshDatabase, type FreshDatabase } from '../database.ts'

let database: FreshDatabase
let owner: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 1)
})
afterAll(async () => {
  await owner.destroy()
  await database.close()
})

async function bring(json: unknown): Promise<string> {
  const report = await owner.transaction().execute((db) => importDirectory(db, JSON.stringify(json)))
  return 'runId' in report ? (report.runId ?? '') : ''
}

const undo = (runId: string) =>
  owner.transaction().execute((db) => undoRun(db, runId, { name: 'whoever runs the machine', why: 'A test' }))

const entry = { name: 'Kiln', status: 'active', description: 'Come and talk.' }

test('an organisation that was changed since, and a new one that something needs, are left and told', async () => {
  await bring([{ ...entry, id: 'o-1', organization: { id: 'o-old', name: 'Old people', description: '' } }])
  const runId = await bring([
    { ...entry, id: 'o-1', organization: { id: 'o-old', name: 'Older people', description: '' } },
    { ...entry, id: 'o-2', organization: { id: 'o-new', name: 'New people', description: '' } },
  ])
  await sql`update directory.organization set updated_at = clock_timestamp(), email = 'by@hand.example.org'
    where source_id = 'o-old'`.execute(owner)
  await sql`insert into directory.service (source_id, organization_id, name) select 'o-3', id, 'By hand' from directory.organization
    where source_id = 'o-new'`.execute(owner)
  const done = await undo(runId)
  expect(done).toMatchObject({
    removed: 1,
    left: 0,
    organizations: {
      left: 2,
      entries: [
        { name: 'New people', why: 'needed' },
        { name: 'Older people', why: 'changed' },
      ],
    },
  })
})

test('the history of an organisation says that a file was taken back, and what that changed', async () => {
  const people = (name: string) => [
    { ...entry, id: 'h-1', organization: { id: 'h-o', name, description: '' } },
  ]
  await bring(people('Hill people'))
  await undo(await bring(people('Hillside people')))
  const { rows } = await sql`select c.what, c.why, c.fields from directory.change c
    join directory.organization o on o.id = c.organization_id where o.source_id = 'h-o' order by c.id desc limit 1`.execute(
    owner,
  )
  expect(rows).toEqual([
    {
      what: 'undone',
      why: 'A test',
      fields: [{ field: 'organization_name', before: 'Hillside people', after: 'Hill people' }],
    },
  ])
})
