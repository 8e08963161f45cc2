import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast } from '#demo'
import { randomBytes, unlockUser } from '#platform/crypto'
import { tellCalendars } from '#calendar'
import { askOwners } from '#directory'
import { sendEvents } from '#events'
import { bringFiles, followFeeds } from '#exchange'
import { actsOf } from '#platform/jobs'

import { type DemoWorld, demoWorld } from './world/demo.ts'
import { plantedWords, searchFor } from './world/planted.ts'

let world: DemoWorld
let superuser: Client
let dump: Map<string, string>
const planted = plantedWords()
/** What the open directory says by itself is no secret. */
const open = ['northmere', 'us-county']
  .map((name) => readFileSync(new URL(`../src/demo/${name}.hsds.json`, import.meta.url), 'utf8'))
  .join('\n')
const secret = planted.filter((word) => !open.includes(word))
const anySecret = searchFor(secret)
/** Shorter ones would be found by chance in so many random bytes; the dump of the tables looks for them. */
const longSecret = searchFor(secret.filter((word) => Buffer.byteLength(word) >= 6))
/** What PostgreSQL's own catalogues say before anybody is here: a name among its languages and countries. */
const native = new Set<string>()
const origin = 'http://127.0.0.1:3000'

beforeAll(async () => {
  world = await demoWorld({
    before: async (empty) => {
      for (const [, word] of await foundOnDisk(empty)) native.add(word)
    },
  })
  superuser = new Client({ connectionString: world.superUrl })
  await superuser.connect()
  await lookAround()
  dump = await dumpOfEverything()
}, 400_000)
afterAll(async () => {
  await superuser?.end()
  await world?.close()
})

describe('the demo', () => {
  test('is made once, with every agency, all of its staff and every case', async () => {
    expect(world.standing).toBe('made')
    expect(await world.again()).toBe('here')
    const staff = cast.agencies.flatMap((agency) => agency.staff).filter((each) => each.joining !== true)
    // An office without an account that is written to stands in the register, and is no agency of the cast.
    expect(await count(`parties.agency where state <> 'light'`)).toBe(cast.agencies.length)
    expect(await count('parties.member')).toBe(staff.length)
    expect(await count('people."case"')).toBeGreaterThanOrEqual(cast.people.length)
    const linked = await superuser.query('select from directory.organization where party_id is not null')
    expect(linked.rowCount).toBe(cast.agencies.filter((agency) => agency.organization !== null).length)
  })

  test('is not offered, and its routes do not exist, where others can reach the server or the data is not the demo', async () => {
    const elsewhere = [
      world.app({ loopback: false }),
      world.app({}, false),
      world.app({ dataDir: join(world.config.dataDir, 'elsewhere') }),
    ]
    for (const app of elsewhere) {
      expect(await (await get(app, '/')).text()).not.toContain('Look round')
      for (const path of ['/tour', '/outbox']) expect((await get(app, path)).status).toBe(404)
      expect((await post(app, '/look', 'who=amina')).status).toBe(404)
    }
  })

  test('lets one look round as anybody it names, and as nobody else', async () => {
    const app = world.app()
    const page = await (await get(app, '/')).text()
    const offered = [...page.matchAll(/value="(\w+)"[^>]*name="who"/g)].map((match) => match[1] ?? '')
    expect(offered.length).toBeGreaterThanOrEqual(15)
    for (const who of offered) expect((await post(app, '/look', `who=${who}`)).status).toBe(303)
    expect((await post(app, '/look', 'who=nobody')).status).toBe(404)
    expect((await get(app, '/tour')).status).toBe(200)
    expect((await get(app, '/outbox')).status).toBe(200)
  }, 180_000)

  test('leads every stop of the tour to a page that is there', async () => {
    const app = world.app()
    for (let stop = 1; stop <= 7; stop++) {
      const answer = await post(app, '/look', `stop=${stop}`)
      expect([stop, answer.status]).toEqual([stop, 303])
      const cookie = /session-3000=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
      const page = await get(app, answer.headers.get('location') ?? '', cookie)
      expect([stop, answer.headers.get('location'), page.status]).toEqual([
        stop,
        answer.headers.get('location'),
        200,
      ])
    }
  })
})

describe('a stored copy', () => {
  test('the search finds what is there', async () => {
    expect(secret.length).toBeGreaterThan(300)
    expect(anySecret(Buffer.from('… 07700 900101, said Nasreen'))).toContain('Nasreen')
    expect(dump.size).toBeGreaterThan(30)
    expect(await count('jobs.mail')).toBeGreaterThan(10)
    expect([...dump.values()].join('')).toContain('Northmere Talking Therapies')
  })

  test('a dump of every table shows no name, contact, detail or word of anybody', () => {
    const found = [...dump].flatMap(([table, text]) =>
      anySecret(Buffer.from(text))
        .filter((word) => asWord(word).test(text))
        .map((word) => [table, word]),
    )
    expect(found).toEqual([])
  })

  test('the data folder with its journal shows none either', async () => {
    expect(readdirSync(join(world.postgresDir, 'cluster', 'pg_wal')).length).toBeGreaterThan(1)
    const found = (await foundOnDisk(world)).filter(([, word]) => !native.has(word))
    expect(native.size).toBeLessThan(5)
    expect(found).toEqual([])
  })

  test('the log and what was printed show none', () => {
    expect(world.lines.length).toBeGreaterThan(20)
    expect(anySecret(Buffer.from(world.lines.join('')))).toEqual([])
  })

  test('one name in the clear would be found, in a table and on disk', async () => {
    await superuser.query(`create table public.planted as select 'Nasreen' as name`)
    const [table] = [...(await dumpOfEverything())].filter(([name]) => name === 'public.planted')
    expect(anySecret(Buffer.from(table?.[1] ?? ''))).toContain('Nasreen')
    expect((await foundOnDisk(world)).map(([, word]) => word)).toContain('Nasreen')
  })

  test('a known password opens nothing without the pepper', async () => {
    const { staff } = JSON.parse(readFileSync(join(world.config.dataDir, 'demo.json'), 'utf8')) as {
      staff: Record<string, { accountId: string; password: string }>
    }
    const amina = staff['amina'] ?? { accountId: '', password: '' }
    const { rows } = await superuser.query('select * from keyring.account_key where account_id = $1', [
      amina.accountId,
    ])
    const row = rows[0] as Record<'public_key' | 'salt' | 'secret' | 'recovery', Buffer> & { params: number }
    const sealed = {
      publicKey: row.public_key,
      salt: row.salt,
      params: row.params,
      sealedSecret: row.secret,
      recoverySealed: row.recovery,
    }
    expect(await unlockUser(amina.password, randomBytes(32), sealed)).toBeNull()
    expect(await unlockUser(amina.password, world.installation.pepper, sealed)).toMatchObject({
      publicKey: row.public_key,
    })
  })
})

/** Some of what people do, signing in and reading lists, and everything that the jobs do in a minute. */
async function lookAround(): Promise<void> {
  const app = world.app()
  for (const who of ['kath', 'ruth', 'delroy']) {
    const answer = await post(app, '/look', `who=${who}`)
    const cookie = /session-3000=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
    for (const path of ['/home', '/work', '/account']) await get(app, path, cookie)
  }
  const { pools, installation } = world
  const jobs = actsOf({
    pools,
    installation,
    sendMail: async () => 0,
    tellCalendars: () => tellCalendars(pools, installation),
    askOwners: () => askOwners(pools, installation, 'http://127.0.0.1:3000'),
    bringFiles: () => bringFiles(pools, installation),
    followFeeds: () => followFeeds({ pools, installation, reach: { loopback: false } }),
    sendEvents: () => sendEvents({ pools, installation, hosts: [], reach: { loopback: false } }),
    diskHolds: () => true,
    onFault: (queue) => world.lines.push(queue),
  })
  for (const job of Object.values(jobs)) await job()
}

/** Which file under the server's folder holds which planted word, everything having been written down first. */
async function foundOnDisk(at: Pick<DemoWorld, 'superUrl' | 'postgresDir'>) {
  const client = new Client({ connectionString: at.superUrl })
  await client.connect()
  await client.query('checkpoint')
  await client.end()
  return readdirSync(at.postgresDir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .flatMap((path) =>
      longSecret(readFileSync(path)).map((word) => [path.slice(at.postgresDir.length), word] as const),
    )
}

async function dumpOfEverything(): Promise<Map<string, string>> {
  const { rows } = await superuser.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm', 'p') and n.nspname not in ('pg_catalog', 'information_schema') order by 1`)
  const texts = new Map<string, string>()
  for (const { name } of rows) {
    const table = await superuser.query({ text: `select t::text from ${name} t`, rowMode: 'array' })
    // A sealed cell reads as hex; what lies in it as bytes is what the data folder is searched for.
    texts.set(name, table.rows.map((row) => `${plain(String(row[0]))}\n`).join(''))
  }
  return texts
}

/** A row's text without the quoting that would hide a quotation mark in JSON. */
function plain(text: string): string {
  return text.replaceAll('""', '"').replaceAll('\\\\', '\\')
}

function asWord(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])${RegExp.escape(word)}(?![\\p{L}\\d])`, 'u')
}

async function count(table: string): Promise<number> {
  const { rows } = await superuser.query<{ n: string }>(`select count(*) as n from ${table}`)
  return Number(rows[0]?.n)
}

type App = ReturnType<DemoWorld['app']>

async function get(app: App, path: string, cookie = ''): Promise<Response> {
  const headers = { host: '127.0.0.1:3000', 'sec-fetch-site': 'same-origin', cookie }
  return app.request(origin + path, { headers })
}

async function post(app: App, path: string, body: string): Promise<Response> {
  return app.request(origin + path, {
    method: 'POST',
    body,
    headers: {
      host: '127.0.0.1:3000',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
}
