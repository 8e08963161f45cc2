import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readLines } from '#platform/ledger'
import { bringGiven } from '../../src/exchange/file.actions.ts'
import { type Person, testWorld, type TestWorld } from '../world/agencies.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { inventedService } from './feed-source.ts'

let world: TestWorld
let served: Served
let editor: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  editor = await world.found('Quayside Surgery', 'primary-care', ['agency-administrator', 'directory-editor'])
})
afterAll(() => world?.close())
beforeEach(async () => {
  for (const table of ['exchange.arrival', 'directory.change', 'directory.service', 'directory.organization'])
    await sql`delete from ${sql.table(table)}`.execute(world.owner)
})

const of = (nth: number, council: string) =>
  inventedService(nth, { organization: { id: council, name: `Council ${council}`, description: '' } })

/** A file is brought in and put in; gives its page and its run. */
async function putIn(services: readonly object[]): Promise<{ readonly at: string; readonly run: string }> {
  await editor.act((db, actor) =>
    bringGiven(db, actor, world.installation, 'a.json', JSON.stringify(services)),
  )
  const { rows } = await sql<{ arrival: string; run: string }>`
    select arrival_id as arrival, run_id as run from exchange.applied order by at desc limit 1`.execute(
    world.owner,
  )
  return { at: `/files/${rows[0]?.arrival}`, run: rows[0]?.run ?? '' }
}

async function names(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from directory.service union all select name from directory.organization order by name`.execute(
    world.owner,
  )
  return rows.map((row) => row.name)
}

const undone = async () =>
  (await editor.act((db, actor) => readLines(db, actor, { limit: 50 }, async () => new Map()))).filter(
    (line) => (line.detail as { what?: string }).what === 'run-undone',
  )

test('an undo is one line of the ledger: which run, and how many came back, went and stayed', async () => {
  await putIn([of(1, 'A')])
  const { at, run } = await putIn([{ ...of(1, 'A'), email: 'new@example.org' }, of(2, 'A')])
  const before = (await undone()).length
  expect((await served.post(`${at}/undo`, { run }, editor)).status).toBe(303)
  const lines = await undone()
  expect(lines).toHaveLength(before + 1)
  expect(lines[0]).toMatchObject({
    kind: 'directory.changed',
    detail: { run, restored: 1, removed: 1, left: 0 },
  })
  expect(lines[0]?.detail).toMatchObject({ what: 'run-undone' })
})

test('a run about what a partner agency has taken over since is refused in a sentence, and nothing is changed', async () => {
  const { at, run } = await putIn([of(1, 'A'), of(2, 'B')])
  const before = [await names(), (await undone()).length]
  const partner = await world.found('A Partner', 'housing')
  await sql`update directory.organization set party_id = ${partner.partyId} where source_id = 'B'`.execute(
    world.owner,
  )
  const answer = await served.post(`${at}/undo`, { run }, editor)
  expect([answer.status, await answer.text()]).toEqual([
    409,
    expect.stringContaining('A partner agency looks after some of this now'),
  ])
  expect([await names(), (await undone()).length]).toEqual(before)
  const page = await (await served.get(at, editor)).text()
  expect(page).toContain('Undo this')
})

test('the page names the entries and organisations that stayed as they are, each with why', async () => {
  const { at, run } = await putIn([of(1, 'A'), of(2, 'B'), of(3, 'C')])
  const { rows } = await sql<{ id: string }>`
    select id from directory.service where name = 'Invented service 1'`.execute(world.owner)
  const id = rows[0]?.id ?? ''
  await sql`insert into directory.change (service_id, what, via, by_party, by_account, fields)
    values (${id}, 'other', 'editor', uuidv7(), uuidv7(), '[]')`.execute(world.owner)
  await sql`update directory.organization set email = 'b@example.org', updated_at = clock_timestamp() where source_id = 'B'`.execute(
    world.owner,
  )
  const done = await served.post(`${at}/undo`, { run }, editor)
  expect(done.headers.get('location')).toBe(`${at}?back=1&left=3`)
  expect(await names()).toEqual(['Council A', 'Council B', 'Invented service 1'])
  const html = (await (await served.get(at, editor)).text())
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
  expect(html).toContain('3 stayed as they are')
  expect(html).toContain('Invented service 1 : somebody has changed it since')
  expect(html).toContain('Council A (organisation): something that stays belongs to it')
  expect(html).toContain('Council B (organisation): somebody has changed it since')
  expect(await (await served.get(at, editor)).text()).toContain(`href="/listing/${id}"`)
})
