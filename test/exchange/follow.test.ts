import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { inventedService, inventedServices } from './feed-source.ts'
import { at, decide, feed, listed, look, takeAll, waiting, useFollowing } from './following.ts'

useFollowing()

describe('what a feed says waits for a person', () => {
  test.each([
    ['HSDS pages', { speaks: 'hsds' }],
    ['Open Referral UK 1.0 pages', { speaks: 'oruk1' }],
    ['lines of JSON', { speaks: 'lines' }],
    ['a plain file', { speaks: 'file' }],
    ['packed pages', { speaks: 'hsds', packed: true }],
    ['a short list, each service by its id', { speaks: 'hsds', minimal: true }],
  ] as const)('%s are read whole, and nothing is listed unasked', async (_name, mood) => {
    at.source.turn(mood)
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 10 })
    expect(await listed()).toEqual([])
    expect((await feed()).wait).toBe(24)
    expect(
      at.source.asked.every(({ headers }) => headers['user-agent'] === 'Anydoor/0 (reads open directories)'),
    ).toBe(true)
    expect(at.source.asked.some(({ headers }) => 'cookie' in headers || 'referer' in headers)).toBe(false)
  })

  test('an API is found from its root', async () => {
    await sql`update exchange.feed set address = ${at.source.address.replace('/services', '/')}`.execute(
      at.world.owner,
    )
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 10 })
  })

  test('taken over, changed, kept and gone; a difference that was left comes back only when the source changes', async () => {
    await look()
    expect(await takeAll()).toMatchObject({ records: 10, moved: 0 })
    at.source.turn({
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
    at.source.turn({ services: [...at.source.mood.services, inventedService(12)] })
    await look()
    expect(await waiting()).toEqual({ new: 2, gone: 1 })
    at.source.turn({
      services: at.source.mood.services.map((each, nth) =>
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
    at.source.turn({ services: [...at.source.mood.services, inventedService(13)] })
    await look()
    expect(await waiting()).toEqual({ new: 1 })
  })

  test('what we hold has moved since somebody looked: it is shown again, not overwritten', async () => {
    await look()
    await takeAll()
    at.source.turn({
      services: [inventedService(1, { email: 'new1@example.org' }), ...inventedServices(10).slice(1)],
    })
    await look()
    await sql`update directory.service set email = 'ours@example.org' where name = 'Invented service 1'`.execute(
      at.world.owner,
    )
    expect(await decide('Invented service 1', 'take')).toEqual({ refused: 'moved' })
    expect((await listed())[0]?.email).toBe('ours@example.org')
    expect(await decide('Invented service 1', 'take')).toEqual({ done: true })
    expect((await listed())[0]?.email).toBe('new1@example.org')
  })

  test('what belongs to a partner is left as it is', async () => {
    await look()
    await takeAll()
    const partner = await at.world.found('Invented Council', 'other')
    await sql`update directory.organization set party_id = ${partner.partyId}`.execute(at.world.owner)
    at.source.turn({
      services: inventedServices(10).map((each) => ({ ...each, email: 'theirs@example.org' })),
    })
    await look()
    expect(await waiting()).toEqual({ others: 10 })
    expect(await takeAll()).toEqual({ refused: 'nothing' })
    expect(new Set((await listed()).map((each) => each.email)).has('theirs@example.org')).toBe(false)
  })

  test('what became a partner’s since it was looked at is left as it is too', async () => {
    await look()
    await takeAll()
    at.source.turn({
      services: inventedServices(10).map((each) => ({ ...each, email: 'theirs@example.org' })),
    })
    await look()
    const partner = await at.world.found('Invented Council of late', 'other')
    await sql`update directory.organization set party_id = ${partner.partyId}`.execute(at.world.owner)
    expect(await takeAll()).toMatchObject({ records: 0, moved: 10 })
    expect(new Set((await listed()).map((each) => each.email)).has('theirs@example.org')).toBe(false)
    expect(await waiting()).toEqual({ others: 10 })
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
    at.source.turn({
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
      from exchange.staged s`.execute(at.world.owner)
    expect(rows[0]?.words).toContain('Harbour Refuge')
    expect(rows[0]?.words).not.toMatch(/sycamore|zz99/i)
    expect(await takeAll()).toMatchObject({ records: 9, held: 1 })
    await sql`update exchange.feed set sha256 = null`.execute(at.world.owner)
    await look()
    // It waits among the held records; the feed does not ask again.
    expect(await waiting()).toEqual({})
  })
})

describe('safe changes by themselves', () => {
  beforeEach(async () => {
    await look()
    await takeAll()
    await sql`update exchange.feed set by_itself = true`.execute(at.world.owner)
  })

  test('a new mail address goes in; a new name, a new entry and what is gone wait', async () => {
    at.source.turn({
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
    at.source.turn({ services: inventedServices(10).map((each) => ({ ...each, email: 'all@example.org' })) })
    await look()
    expect(await waiting()).toEqual({ changed: 10 })
    expect((await listed())[0]?.email).toBe('service1@example.org')
  })
})
