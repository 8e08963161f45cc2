import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { followFeeds, type Follower, type Limits } from '#exchange'
import { applyAll, decideOne } from '../../src/exchange/file.actions.ts'
import { actOnFeed } from '../../src/exchange/feed.actions.ts'
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
const follower = (more: Partial<Limits> = {}): Follower => ({
  pools: world.pools,
  reach: { loopback: true },
  limits: { ...limits, ...more },
})

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
  for (const table of [
    'exchange.feed',
    'directory.change',
    'directory.held_record',
    'directory.service',
    'directory.location',
    'directory.organization',
  ])
    await sql`delete from ${sql.table(table)}`.execute(world.owner)
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

/** The feed is due, and is looked at; gives what is wrong with it. */
async function look(more: Partial<Limits> = {}): Promise<string | null> {
  await sql`update exchange.feed set next_at = now() - interval '1 second'`.execute(world.owner)
  await followFeeds(follower(more))
  return (await feed()).trouble
}

async function feed() {
  const { rows } = await sql<{
    trouble: string | null
    failures: number
    wait: number
    records: number | null
    lease: string | null
  }>`
    select trouble, failures, round(extract(epoch from next_at - now()) / 3600)::integer as wait, records, lease
    from exchange.feed where id = ${feedId}`.execute(world.owner)
  const [row] = rows
  if (row === undefined) throw new Error('The feed is gone.')
  return row
}

async function waiting(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ difference: string; n: number }>`
    select s.difference, count(*)::integer as n from exchange.staged s join exchange.arrival a on a.id = s.arrival_id
    where a.state = 'ready' and s.decision = 'waiting' group by 1`.execute(world.owner)
  return Object.fromEntries(
    rows.filter((row) => row.difference !== 'same').map((row) => [row.difference, row.n]),
  )
}

/** The state that waits, and one of its records. */
async function arrivalId(): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from exchange.arrival where feed_id = ${feedId} and state = 'ready'`.execute(world.owner)
  return rows[0]?.id ?? ''
}

async function nthOf(name: string): Promise<number> {
  const { rows } = await sql<{ nth: number }>`
    select nth from exchange.staged where arrival_id = ${await arrivalId()} and name = ${name}`.execute(
    world.owner,
  )
  return rows[0]?.nth ?? -1
}

const takeAll = async () => editor.act(async (db, actor) => applyAll(db, actor, await arrivalId()))
const decide = async (name: string, act: 'take' | 'keep') => {
  const at = { id: await arrivalId(), nth: await nthOf(name) }
  return editor.act((db, actor) => decideOne(db, actor, at.id, { nth: at.nth, act }))
}

async function listed(): Promise<
  readonly { readonly name: string; readonly email: string; readonly status: string }[]
> {
  const { rows } = await sql<{ name: string; email: string; status: string }>`
    select name, email, status from directory.service order by source_id`.execute(world.owner)
  return rows
}

describe('what a feed says waits for a person', () => {
  test.each([
    ['HSDS pages', { speaks: 'hsds' }],
    ['Open Referral UK 1.0 pages', { speaks: 'oruk1' }],
    ['lines of JSON', { speaks: 'lines' }],
    ['a plain file', { speaks: 'file' }],
    ['packed pages', { speaks: 'hsds', packed: true }],
    ['a short list, each service by its id', { speaks: 'hsds', minimal: true }],
  ] as const)('%s are read whole, and nothing is listed unasked', async (_name, mood) => {
    source.turn(mood)
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 10 })
    expect(await listed()).toEqual([])
    expect((await feed()).wait).toBe(24)
    expect(
      source.asked.every(({ headers }) => headers['user-agent'] === 'Anydoor/0 (reads open directories)'),
    ).toBe(true)
    expect(source.asked.some(({ headers }) => 'cookie' in headers || 'referer' in headers)).toBe(false)
  })

  test('an API is found from its root', async () => {
    await sql`update exchange.feed set address = ${source.address.replace('/services', '/')}`.execute(
      world.owner,
    )
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 10 })
  })

  test('taken over, changed, kept and gone; a difference that was left comes back only when the source changes', async () => {
    await look()
    expect(await takeAll()).toMatchObject({ records: 10, moved: 0 })
    source.turn({
      services: [
        inventedService(1, { email: 'new1@example.org' }),
        inventedService(2, { email: 'new2@example.org' }),
        ...inventedServices(9).slice(2),
        inventedService(11),
      ],
    })
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 1, changed: 2, gone: 1 })
    expect(await decide('Invented service 1', 'keep')).toEqual({ done: true })
    expect(await decide('Invented service 2', 'take')).toEqual({ done: true })
    expect((await listed()).slice(0, 2).map((each) => each.email)).toEqual([
      'service1@example.org',
      'new2@example.org',
    ])
    // Another state in which the first says the same: it stays left.
    source.turn({ services: [...source.mood.services, inventedService(12)] })
    await look()
    expect(await waiting()).toEqual({ new: 2, gone: 1 })
    source.turn({
      services: source.mood.services.map((each, nth) =>
        nth === 0 ? inventedService(1, { email: 'newer1@example.org' }) : each,
      ),
    })
    await look()
    expect(await waiting()).toEqual({ new: 2, changed: 1, gone: 1 })
    // What is gone stays listed until somebody decides, and not with all the others.
    await takeAll()
    expect((await listed()).find((each) => each.name === 'Invented service 10')?.status).toBe('active')
    await decide('Invented service 10', 'take')
    expect((await listed()).find((each) => each.name === 'Invented service 10')?.status).toBe('inactive')
    source.turn({ services: [...source.mood.services, inventedService(13)] })
    await look()
    expect(await waiting()).toEqual({ new: 1 })
  })

  test('what we hold has moved since somebody looked: it is shown again, not overwritten', async () => {
    await look()
    await takeAll()
    source.turn({
      services: [inventedService(1, { email: 'new1@example.org' }), ...inventedServices(10).slice(1)],
    })
    await look()
    await sql`update directory.service set email = 'ours@example.org' where name = 'Invented service 1'`.execute(
      world.owner,
    )
    expect(await decide('Invented service 1', 'take')).toEqual({ refused: 'moved' })
    expect((await listed())[0]?.email).toBe('ours@example.org')
    expect(await decide('Invented service 1', 'take')).toEqual({ done: true })
    expect((await listed())[0]?.email).toBe('new1@example.org')
  })

  test('what belongs to a partner is left as it is', async () => {
    await look()
    await takeAll()
    const partner = await world.found('Invented Council', 'other')
    await sql`update directory.organization set party_id = ${partner.partyId}`.execute(world.owner)
    source.turn({ services: inventedServices(10).map((each) => ({ ...each, email: 'theirs@example.org' })) })
    await look()
    expect(await waiting()).toEqual({ others: 10 })
    expect(await takeAll()).toEqual({ refused: 'nothing' })
    expect(new Set((await listed()).map((each) => each.email)).has('theirs@example.org')).toBe(false)
  })

  test('a secret address is in no table of ours, and the record is held', async () => {
    const places = [
      {
        location: {
          id: 'l',
          location_type: 'physical',
          addresses: [{ address_1: '14 Sycamore Rise', postal_code: 'ZZ99 3AB' }],
        },
      },
    ]
    source.turn({
      services: [
        ...inventedServices(9),
        inventedService(10, {
          name: 'Harbour Refuge',
          description: 'Come to 14 Sycamore Rise.',
          service_at_locations: places,
        }),
      ],
    })
    await look()
    expect(await waiting()).toEqual({ new: 9, held: 1 })
    const { rows } = await sql<{ words: string }>`
      select string_agg(s::text, ' ') || (select string_agg(a::text, ' ') from exchange.arrival a) as words
      from exchange.staged s`.execute(world.owner)
    expect(rows[0]?.words).toContain('Harbour Refuge')
    expect(rows[0]?.words).not.toMatch(/sycamore|zz99/i)
    expect(await takeAll()).toMatchObject({ records: 9, held: 1 })
    await sql`update exchange.feed set sha256 = null`.execute(world.owner)
    await look()
    // It waits among the held records; the feed does not ask again.
    expect(await waiting()).toEqual({})
  })
})

describe('safe changes by themselves', () => {
  beforeEach(async () => {
    await look()
    await takeAll()
    await sql`update exchange.feed set by_itself = true`.execute(world.owner)
  })

  test('a new mail address goes in; a new name, a new entry and what is gone wait', async () => {
    source.turn({
      services: [
        inventedService(1, { email: 'new1@example.org' }),
        inventedService(2, { name: 'Another name' }),
        ...inventedServices(10).slice(2),
      ],
    })
    await look()
    expect((await listed())[0]?.email).toBe('new1@example.org')
    expect((await listed())[1]?.name).toBe('Invented service 2')
    expect(await waiting()).toEqual({ changed: 1 })
  })

  test('many at once are a person’s to look at', async () => {
    source.turn({ services: inventedServices(10).map((each) => ({ ...each, email: 'all@example.org' })) })
    await look()
    expect(await waiting()).toEqual({ changed: 10 })
    expect((await listed())[0]?.email).toBe('service1@example.org')
  })
})

describe('a source that is not right', () => {
  beforeEach(async () => {
    await look()
    await takeAll()
    source.turn({
      services: [inventedService(1, { email: 'new1@example.org' }), ...inventedServices(10).slice(1)],
    })
    await look()
    expect(await waiting()).toEqual({ changed: 1 })
  })

  test.each([
    ['shrunk', { services: inventedServices(7) }],
    ['ids-changed', { services: inventedServices(10).map((each, nth) => ({ ...each, id: `new-${nth}` })) }],
    ['not-the-format', { garbage: true }],
    ['http-error', { status: 500 }],
    ['asks-to-wait', { status: 503 }],
    ['half', { breaksAtPage: 3 }],
    ['moved', { redirect: 'https://elsewhere.example.org/services' }],
    ['shrunk', { services: [] }],
  ] as const)('%s: what came before stands, and it recovers by itself', async (trouble, mood) => {
    const before = source.mood
    source.turn(mood as Partial<typeof before>)
    expect(await look()).toBe(trouble)
    expect(await waiting()).toEqual({ changed: 1 })
    expect(await feed()).toMatchObject({
      failures: 1,
      records: 10,
      lease: null,
      wait: trouble === 'asks-to-wait' ? 2 : 1,
    })
    expect(await look()).toBe(trouble)
    expect((await feed()).wait).toBe(2)
    source.turn(before)
    expect(await look()).toBe(null)
    expect(await feed()).toMatchObject({ failures: 0, wait: 24 })
    expect(await waiting()).toEqual({ changed: 1 })
  })

  test('too slow and too big end it too', async () => {
    source.turn({ delayMs: 400 })
    expect(await look({ requestMs: 100 })).toBe('too-slow')
    expect(await look({ wholeMs: 600, requestMs: 1_000 })).toBe('too-slow')
    source.turn({ delayMs: 0 })
    expect(await look({ bytes: 500 })).toBe('too-big')
    // Packed, it is small on the way and grows beyond the bound.
    source.turn({
      packed: true,
      speaks: 'file',
      services: [inventedService(1, { description: 'a'.repeat(300_000) })],
    })
    expect(await look({ bytes: 100_000 })).toBe('too-big')
  })

  test('a person can say that the source is right', async () => {
    source.turn({ services: inventedServices(5) })
    expect(await look()).toBe('shrunk')
    await editor.act((db, actor) => actOnFeed(db, actor, feedId, 'trust'))
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ gone: 5 })
    source.turn({ services: inventedServices(2) })
    expect(await look()).toBe('shrunk')
  })

  test('a stopped feed is not asked', async () => {
    await editor.act((db, actor) => actOnFeed(db, actor, feedId, 'stop'))
    const asked = source.asked.length
    await look()
    expect(source.asked.length).toBe(asked)
  })
})

describe('several servers, and one that dies', () => {
  test('two servers at once ask for one feed once', async () => {
    source.turn({ delayMs: 50 })
    await Promise.all([followFeeds(follower()), followFeeds(follower()), followFeeds(follower())])
    expect(source.asked.filter(({ url }) => /[?&]page=2/.test(url))).toHaveLength(1)
    expect(await waiting()).toEqual({ new: 10 })
  })

  test('a server that dies while it fetches leaves the feed to another, once its lease is over', async () => {
    await sql`update exchange.feed set lease = gen_random_uuid(), leased_until = now() + interval '5 minutes'`.execute(
      world.owner,
    )
    await look()
    expect(source.asked).toHaveLength(0)
    await sql`update exchange.feed set leased_until = now() - interval '1 second'`.execute(world.owner)
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 10 })
  })

  test('a fetch whose lease was taken away stops asking, and keeps nothing', async () => {
    source.turn({ delayMs: 100 })
    const looking = followFeeds(follower())
    await expect.poll(() => source.asked.length).toBeGreaterThan(0)
    await sql`update exchange.feed set lease = gen_random_uuid(), leased_until = now() + interval '5 minutes'`.execute(
      world.owner,
    )
    await looking
    expect(source.asked.length).toBeLessThan(4)
    expect(await waiting()).toEqual({})
  })

  test('what was staged is there after the server has gone, and is put in by the next', async () => {
    await look()
    await source.close()
    const done = await takeAll()
    expect(done).toMatchObject({ records: 10 })
    expect(await listed()).toHaveLength(10)
    source = await feedSource([])
  })

  test('the next look asks only whether anything is new', async () => {
    source.turn({ speaks: 'file' })
    await look()
    const before = source.asked.length
    await look()
    expect(source.asked.slice(before).map(({ headers }) => typeof headers['if-none-match'])).toEqual([
      'string',
    ])
    expect(await waiting()).toEqual({ new: 10 })
  })
})
