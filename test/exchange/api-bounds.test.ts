import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importDirectory } from '#directory'
import { createLog } from '#platform/http'
import { ask as askSmall, smallApp } from '../../src/platform/http/small-app.fixture.ts'
import { dialects } from '../../src/exchange/dialect.ts'
import { directoryApi } from '../../src/exchange/directory.api.ts'
import { gateOf, rateBound } from '../../src/exchange/api-gate.ts'
import { pageSize, readQuery } from '../../src/exchange/list-query.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { serveWorld, type Served } from '../world/served.ts'
import { demoWorld } from './installations.ts'

const roots = ['/api/hsds/3.1', '/api/oruk/3.0']
const lists = ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms']
const origin = 'http://127.0.0.1:3000'
let world: TestWorld
let served: Served
let worker: Person
const logged: string[] = []

beforeAll(async () => {
  world = await testWorld()
  worker = await world.found('Quayside Surgery', 'primary-care', ['agency-administrator', 'worker'])
  await world.owner.transaction().execute((db) => importDirectory(db, demoWorld('northmere')))
  const log = createLog({ level: 'trace', destination: { write: (line: string) => void logged.push(line) } })
  served = serveWorld(world, { log })
}, 120_000)
afterAll(() => world.close())

interface Asked {
  readonly method?: string
  readonly body?: string | URLSearchParams
  readonly headers?: Readonly<Record<string, string>>
}

/** As another site's page asks: from elsewhere, by whatever method. */
const abroad = async (path: string, init: Asked = {}) =>
  served.app.request(origin + path, {
    ...init,
    headers: {
      host: '127.0.0.1:3000',
      origin: 'https://elsewhere.example.org',
      'sec-fetch-site': 'cross-site',
      ...init.headers,
    },
  })
const json = (fields: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(fields),
})
const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })

describe('any site may read, and here only', () => {
  test('every answer under the two roots says so, mistakes and the question beforehand too; never with credentials', async () => {
    for (const root of roots) {
      for (const path of ['', '/', '/openapi.json', '/nothing', '/services/none', '/services?page=0']) {
        const answer = await abroad(root + path)
        expect([path, answer.headers.get('access-control-allow-origin')]).toEqual([path, '*'])
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
        expect(answer.headers.get('set-cookie')).toBeNull()
      }
      for (const list of lists) {
        for (const init of [json({ per_page: 1 }), form({ per_page: '1' }), { method: 'HEAD' }]) {
          const answer = await abroad(`${root}/${list}`, init)
          expect([list, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
            list,
            200,
            '*',
          ])
        }
        const before = await abroad(`${root}/${list}`, {
          method: 'OPTIONS',
          headers: {
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        })
        expect([before.status, before.headers.get('access-control-allow-headers')]).toEqual([
          204,
          expect.stringContaining('Content-Type'),
        ])
        expect(before.headers.get('access-control-allow-credentials')).toBeNull()
      }
    }
  })

  test('every refusal too: unreadable, missing, another method, too large, too many, busy, a fault', async () => {
    const says = ({ status, headers }: Response) => [status, headers.get('access-control-allow-origin')]
    for (const root of roots) {
      const large = json({ search: 'x'.repeat(20_000) })
      expect(says(await abroad(`${root}/services`, large))).toEqual([413, '*'])
      expect(says(await abroad(`${root}/services`, { ...json({}), body: '{' }))).toEqual([400, '*'])
      expect(says(await abroad(`${root}/nothing`))).toEqual([404, '*'])
      expect(says(await abroad(`${root}/nothing`, { method: 'POST' }))).toEqual([403, '*'])
      for (const [path, allow] of [
        ['/services', 'GET, HEAD, POST, OPTIONS'],
        ['/services/none', 'GET, HEAD, OPTIONS'],
      ] as const) {
        const answer = await abroad(root + path, { method: 'DELETE' })
        expect([...says(answer), answer.headers.get('allow')]).toEqual([405, '*', allow])
        expect(await answer.json()).toMatchObject({ status: 405, code: 'method' })
      }
    }
    const parts = { bounds: { perMinute: 1, atOnce: 1, waiting: 0 }, gate: gateOf({ atOnce: 1, waiting: 0 }) }
    const broken = smallApp()
    for (const dialect of dialects) broken.route('/', directoryApi(dialect, parts))
    const busy = smallApp()
    for (const dialect of dialects)
      busy.route('/', directoryApi(dialect, { ...parts, gate: { run: async () => null } }))
    for (const root of roots) {
      // Without a database behind it.
      expect(says(await askSmall(broken, `${root}/services`))).toEqual([500, '*'])
      expect(says(await askSmall(broken, `${root}/services`))).toEqual([429, '*'])
      expect(says(await askSmall(busy, `${root}/services`))).toEqual([503, '*'])
    }
  })

  test('no other route of the app lets another site read, nor post', async () => {
    const own = (path: string) => roots.some((root) => path === root || path.startsWith(`${root}/`))
    const others = served.app.routes.filter((route) => route.method !== 'ALL' && !own(route.path))
    expect(others.length).toBeGreaterThan(50)
    for (const { method, path } of others) {
      const at = path.replaceAll(/:\w+(\{[^}]*\})?/g, '00000000-0000-7000-8000-000000000000')
      const answer = await abroad(at, { method })
      expect([method, path, answer.headers.get('access-control-allow-origin')]).toEqual([method, path, null])
      const before = await abroad(at, { method: 'OPTIONS' })
      expect([path, before.headers.get('access-control-allow-origin')]).toEqual([path, null])
    }
    expect((await abroad('/services', form({ words: 'x' }))).status).toBe(403)
  })

  test('who asks makes no difference: with a worker’s cookie the same octets', async () => {
    for (const path of ['/services', '/organizations?full=true', '/taxonomies']) {
      const plain = await (await served.get(roots[0] + path)).text()
      expect(await (await served.get(roots[0] + path, worker)).text()).toBe(plain)
      expect(
        await (
          await abroad(roots[0] + path, { headers: { cookie: `session-3000=${worker.cookie}` } })
        ).text(),
      ).toBe(plain)
    }
  })

  test('nothing but reading: no other method, and no act by POST elsewhere under the roots', async () => {
    for (const root of roots) {
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await abroad(`${root}/services`, { method })).status).toBe(405)
      expect((await abroad(`${root}/services/none`, { method: 'POST' })).status).toBe(405)
      expect((await abroad(root, { method: 'POST' })).status).toBeOneOf([403, 404])
    }
  })
})

describe('what is sent is read with care and told to nobody', () => {
  test('a parameter that cannot be read is named with what it takes, and never repeated', async () => {
    const canary = 'canaryfield'
    for (const [name, sentence] of Object.entries({
      page: 'a whole number',
      per_page: 'a whole number',
      taxonomy_id: 'an id',
      modified_after: 'a date and time',
      proximity: 'metres',
      day: 'a day of the week',
      start_time: 'a time of day',
      minimum_age: 'an age in years',
      format: 'json or ndjson',
      full: 'true or false',
    })) {
      for (const init of [json({ [name]: canary }), form({ [name]: canary }), {}]) {
        const query = 'method' in init ? '' : `?${name}=${canary}`
        const answer = await abroad(`${roots[0]}/services${query}`, init)
        expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
          name,
          400,
          'application/problem+json',
        ])
        const text = await answer.text()
        expect(JSON.parse(text)).toMatchObject({
          status: 400,
          errors: [{ parameter: name, detail: expect.stringContaining(sentence) }],
        })
        expect(text).not.toContain(canary)
      }
    }
    expect((await abroad(`${roots[0]}/services?proximity=500`)).status).toBe(400)
  })

  test('a body that is no object, or too large, is refused', async () => {
    for (const body of ['[1]', '"x"', '{', 'null'])
      expect((await abroad(`${roots[0]}/services`, { ...json({}), body })).status).toBe(400)
    expect((await abroad(`${roots[0]}/services`, json({ search: 'x'.repeat(20_000) }))).status).toBe(413)
    expect((await abroad(`${roots[0]}/services`, json({ search: 'x'.repeat(600) }))).status).toBe(400)
    expect((await abroad(`${roots[0]}/services`, { method: 'POST' })).status).toBe(200)
    expect(
      (await abroad(`${roots[0]}/services`, json({ search: 'talk\u0000ing \ud800', unknown: [1] }))).status,
    ).toBe(200)
  })

  test('no line of the log holds a word, a place or a value that was sent, by whatever way', async () => {
    const words = ['canaryword', 'LS26 9QX', 'LS269QX', 'canaryvalue', 'canarybody']
    for (const root of roots) {
      for (const list of lists) {
        await abroad(`${root}/${list}?search=canaryword&postcode=LS26%209QX&proximity=1000&format=ndjson`)
        await (await abroad(`${root}/${list}?search=canaryword&page=canaryvalue`)).text()
        await abroad(
          `${root}/${list}`,
          json({ search: 'canaryword', postcode: 'LS269QX', taxonomy_id: 'canaryvalue' }),
        )
        await abroad(`${root}/${list}`, form({ search: 'canaryword', day: 'canaryvalue' }))
        await abroad(`${root}/${list}`, { ...json({}), body: '{"search": canarybody' })
        await abroad(`${root}/${list}/canaryvalue`)
      }
      await abroad(`${root}/canaryvalue?search=canaryword`)
    }
    const lines = logged.join('').toLowerCase()
    expect(lines).toContain(`${roots[0]}/services/:id`)
    expect(words.filter((word) => lines.includes(word.toLowerCase()))).toEqual([])
  })

  test('an answer to words or a place is stored nowhere; others have a mark, and who holds it gets no more than that', async () => {
    for (const query of ['search=talk', 'postcode=LS1']) {
      const answer = await abroad(`${roots[0]}/services?${query}`)
      expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null])
    }
    const posted = await abroad(`${roots[0]}/services`, json({ search: 'talk' }))
    expect(posted.headers.get('cache-control')).toBe('no-store')
    const first = await abroad(`${roots[0]}/services`)
    const mark = first.headers.get('etag') ?? ''
    expect([first.headers.get('cache-control'), mark]).toEqual([
      'no-cache',
      expect.stringMatching(/^"[\w-]{22}"$/),
    ])
    const again = await abroad(`${roots[0]}/services`, { headers: { 'if-none-match': `"x", W/${mark}` } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(
      (await abroad(`${roots[0]}/services?per_page=3`, { headers: { 'if-none-match': mark } })).status,
    ).toBe(200)
  })
})

describe('how much one may ask for', () => {
  test('a page is bounded whatever is asked, and its envelope counts with that', async () => {
    const size = (sent: object) => {
      const read = readQuery('services', sent as never)
      return read.ok ? pageSize(read.query) : null
    }
    expect([{}, { per_page: 7 }, { per_page: 9_999 }].map(size)).toEqual([50, 7, 500])
    expect(
      [{ full: true, per_page: 9_999 }, { minimal: true, per_page: 9_999 }, { minimal: true }].map(size),
    ).toEqual([100, 5_000, 5_000])
    const beyond = (await (await abroad(`${roots[0]}/services?page=900&per_page=10`)).json()) as object
    expect(beyond).toMatchObject({
      page_number: 900,
      size: 0,
      empty: true,
      first_page: false,
      last_page: false,
    })
    const none = (await (await abroad(`${roots[0]}/services?search=zebra`)).json()) as object
    expect(none).toMatchObject({
      total_items: 0,
      total_pages: 1,
      size: 0,
      empty: true,
      first_page: true,
      last_page: true,
    })
  })

  test('beyond the bound of a minute for everybody the answer is to wait', async () => {
    const app = smallApp()
    app.get('/x', rateBound({ perMinute: 3 }), (c) => c.text('x'))
    const answers = []
    for (let i = 0; i < 5; i += 1) answers.push(await askSmall(app, '/x'))
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200, 429, 429])
    expect(answers[3]?.headers.get('retry-after')).toBe('10')
  })

  test('so many run at once, the next ones in order, and further ones are refused', async () => {
    const gate = gateOf({ atOnce: 2, waiting: 2 })
    const ends: (() => void)[] = []
    const ran: number[] = []
    const start = (n: number) =>
      gate.run(async () => {
        ran.push(n)
        await new Promise<void>((resolve) => ends.push(resolve))
        return n
      })
    const works = [1, 2, 3, 4, 5].map(start)
    expect(await works[4]).toBeNull()
    expect(ran).toEqual([1, 2])
    for (let i = 0; i < 4; i += 1) {
      ends[i]?.()
      await works[i]
      await Promise.resolve()
    }
    expect(ran).toEqual([1, 2, 3, 4])
    await expect(gate.run(() => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(await gate.run(async () => 6)).toBe(6)
  })

  test('a whole list goes out in batches: a reader that stops asks for no more, and holds no connection', async () => {
    const answer = await abroad(`${roots[0]}/services?format=ndjson&full=true`)
    const reader = answer.body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(100)
    // With the stream half read every connection of the public login is free.
    const many = await Promise.all(
      Array.from({ length: 12 }, () => abroad(`${roots[0]}/services?per_page=1`)),
    )
    expect(many.map((each) => each.status)).toEqual(Array.from({ length: 12 }, () => 200))
    await reader?.cancel()
  })
})
