import { afterAll, beforeAll, expect, test } from 'vitest'
import { askFeed } from '../../src/exchange/feed-get.ts'
import { type FeedSource, feedSource, inventedServices } from './feed-source.ts'

let source: FeedSource
const limits = { bytes: 1_000_000, requestMs: 3_000 }

beforeAll(async () => {
  source = await feedSource(inventedServices(2))
})
afterAll(() => source.close())

const at = (host: string) => new URL(source.address.replace('127.0.0.1', host))

test('a name that leads to this machine is not asked: what it resolves to decides', async () => {
  const answer = await askFeed(at('localhost'), { loopback: false }, limits)
  expect(answer).toEqual({ ok: false, trouble: 'refused-address' })
  expect(source.asked).toEqual([])
})

test.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '10.255.255.1', '169.254.169.254'])(
  '%s is not asked',
  async (host) => {
    const answer = await askFeed(at(host), { loopback: false }, limits)
    expect(answer).toEqual({ ok: false, trouble: 'refused-address' })
    expect(source.asked).toEqual([])
  },
)

test('with this machine allowed, a network beside it still is not', async () => {
  expect(await askFeed(at('10.255.255.1'), { loopback: true }, limits)).toMatchObject({
    trouble: 'refused-address',
  })
  expect((await askFeed(at('localhost'), { loopback: true }, limits)).ok).toBe(true)
})

test('a feed that sends us to another place is left there', async () => {
  for (const redirect of [
    'http://169.254.169.254/latest',
    'https://example.org/',
    `http://localhost:1/`,
    '//[::1]/',
  ]) {
    source.turn({ redirect })
    const before = source.asked.length
    expect(await askFeed(at('127.0.0.1'), { loopback: true }, limits)).toEqual({
      ok: false,
      trouble: 'moved',
    })
    expect(source.asked.length).toBe(before + 1)
  }
  source.turn({ redirect: '/services' })
  expect(await askFeed(at('127.0.0.1'), { loopback: true }, limits)).toEqual({ ok: false, trouble: 'moved' })
  source.turn({ redirect: null })
})
