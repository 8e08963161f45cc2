import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { serviceById } from '#directory'
import { type Limits, followFeeds, type Follower } from '#exchange'
import { type Person, testWorld, type TestWorld } from '../world/agencies.ts'
import { type FeedSource, feedSource, inventedService, inventedServices } from './feed-source.ts'

let world: TestWorld
let editor: Person
let source: FeedSource
let feedId: string

const limits: Limits = {
  bytes: 4_000_000,
  requestMs: 2_000,
  wholeMs: 20_000,
  pauseMs: 0,
  pages: 100,
  single: 100,
}
const follower = (): Follower => ({ pools: world.pools, reach: { loopback: true }, limits })

beforeAll(async () => {
  world = await testWorld()
  editor = await world.found('Invented Partnership', 'partnership', [
    'agency-administrator',
    'directory-editor',
  ])
})
afterAll(() => world?.close())

beforeEach(async () => {
  source = await feedSource(inventedServices(10))
  await sql`delete from exchange.feed`.execute(world.owner)
  await sql`delete from directory.change`.execute(world.owner)
  await sql`delete from directory.service`.execute(world.owner)
  await sql`delete from directory.organization`.execute(world.owner)
  feedId = await followed(source.address)
})
afterEach(() => source.close())

async function followed(address: string, byItself = false): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into exchange.feed (party_id, name, address, made_by, by_itself)
    values (${editor.partyId}, 'Invented', ${address}, ${editor.accountId}, ${byItself}) returning id`.execute(
    world.owner,
  )
  return rows[0]?.id ?? ''
}

/** The feed is due, and is looked at. */
async function look(): Promise<string | null> {
  await sql`update exchange.feed set next_at = now() - interval '1 second'`.execute(world.owner)
  await followFeeds(follower())
  const { rows } = await sql<{ trouble: string | null }>`
    select trouble from exchange.feed where id = ${feedId}`.execute(world.owner)
  return rows[0]?.trouble ?? null
}

async function waiting(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ difference: string; n: number }>`
    select s.difference, count(*)::integer as n from exchange.staged s join exchange.arrival a on a.id = s.arrival_id
    where a.state = 'ready' and s.decision = 'waiting' group by 1`.execute(world.owner)
  return Object.fromEntries(rows.map((row) => [row.difference, row.n]))
}

test('looks', async () => {
  expect(await look()).toBe(null)
  expect(await waiting()).toEqual({ new: 10 })
  void serviceById
  void inventedService
})
