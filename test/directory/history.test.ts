import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, serviceByCode } from '#directory'
import { changing } from '../../src/directory/change.actions.ts'
import type { Person, TestWorld } from '../world/agencies.ts'
import { type Asker, askerOf, directoryWorld } from './served.ts'

let world: TestWorld
let editor: Person
let worker: Person
let ask: Asker

beforeAll(async () => {
  const made = await directoryWorld(3000)
  ;({ world, editor, worker } = made)
  ask = askerOf(made)
})
afterAll(() => world?.close())

interface Row {
  readonly what: string
  readonly via: string
  readonly by_party: string | null
  readonly why: string
  readonly fields: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[]
}

async function rowsOf(serviceId: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select what, via, by_party, why, fields from directory.change where service_id = ${serviceId} order by id`.execute(
    world.owner,
  )
  return rows
}

const owned = (work: Parameters<ReturnType<typeof world.owner.transaction>['execute']>[0]) =>
  world.owner.transaction().execute(work)

async function idOf(code: string): Promise<string> {
  const service = await world.owner.transaction().execute((db) => serviceByCode(db, code))
  return service?.id ?? ''
}

/** One service as a feed lists it. */
const feed = (more: object = {}, id = 'h-1') =>
  JSON.stringify([
    {
      id,
      name: 'Lantern Room',
      status: 'active',
      description: 'A room to talk. Come to 9 Willow Bend.',
      organization: { id: 'h-o', name: 'Lantern', description: '' },
      service_at_locations: [
        {
          location: {
            id: `${id}-l`,
            location_type: 'physical',
            addresses: [
              { address_1: '9 Willow Bend', postal_code: 'ZZ99 4CD', state_province: 'Northshire' },
            ],
          },
        },
      ],
      ...more,
    },
  ])
const bring = (text: string) => owned((db) => importDirectory(db, text))
async function broughtId(source: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from directory.service where source_id = ${source}`.execute(world.owner)
  return rows[0]?.id ?? ''
}

test('an editor’s act leaves one line with before, after, who and why, and the page shows it', async () => {
  const id = await idOf('N11')
  const form = { state: 'waiting-list', places: '', waitWeeks: '2', waitWeeksTo: '4', note: '' }
  await ask(`/listing/${id}`, editor, { ...form, why: 'Two people left' })
  await ask(`/listing/${id}`, editor, { ...form, why: 'Nothing new' })
  const lines = await rowsOf(id)
  expect(lines.map((each) => each.what)).toEqual(['listed', 'capacity'])
  expect(lines[1]).toMatchObject({ via: 'editor', by_party: editor.partyId, why: 'Two people left' })
  expect(lines[1]?.fields.find((each) => each.field === 'wait_weeks')).toMatchObject({ before: 1, after: 2 })
  const { status, html } = await ask(`/listing/${id}/history`, editor)
  expect(status).toBe(200)
  for (const part of ['Room and wait', 'Why: Two people left', 'Person 1', '<del>1</del>', '<ins>2</ins>'])
    expect(html).toContain(part)
})

test('a clause is told as the sentence and as what the rules read', async () => {
  const id = await idOf('N11')
  await ask(`/listing/${id}/who/1`, editor, { sentence: 'From 18 on.', 'from-age': '18', act: 'save' })
  const line = (await rowsOf(id)).at(-1)
  expect(line?.what).toBe('clause')
  expect(line?.fields.map((each) => each.field)).toEqual(expect.arrayContaining(['clauses', 'clauses_read']))
})

test('an import leaves one line for an entry that it changes, and none for one that it does not', async () => {
  await bring(feed())
  const id = await broughtId('h-1')
  await bring(feed())
  expect((await rowsOf(id)).map((each) => each.what)).toEqual(['listed'])
  await bring(feed({ email: 'lantern@example.org' }))
  const line = (await rowsOf(id)).at(-1)
  expect(line).toMatchObject({ what: 'import', via: 'import', by_party: null })
  expect(line?.fields).toContainEqual({ field: 'email', before: null, after: 'lantern@example.org' })
})

test('the address of a place is never in the history, and an entry that turns out to be secret loses its words', async () => {
  await bring(feed({ description: 'Ring first. Then come to 9 Willow Bend.' }))
  const id = await broughtId('h-1')
  const told = JSON.stringify(await rowsOf(id))
  expect(told).not.toContain('ZZ99')
  expect(told).toContain('9 Willow Bend')
  const secret = { location: { id: 'h-1-l', location_type: 'redacted' } }
  await bring(feed({ description: 'Ring first.', service_at_locations: [secret] }))
  const after = await rowsOf(id)
  expect(JSON.stringify(after)).not.toMatch(/willow|zz99/i)
  expect(after.at(-1)?.fields.map((each) => each.field)).toContain('confidential')
  expect(after.at(-1)?.fields).toContainEqual({ field: 'description' })
})

test('whatever an editor writes about a secret entry, no words of it and no address in the reason are kept', async () => {
  const id = await idOf('N12')
  await ask(`/listing/${id}`, editor, {
    state: 'none',
    places: '',
    waitWeeks: '',
    waitWeeksTo: '',
    note: 'Ask for the blue house on the corner.',
    why: 'They moved to 14 Sycamore Rise, ZZ99 3AB',
  })
  const line = (await rowsOf(id)).at(-1)
  expect(line?.what).toBe('capacity')
  expect(JSON.stringify(line)).not.toMatch(/sycamore|zz99|blue house/i)
  expect(line?.fields).toContainEqual({ field: 'capacity_note' })
})

test('a secret entry that an import brings again keeps its reasons and what waits about it', async () => {
  const place = { location: { id: 'h-9-l', location_type: 'redacted' } }
  const secret = feed({ description: 'Ring first.', service_at_locations: [place] }, 'h-9')
  await bring(secret)
  const id = await broughtId('h-9')
  await ask(`/listing/${id}`, editor, { state: 'none', why: 'Nobody leaves before spring' })
  await ask(`/services/${id}/wrong`, null, { about: 'how', words: 'Ring after noon' })
  await bring(secret)
  expect((await rowsOf(id)).map((each) => each.why)).toContain('Nobody leaves before spring')
  const { rows } = await sql`select from directory.suggestion where service_id = ${id}`.execute(world.owner)
  expect(rows).toHaveLength(1)
})

test('an act that fails leaves no line', async () => {
  const id = await idOf('N11')
  const before = (await rowsOf(id)).length
  const failing = editor.act((db, actor) =>
    changing(db, actor, { services: [id], what: 'other' }, async () => {
      await sql`update directory.service set email = 'new@example.org' where id = ${id}`.execute(db)
      throw new Error('planned')
    }),
  )
  await expect(failing).rejects.toThrow('planned')
  expect(await rowsOf(id)).toHaveLength(before)
})

test('only who looks after an entry reads its history; nobody writes it in another’s name', async () => {
  const id = await idOf('N11')
  const seen = (who: Person) =>
    who.act(
      async (db) =>
        (await sql`select from directory.change where service_id = ${id}`.execute(db)).rows.length,
    )
  expect(await seen(editor)).toBeGreaterThan(0)
  expect(await seen(worker)).toBe(0)
  expect((await ask(`/listing/${id}/history`, worker)).status).toBe(404)
  const read = world.pools.public.transaction().execute((db) => sql`select from directory.change`.execute(db))
  await expect(read).rejects.toMatchObject({ code: '42501' })
  const forged = worker.act((db) =>
    sql`insert into directory.change (service_id, what, via, by_party, by_account)
      values (${id}, 'other', 'editor', ${editor.partyId}, ${editor.accountId})`.execute(db),
  )
  await expect(forged).rejects.toMatchObject({ code: '42501' })
  const rewritten = editor.act((db) => sql`update directory.change set why = ''`.execute(db))
  await expect(rewritten).rejects.toMatchObject({ code: '42501' })
})
