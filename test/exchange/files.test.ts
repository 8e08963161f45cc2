import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { bringFiles } from '#exchange'
import { readLines } from '#platform/ledger'
import { setCapacity } from '../../src/directory/editor.actions.ts'
import { type Person, testWorld, type TestWorld } from '../world/agencies.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { inventedService, inventedServices } from './feed-source.ts'

let world: TestWorld
let served: Served
let editor: Person
let stranger: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  const roles = ['agency-administrator', 'directory-editor'] as const
  editor = await world.found('Invented Partnership', 'partnership', [...roles])
  stranger = await world.found('Another Partnership', 'partnership', [...roles])
})
afterAll(() => world?.close())
beforeEach(async () => {
  for (const table of [
    'exchange.arrival',
    'directory.change',
    'directory.held_record',
    'directory.service',
    'directory.organization',
  ])
    await sql`delete from ${sql.table(table)}`.execute(world.owner)
})

async function bring(text: string | Buffer, name = 'council.json', who = editor) {
  const form = new FormData()
  form.set('file', new File([typeof text === 'string' ? text : new Uint8Array(text)], name))
  const sent = new Request('http://127.0.0.1:3000/files', { method: 'POST', body: form })
  const answer = await served.app.request(
    new Request(sent, {
      headers: {
        'content-type': sent.headers.get('content-type') ?? '',
        host: '127.0.0.1:3000',
        'sec-fetch-site': 'same-origin',
        cookie: `session-3000=${who.cookie}`,
      },
    }),
  )
  return { status: answer.status, to: answer.headers.get('location') ?? '', html: await answer.text() }
}

const page = async (path: string, who = editor) => (await served.get(path, who)).text()

async function arrivals() {
  const { rows } = await sql<{
    id: string
    state: string
    size: number
    done: number
    total: number | null
    tries: number
  }>`
    select id, state, size, done, total, tries from exchange.arrival order by id desc`.execute(world.owner)
  return rows
}

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ${sql.table(table)}`.execute(
    world.owner,
  )
  return rows[0]?.n ?? 0
}

/** A file that is too large to be read while somebody waits. */
const large = () =>
  JSON.stringify(
    inventedServices(1200).map((each) => ({ ...each, description: 'Much is said. '.repeat(80) })),
  )

test('a small file is read at once, put in, and every step is in the ledger', async () => {
  const { status, to } = await bring(JSON.stringify(inventedServices(3)))
  expect(status).toBe(303)
  expect(await page(to)).toContain('Put 3 records into the directory')
  expect(await count('directory.service')).toBe(0)
  expect(await count('exchange.piece')).toBe(0)
  const done = await served.post(`${to}/apply`, {}, editor)
  expect(done.headers.get('location')).toBe(`${to}?in=3&held=0&moved=0`)
  expect(await count('directory.service')).toBe(3)
  expect((await served.post(`${to}/apply`, {}, editor)).status).toBe(409)
  const lines = await editor.act((db, actor) => readLines(db, actor, { limit: 20 }, async () => new Map()))
  const told = lines.map((line) => (line.detail as { what?: string }).what ?? '')
  expect(told).toContain('file-brought')
  expect(told).toContain('file-applied')
})

test.each([
  ['nothing', '', 'Choose a file'],
  ['what nobody knows', 'Hello', 'What this file is could not be told'],
  ['more than there is room for', Buffer.alloc(24 * 1024 * 1024 + 10, 0x20), 'larger than 24 MB'],
])('%s is refused at the field, and leaves nothing', async (_name, text, sentence) => {
  const { status, html } = await bring(text)
  expect(status).toBe(422)
  expect(html).toContain(sentence)
  expect(await count('exchange.arrival')).toBe(0)
  expect(await count('exchange.piece')).toBe(0)
})

test('a body beyond the bound is not read at all', async () => {
  expect((await bring(Buffer.alloc(26 * 1024 * 1024))).status).toBe(413)
})

test('a file that is cut off is refused', async () => {
  const answer = await served.app.request('http://127.0.0.1:3000/files', {
    method: 'POST',
    body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.json"\r\n\r\n[{"id"',
    headers: {
      'content-type': 'multipart/form-data; boundary=x',
      host: '127.0.0.1:3000',
      'sec-fetch-site': 'same-origin',
      cookie: `session-3000=${editor.cookie}`,
    },
  })
  expect(answer.status).toBe(422)
  expect(await count('exchange.arrival')).toBe(0)
})

test('nobody else’s: another agency finds neither the file nor its acts', async () => {
  const { to } = await bring(JSON.stringify(inventedServices(1)))
  for (const path of [to, `${to}/changes?show=new`, `${to}/problems`])
    expect((await served.get(path, stranger)).status).toBe(404)
  for (const path of [`${to}/apply`, `${to}/aside`])
    expect((await served.post(path, {}, stranger)).status).toBe(404)
  expect((await served.post(`${to}/changes`, { nth: '0', act: 'take' }, stranger)).status).toBe(404)
  expect(await page('/files', stranger)).not.toContain('council.json')
  expect(await count('directory.service')).toBe(0)
})

test('a large file lies sealed until a job has read it, by one server alone; the page says how far it is', async () => {
  const { to } = await bring(large())
  expect(await page(to)).toContain('read in the background')
  const { rows } = await sql<{ body: Buffer }>`select body from exchange.piece`.execute(world.owner)
  expect(rows.length).toBeGreaterThan(0)
  expect(Buffer.concat(rows.map((row) => row.body)).includes('Invented service')).toBe(false)
  const steps = await Promise.all([
    bringFiles(world.pools, world.installation),
    bringFiles(world.pools, world.installation),
  ])
  expect(steps.toSorted()).toEqual([0, 1])
  expect(await count('exchange.piece')).toBe(0)
  expect(await page(to)).toContain('Put 1200 records into the directory')
  await served.post(`${to}/apply`, {}, editor)
  expect(await page(to)).toContain('put in in the background')
  expect(await count('directory.service')).toBe(0)
  await bringFiles(world.pools, world.installation)
  expect(await count('directory.service')).toBe(1200)
  expect(await page(to)).toContain('Nothing waits here any more.')
})

test('a server that dies while it reads leaves the file to the next; after three tries it is given up', async () => {
  await bring(large())
  const id = (await arrivals())[0]?.id ?? ''
  const claim = () => sql`select * from exchange.claim_arrival(10)`.execute(world.pools.jobs)
  expect((await claim()).rows).toHaveLength(1)
  expect((await claim()).rows).toHaveLength(0)
  const over = () =>
    sql`update exchange.arrival set leased_until = now() - interval '1 second'`.execute(world.owner)
  await over()
  expect(await bringFiles(world.pools, world.installation)).toBe(1)
  expect((await arrivals())[0]?.state).toBe('ready')
  await sql`update exchange.arrival set state = 'reading', tries = 3, lease = gen_random_uuid(), leased_until = now() - interval '1 second'`.execute(
    world.owner,
  )
  expect(await bringFiles(world.pools, world.installation)).toBe(0)
  expect((await arrivals())[0]?.state).toBe('failed')
  expect(await page(`/files/${id}`)).toContain('tried three times')
})

test('an editor’s file changes nothing of a partner, whichever of its ids it names', async () => {
  const partner = await world.found('A Partner', 'housing')
  await world.owner.transaction().execute(async (db) => {
    await sql`
      with o as (insert into directory.organization (source_id, name, party_id) values ('partner', 'A Partner', ${partner.partyId})
        returning id),
      s as (insert into directory.service (source_id, organization_id, name) select 'theirs', id, 'Theirs' from o returning id),
      l as (insert into directory.location (source_id, organization_id, kind, name)
        select 'their-place', id, 'physical', 'Their place' from o returning id)
      insert into directory.service_at_location (service_id, location_id) select s.id, l.id from s, l`.execute(
      db,
    )
  })
  const { to } = await bring(
    JSON.stringify([
      inventedService(1, { id: 'theirs', name: 'Ours now' }),
      inventedService(2, { organization: { id: 'PARTNER', name: 'Ours now', description: '' } }),
      inventedService(3, {
        service_at_locations: [
          { location: { id: 'their-place', location_type: 'physical', name: 'Ours now' } },
        ],
      }),
      { id: 'partner', name: 'Ours now', website: 'https://ours.example.org', description: '' },
      inventedService(4),
    ]),
  )
  expect(await page(to)).toContain('4 entries belong to partner agencies')
  await served.post(`${to}/apply`, {}, editor)
  const { rows } = await sql<{ names: string }>`
    select string_agg(name, ', ' order by name) as names from (select name from directory.organization union all
      select name from directory.service union all select name from directory.location) x`.execute(
    world.owner,
  )
  expect(rows[0]?.names).toBe('A Partner, Invented Council, Invented service 4, Their place, Theirs')
})

test('what was put aside is gone, its name with whoever looks', async () => {
  const { to } = await bring(JSON.stringify(inventedServices(2)), 'A secret name.json')
  const { rows } = await sql<{ name: Buffer }>`select name from exchange.arrival`.execute(world.owner)
  expect(rows[0]?.name.includes('secret')).toBe(false)
  expect(await page(to)).toContain('A secret name.json')
  await served.post(`${to}/aside`, {}, editor)
  expect(await count('exchange.staged')).toBe(0)
  expect(await page(to)).toContain('This file was put aside')
})

test('what went in is taken back: new entries go, changed ones are as they were, and all of it waits again', async () => {
  const first = await bring(JSON.stringify(inventedServices(2)))
  await served.post(`${first.to}/apply`, {}, editor)
  const second = await bring(
    JSON.stringify([inventedService(1, { email: 'new@example.org' }), inventedService(3)]),
  )
  await served.post(`${second.to}/apply`, {}, editor)
  const run = await newestRun()
  expect((await served.post(`${second.to}/undo`, { run }, stranger)).status).toBe(404)
  expect((await served.post(`${first.to}/undo`, { run }, editor)).status).toBe(409)
  const undone = await served.post(`${second.to}/undo`, { run }, editor)
  expect(undone.headers.get('location')).toBe(`${second.to}?back=1&left=0`)
  const { rows } = await sql<{ name: string; email: string }>`
    select name, email from directory.service order by name`.execute(world.owner)
  expect(rows).toEqual([
    { name: 'Invented service 1', email: 'service1@example.org' },
    { name: 'Invented service 2', email: 'service2@example.org' },
  ])
  const html = await page(second.to)
  expect(html).toContain('Taken back')
  expect(html).toContain('Put 2 records into the directory')
  expect((await served.post(`${second.to}/undo`, { run }, editor)).status).toBe(409)
  await served.post(`${second.to}/apply`, {}, editor)
  expect(await count('directory.service')).toBe(3)
})

test('taking back leaves what somebody has changed since, and says so', async () => {
  const { to } = await bring(JSON.stringify(inventedServices(2)))
  await served.post(`${to}/apply`, {}, editor)
  const { rows } = await sql<{ id: string }>`select id from directory.service order by name`.execute(
    world.owner,
  )
  await editor.act((db, actor) =>
    setCapacity(db, actor, rows[0]?.id ?? '', { state: 'has-room', note: '', why: '' }),
  )
  const undone = await served.post(`${to}/undo`, { run: await newestRun() }, editor)
  expect(undone.headers.get('location')).toBe(`${to}?back=1&left=2`)
  expect(await count('directory.service')).toBe(1)
})

async function newestRun(): Promise<string> {
  const { rows } = await sql<{ run: string }>`
    select run_id as run from exchange.applied order by at desc limit 1`.execute(world.owner)
  return rows[0]?.run ?? ''
}
