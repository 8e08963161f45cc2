import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { followFeeds } from '#exchange'
import { queueOf } from '../../src/directory/queue.store.ts'
import { actOnFeed } from '../../src/exchange/feed.actions.ts'
import { feedSource, inventedService, inventedServices } from './feed-source.ts'
import type { Person } from '../world/agencies.ts'
import { serveWorld } from '../world/served.ts'
import { at, feed, follower, listed, look, takeAll, waiting, useFollowing } from './following.ts'

useFollowing()

describe('a source that is not right', () => {
  beforeEach(async () => {
    await look()
    await takeAll()
    at.source.turn({
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
    const before = at.source.mood
    at.source.turn(mood as Partial<typeof before>)
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
    at.source.turn(before)
    expect(await look()).toBe(null)
    expect(await feed()).toMatchObject({ failures: 0, wait: 24 })
    expect(await waiting()).toEqual({ changed: 1 })
  })

  test('too slow and too big end it too', async () => {
    at.source.turn({ delayMs: 400 })
    expect(await look({ requestMs: 100 })).toBe('too-slow')
    expect(await look({ wholeMs: 600, requestMs: 1_000 })).toBe('too-slow')
    at.source.turn({ delayMs: 0 })
    expect(await look({ bytes: 500 })).toBe('too-big')
    // Packed, it is small on the way and grows beyond the bound.
    at.source.turn({
      packed: true,
      speaks: 'file',
      services: [inventedService(1, { description: 'a'.repeat(300_000) })],
    })
    expect(await look({ bytes: 100_000 })).toBe('too-big')
  })

  test('a person can say that the source is right', async () => {
    at.source.turn({ services: inventedServices(5) })
    expect(await look()).toBe('shrunk')
    await at.editor.act((db, actor) => actOnFeed(db, actor, at.feedId, 'trust'))
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ gone: 5 })
    at.source.turn({ services: inventedServices(2) })
    expect(await look()).toBe('shrunk')
  })

  test('its agency finds it first in the queue; a steward elsewhere is told, and finds no page', async () => {
    at.source.turn({ garbage: true })
    await look()
    const steward = await at.world.found('Another Partnership', 'partnership', [
      'agency-administrator',
      'directory-editor',
    ])
    const outsider = await at.world.found('Quayside Surgery', 'primary-care', [
      'agency-administrator',
      'directory-editor',
    ])
    const first = async (who: Person) =>
      (await who.act((db, actor) => queueOf(db, actor, 1))).items.find((each) => each.kind.startsWith('feed'))
    expect(await first(at.editor)).toMatchObject({ kind: 'feed-trouble', name: 'Invented', mine: true })
    expect(await first(steward)).toMatchObject({
      kind: 'feed-trouble',
      mine: false,
      agency: 'Invented Partnership',
    })
    expect(await first(outsider)).toBeUndefined()
    const served = serveWorld(at.world)
    expect(await (await served.get(`/feeds/${at.feedId}`, at.editor)).text()).toContain(
      'What came is no list of services.',
    )
    expect((await served.get(`/feeds/${at.feedId}`, steward)).status).toBe(404)
    expect((await served.post(`/feeds/${at.feedId}/act`, { act: 'trust' }, steward)).status).toBe(404)
  })

  test('a stopped feed is not asked', async () => {
    await at.editor.act((db, actor) => actOnFeed(db, actor, at.feedId, 'stop'))
    const asked = at.source.asked.length
    await look()
    expect(at.source.asked.length).toBe(asked)
  })
})

describe('several servers, and one that dies', () => {
  test('two servers at once ask for one feed once', async () => {
    at.source.turn({ delayMs: 50 })
    await Promise.all([followFeeds(follower()), followFeeds(follower()), followFeeds(follower())])
    expect(at.source.asked.filter(({ url }) => /[?&]page=2/.test(url))).toHaveLength(1)
    expect(await waiting()).toEqual({ new: 10 })
  })

  test('a server that dies while it fetches leaves the feed to another, once its lease is over', async () => {
    await sql`update exchange.feed set lease = gen_random_uuid(), leased_until = now() + interval '5 minutes'`.execute(
      at.world.owner,
    )
    await look()
    expect(at.source.asked).toHaveLength(0)
    await sql`update exchange.feed set leased_until = now() - interval '1 second'`.execute(at.world.owner)
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 10 })
  })

  test('a fetch whose lease was taken away stops asking, and keeps nothing', async () => {
    at.source.turn({ delayMs: 100 })
    const looking = followFeeds(follower())
    await expect.poll(() => at.source.asked.length).toBeGreaterThan(0)
    await sql`update exchange.feed set lease = gen_random_uuid(), leased_until = now() + interval '5 minutes'`.execute(
      at.world.owner,
    )
    await looking
    expect(at.source.asked.length).toBeLessThan(4)
    expect(await waiting()).toEqual({})
  })

  test('what was staged is there after the server has gone, and is put in by the next', async () => {
    await look()
    await at.source.close()
    const done = await takeAll()
    expect(done).toMatchObject({ records: 10 })
    expect(await listed()).toHaveLength(10)
    at.source = await feedSource([])
  })

  test('the next look asks only whether anything is new', async () => {
    at.source.turn({ speaks: 'file' })
    await look()
    const before = at.source.asked.length
    await look()
    expect(at.source.asked.slice(before).map(({ headers }) => typeof headers['if-none-match'])).toEqual([
      'string',
    ])
    expect(await waiting()).toEqual({ new: 10 })
  })
})
