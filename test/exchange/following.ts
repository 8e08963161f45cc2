import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { followFeeds, type Follower, type Limits } from '#exchange'
import { applyAll, decideOne } from '../../src/exchange/file.actions.ts'
import { type Person, testWorld, type TestWorld } from '../world/agencies.ts'
import { type FeedSource, feedSource, inventedServices } from './feed-source.ts'

/** The world of one test file: an agency that follows one invented source. */
export const at = {} as { world: TestWorld; editor: Person; source: FeedSource; feedId: string }

const limits: Limits = {
  bytes: 4_000_000,
  requestMs: 2_000,
  wholeMs: 20_000,
  pauseMs: 0,
  pages: 100,
  single: 100,
}
/** A server that follows, quickly. */
export const follower = (more: Partial<Limits> = {}): Follower => ({
  pools: at.world.pools,
  installation: at.world.installation,
  reach: { loopback: true },
  limits: { ...limits, ...more },
})

/** Makes the world for the tests of one file, and an empty directory with a fresh source for each. */
export function useFollowing(): void {
  beforeAll(async () => {
    at.world = await testWorld()
    at.editor = await at.world.found('Invented Partnership', 'partnership', [
      'agency-administrator',
      'directory-editor',
    ])
  })
  afterAll(() => at.world?.close())

  beforeEach(async () => {
    at.source = await feedSource(inventedServices(10))
    for (const table of [
      'exchange.feed',
      'directory.change',
      'directory.held_record',
      'directory.service',
      'directory.location',
      'directory.organization',
    ])
      await sql`delete from ${sql.table(table)}`.execute(at.world.owner)
    at.feedId = await followed(at.source.address)
  })
  afterEach(() => at.source.close())
}

async function followed(address: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into exchange.feed (party_id, name, address, made_by)
    values (${at.editor.partyId}, 'Invented', ${address}, ${at.editor.accountId}) returning id`.execute(
    at.world.owner,
  )
  return rows[0]?.id ?? ''
}

/** The feed is due, and is looked at; gives what is wrong with it. */
export async function look(more: Partial<Limits> = {}): Promise<string | null> {
  await sql`update exchange.feed set next_at = now() - interval '1 second'`.execute(at.world.owner)
  await followFeeds(follower(more))
  return (await feed()).trouble
}

/** How the feed stands. */
export async function feed() {
  const { rows } = await sql<{
    trouble: string | null
    failures: number
    wait: number
    records: number | null
    lease: string | null
  }>`
    select trouble, failures, round(extract(epoch from next_at - now()) / 3600)::integer as wait, records, lease
    from exchange.feed where id = ${at.feedId}`.execute(at.world.owner)
  const [row] = rows
  if (row === undefined) throw new Error('The feed is gone.')
  return row
}

/** What waits, by its kind. */
export async function waiting(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ difference: string; n: number }>`
    select s.difference, count(*)::integer as n from exchange.staged s join exchange.arrival a on a.id = s.arrival_id
    where a.state = 'ready' and s.decision = 'waiting' group by 1`.execute(at.world.owner)
  return Object.fromEntries(
    rows.filter((row) => row.difference !== 'same').map((row) => [row.difference, row.n]),
  )
}

/** The state that waits, and one of its records. */
async function arrivalId(): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from exchange.arrival where feed_id = ${at.feedId} and state = 'ready'`.execute(at.world.owner)
  return rows[0]?.id ?? ''
}

async function nthOf(name: string): Promise<number> {
  const { rows } = await sql<{ nth: number }>`
    select nth from exchange.staged where arrival_id = ${await arrivalId()} and name = ${name}`.execute(
    at.world.owner,
  )
  return rows[0]?.nth ?? -1
}

/** Takes over all that waits. */
export const takeAll = async () => at.editor.act(async (db, actor) => applyAll(db, actor, await arrivalId()))
/** Takes one difference over, or leaves it, by the name of its record. */
export const decide = async (name: string, act: 'take' | 'keep') => {
  const [id, nth] = [await arrivalId(), await nthOf(name)]
  return at.editor.act((db, actor) => decideOne(db, actor, id, { nth, act }))
}

/** The entries of the directory. */
export async function listed(): Promise<
  readonly { readonly name: string; readonly email: string; readonly status: string }[]
> {
  const { rows } = await sql<{ name: string; email: string; status: string }>`
    select name, email, status from directory.service order by source_id`.execute(at.world.owner)
  return rows
}
