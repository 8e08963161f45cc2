import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { importPathways, undoRun } from '#directory'
import { givenText, runImport } from '#exchange'
import { readLines } from '#platform/ledger'
import { type Person, testWorld, type TestWorld } from '../world/agencies.ts'
import { serveWorld, type Served } from '../world/served.ts'

let world: TestWorld
let served: Served
let editor: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  editor = await world.found('Invented Partnership', 'partnership', [
    'agency-administrator',
    'directory-editor',
  ])
  await sql`insert into directory.organization (source_id, name) values ('a', 'Ash'), ('b', 'Birch'), ('c', 'Clay')`.execute(
    world.owner,
  )
})
afterAll(() => world?.close())
beforeEach(() => sql`delete from directory.pathway`.execute(world.owner))

async function bring(...pathways: readonly object[]): Promise<string> {
  const report = await world.owner.transaction().execute((db) => importPathways(db, JSON.stringify(pathways)))
  if ('refused' in report || report.held + report.rejected > 0) throw new Error(JSON.stringify(report))
  return report.runId ?? ''
}

const undo = (run: string) =>
  world.owner.transaction().execute((db) => undoRun(db, run, { name: 'whoever runs it', why: 'A test' }))

async function rows(): Promise<readonly string[]> {
  const found = await sql<{ row: string }>`
    select to_jsonb(p)::text as row from directory.pathway p order by 1`.execute(world.owner)
  return found.rows.map((each) => each.row)
}

const warm = { id: 'p-1', from: 'a', to: 'b', kind: 'warm' }
const referral = { id: 'p-2', from: 'a', to: 'c', kind: 'referral', replyDueDays: 5 }

test('a file of pathways is taken back byte for byte: opened, changed and closed ones', async () => {
  const first = await bring(warm, referral)
  const before = await rows()
  // One is changed, one closed because its id stands for another now, one opened.
  const second = await bring(
    { ...warm, replyDueDays: 3, contact: 'The front desk' },
    { ...referral, to: 'b', kind: 'signpost' },
    { from: 'b', to: 'c', kind: 'warm' },
  )
  expect(await rows()).not.toEqual(before)
  expect(await undo(first)).toEqual({ refused: 'later-run', run: second })
  expect(await undo(second)).toMatchObject({
    pathways: { restored: 2, removed: 2, left: 0, entries: [] },
    left: 0,
  })
  expect(await rows()).toEqual(before)
  expect(await undo(first)).toMatchObject({ pathways: { restored: 0, removed: 2 } })
  expect(await rows()).toEqual([])
  expect(await undo(first)).toEqual({ refused: 'undone-already' })
  const history = await sql`select c.what, c.fields from directory.change c
    join directory.organization o on o.id = c.organization_id where o.source_id = 'a' order by c.id desc limit 1`.execute(
    world.owner,
  )
  expect(history.rows).toEqual([
    {
      what: 'undone',
      fields: [{ field: 'pathway', before: ['Birch, warm', 'Clay, referral, 5'], after: [] }],
    },
  ])
})

test('a pathway that somebody has closed since is left, and named', async () => {
  const run = await bring(warm, referral)
  await sql`update directory.pathway set valid = tstzrange(lower(valid), clock_timestamp()) where source_id = 'p-1'`.execute(
    world.owner,
  )
  const left = await sql<{ id: string }>`select id from directory.pathway where source_id = 'p-1'`.execute(
    world.owner,
  )
  const out: string[] = []
  const code = await runImport(['--undo', run, '--why', 'The wrong file'], {
    withDatabase: (work) => world.owner.transaction().execute(work),
    open: async () => givenText(''),
    print: (line) => void out.push(line),
    printError: (line) => void out.push(line),
  })
  expect([code, out]).toEqual([
    1,
    [
      '0 entries are as they were before, 0 that were new are gone, 0 were left as they are.',
      '0 pathways are as they were before, 1 that were new are gone, 1 were left as they are.',
      `  Ash – Birch (${left.rows[0]?.id}): somebody has changed it since`,
    ],
  ])
  expect(await rows()).toHaveLength(1)
})

test('an editor takes a file of pathways back on its page, and no other run there', async () => {
  const html = await (
    await served.post(
      '/listing/pathways',
      { file: JSON.stringify([warm, referral]), act: 'bring', why: 'The protocol of spring' },
      editor,
    )
  ).text()
  const run = /value="([0-9a-f-]{36})" name="run"/.exec(html)?.[1] ?? ''
  expect(html).toContain('Files that came in lately')
  expect(html).toContain('Take this back')
  const worker = await world.join(editor, 'Rowan Ash', ['worker'])
  expect((await served.post('/listing/pathways/undo', { run }, worker)).status).toBe(404)
  expect(await rows()).toHaveLength(2)
  const done = await served.post('/listing/pathways/undo', { run }, editor)
  const page = await done.text()
  expect([done.status, page]).toEqual([200, expect.any(String)])
  expect(page).toContain('The file was taken back. 2 pathways are gone again.')
  expect(page).not.toContain('Take this back')
  expect(page).not.toContain('as they were before')
  expect(await rows()).toEqual([])
  const lines = await editor.act((db, actor) => readLines(db, actor, { limit: 5 }, async () => new Map()))
  expect(lines[0]?.detail).toMatchObject({ what: 'run-undone', run, removed: 2, restored: 0, left: 0 })
  const again = await served.post('/listing/pathways/undo', { run }, editor)
  expect([again.status, (await again.text()).includes('This file was taken back already.')]).toEqual([
    409,
    true,
  ])
  const other = await sql<{
    id: string
  }>`insert into directory.import_run (file_sha256, format, imported, imported_with_warnings, held,
    rejected, records, kept) values (sha256('x'), 'hsds', 1, 0, 0, 0, '[]', true) returning id`.execute(
    world.owner,
  )
  for (const id of [other.rows[0]?.id ?? '', '00000000-0000-4000-8000-000000000000', 'none'])
    expect((await served.post('/listing/pathways/undo', { run: id }, editor)).status).toBe(409)
})
