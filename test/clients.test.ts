import { randomUUID } from 'node:crypto'

import { Hono } from 'hono'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { revokeClient } from '#clients'
import { openIncoming } from '#envelopes'
import { searchNames, startCase } from '#people'
import { asClient, caseKey, caseKeys, type Role } from '#platform/access'
import { type ClientEnv, createLog, needsClient, type Room } from '#platform/http'
import { readLines } from '#platform/ledger'

import { letGo, setRoles } from '../src/parties/member.actions.ts'
import { closeForTeam } from '../src/people/close.actions.ts'
import { heldFromThread } from '../src/referrals/thread.store.ts'
import type { Person } from './world/agencies.ts'
import { asSystem, connected, tokenFor, tokenOf } from './world/clients.ts'
import { counted } from './world/counted-work.ts'
import { sendReferral } from './world/referrals.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'
import { type Served, serveWorld } from './world/served.ts'

let at: SendingWorld
let served: Served
let admin: Person
const logged: string[] = []

/** An act with a real effect behind the guard: it starts a case. */
const probe = new Hono<ClientEnv>()
probe.post('/api/probe', needsClient('system/Task.u'), async (c) => {
  const said = (await c.req.json()) as { readonly say: string }
  if (said.say === 'fail') throw new Error('A fault.')
  const { caseId } = await startCase(c.var.db, c.var.actor)
  if (said.say === 'slow') await sql`select pg_sleep(0.4)`.execute(c.var.db)
  return c.json({ caseId }, 201, { Location: `/cases/${caseId}` })
})
const room: Room = { words: { uk: {}, us: {} }, mount: (app) => app.route('/', probe) }

beforeAll(async () => {
  at = await sendingWorld()
  const log = createLog({ destination: { write: (line: string) => void logged.push(line) } })
  served = serveWorld(at.world, { rooms: [room], log })
  admin = at.clinician
})
afterAll(() => at?.world.close())

const system = async (scopes?: Parameters<typeof connected>[2]) => {
  const made = await connected(at, admin, scopes)
  return { ...made, token: await tokenFor(served, made.id, made.secret) }
}
const me = (token: string) => asSystem(served, token, '/api/me')
/** One transaction as the system. */
const acting = async <T>(token: string, work: Parameters<typeof asClient<T>>[3]) => {
  const done = await asClient<T>(at.world.door, token, 'test', work)
  if (typeof done === 'object' && done !== null && 'refused' in done)
    throw new Error('The token opens nothing.')
  return done as T
}
const post = (token: string, key: string | null, say = 'go') =>
  asSystem(served, token, '/api/probe', {
    method: 'POST',
    body: JSON.stringify({ say }),
    headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) },
  })
const cases = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from people."case"`.execute(
    at.world.owner,
  )
  return rows[0]?.n ?? 0
}

describe('a token', () => {
  test('says which system it is, of which agency, what it may do and until when', async () => {
    const { id, token } = await system()
    const answer = await me(token)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ratelimit')).toMatch(/^"client";r=\d+;t=\d+$/)
    const said = (await answer.json()) as { readonly until: string }
    expect(said).toEqual({
      client: { id, name: 'Quay record system' },
      agency: { id: admin.partyId, name: 'Hill Clinic' },
      scopes: ['system/Task.rus', 'events.read'],
      until: expect.any(String),
    })
    const left = Date.parse(said.until) - Date.now()
    expect(left).toBeGreaterThan(9 * 60_000)
    expect(left).toBeLessThanOrEqual(10 * 60_000 + 1_000)
  })

  test('is over after its ten minutes', async () => {
    const { id, token } = await system()
    await sql`update clients.token set ends_at = now() - interval '1 second' where client_id = ${id}::uuid`.execute(
      at.world.owner,
    )
    const answer = await me(token)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test('holds what was asked for and no more', async () => {
    const { id, secret } = await system()
    const some = (await (await tokenOf(served, id, secret, 'system/Task.r')).json()) as {
      access_token: string
      scope: string
    }
    expect(some.scope).toBe('system/Task.r')
    const refused = await post(some.access_token, null)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer realm="api", error="insufficient_scope", scope="system/Task.u"',
    ])
    const more = await tokenOf(served, id, secret, 'system/Task.c')
    expect([more.status, await more.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_scope' }),
    ])
  })

  test('is given for the secret in the form too, and never for both ways at once', async () => {
    const { id, secret } = await system()
    const ask = (more: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      served.app.request('http://127.0.0.1:3000/oauth/token', {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', ...more }),
        headers: { host: '127.0.0.1:3000', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    const given = await ask({ client_id: id, client_secret: secret })
    expect([given.status, given.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
    expect((await ask({ client_id: id, client_secret: secret }, basic)).status).toBe(400)
    expect((await ask({ client_id: id, client_secret: secret, grant_type: 'password' })).status).toBe(400)
  })

  test('a wrong secret and a system that is not there are one answer by one work', async () => {
    const { id } = await system()
    const measured = async (clientId: string) => {
      const { result, work } = await counted(() => tokenOf(served, clientId, 'w'.repeat(43)))
      return [result.status, await result.text(), work.statements, work.crypto]
    }
    expect(await measured(id)).toEqual(await measured(randomUUID()))
  })

  test('wrong tries wait, and keep nobody out who has the secret', async () => {
    const { id, secret } = await system()
    const answers: number[] = []
    for (let n = 0; n < 4; n += 1) answers.push((await tokenOf(served, id, 'wrong')).status)
    expect(answers).toContain(429)
    expect((await tokenOf(served, id, secret)).status).toBe(200)
    const lines = await admin.act((db, actor) =>
      readLines(db, actor, { limit: 20 }, (ids) => caseKeys(db, actor, ids)),
    )
    expect(lines.find((line) => line.kind === 'client.failed')?.detail).toMatchObject({ client: id })
  })
})

describe('a system acts for its agency', () => {
  test('and not between two calls once it is revoked: its rows are gone', async () => {
    const { id, secret, token } = await system()
    await post(token, randomUUID())
    await admin.act((db, actor) => revokeClient(db, actor, id))
    expect((await me(token)).status).toBe(401)
    expect((await tokenOf(served, id, secret)).status).toBe(401)
    const { rows } = await sql<{
      n: number
    }>`select ((select count(*) from clients.token where client_id = ${id}::uuid)
      + (select count(*) from clients.done where client_id = ${id}::uuid)
      + (select count(*) from keyring.client_key where client_id = ${id}::uuid)
      + (select count(*) from keyring.party_wrap where account_id = ${id}::uuid))::integer as n`.execute(
      at.world.owner,
    )
    expect(rows[0]?.n).toBe(0)
  })

  test('with its end it is over, and the next minute destroys its keys', async () => {
    const { id, token } = await system()
    await sql`update clients.client set ends_at = now() where id = ${id}::uuid`.execute(at.world.owner)
    expect((await me(token)).status).toBe(401)
    await sql`select clients.sweep()`.execute(at.world.pools.jobs)
    const { rows } = await sql`select from keyring.client_key where client_id = ${id}::uuid`.execute(
      at.world.owner,
    )
    expect(rows).toHaveLength(0)
  })

  test('it gets the agency’s next keys as members do', async () => {
    const { id, secret, token } = await system()
    const gone = await at.world.join(admin, 'Gone', ['worker'])
    await admin.act((db, actor) => letGo(db, actor, gone.accountId))
    const { caseId } = await admin.act((db, actor) => startCase(db, actor))
    for (const each of [token, await tokenFor(served, id, secret)])
      expect(await acting(each, async (db, actor) => (await caseKey(db, actor, caseId))?.caseId)).toBe(caseId)
  })

  test.each(['let go', 'no administrator any more'])('it ends with whoever connected it: %s', async (how) => {
    const maker = await at.world.join(admin, 'Maker', ['agency-administrator', 'worker'])
    const { id, secret } = await connected(at, maker)
    const token = await tokenFor(served, id, secret)
    await admin.act<unknown>((db, actor) =>
      how === 'let go' ? letGo(db, actor, maker.accountId) : setRoles(db, actor, maker.accountId, ['worker']),
    )
    expect([(await me(token)).status, (await tokenOf(served, id, secret)).status]).toEqual([401, 401])
    const { rows } = await sql`select from keyring.party_wrap where account_id = ${id}::uuid`.execute(
      at.world.owner,
    )
    expect(rows).toHaveLength(0)
  })

  test('a right secret gets thirty tokens a minute, and no line more in the ledger', async () => {
    const { id, secret } = await system()
    const answers = []
    for (let nth = 0; nth < 31; nth += 1) answers.push((await tokenOf(served, id, secret)).status)
    expect([answers.slice(0, 29).every((status) => status === 200), answers.at(-1)]).toEqual([true, 429])
  })

  test('it sees no case once that is closed, and gets no key to it', async () => {
    const { id, token } = await system()
    const { caseId } = await admin.act((db, actor) => startCase(db, actor))
    const sees = () =>
      acting(token, async (db, actor) => [
        (await caseKey(db, actor, caseId)) !== null,
        (await db.selectFrom('people.case').select('id').where('id', '=', caseId).execute()).length,
      ])
    expect(await sees()).toEqual([true, 1])
    await admin.act((db, actor) => closeForTeam(db, actor, caseId, { cells: [] }))
    expect(await sees()).toEqual([false, 0])
    // A wrap that somebody wrote for it all the same opens nothing: it has no holder of its own.
    await sql`insert into keyring.case_wrap (party_id, case_id, holder, key_version, party_version, wrap)
      values (${admin.partyId}::uuid, ${caseId}::uuid, ${id}::uuid, 1, 1, '')`.execute(at.world.owner)
    expect(await sees()).toEqual([false, 0])
  })

  test('what is held from anybody is held from it, whether it was there before or came after', async () => {
    await at.world.pair(at.advocate, admin)
    const before = await system()
    const { threadId, envelopeId } = await sendReferral(at.advocate, admin)
    const sees = (token: string) =>
      acting(token, async (db, actor) => [
        (await db.selectFrom('referrals.thread').select('id').where('id', '=', threadId).execute()).length,
        'refused' in (await openIncoming(db, actor, envelopeId)),
      ])
    expect(await sees(before.token)).toEqual([1, false])
    const named = await at.world.join(admin, 'Somebody Named', ['worker'])
    for (const table of ['referrals.thread', 'envelopes.incoming'])
      await sql`update ${sql.table(table)} set held_from = array[${named.accountId}::uuid]
        where party_id = ${admin.partyId}::uuid and ${sql.ref(table === 'referrals.thread' ? 'id' : 'thread_id')} = ${threadId}::uuid`.execute(
        at.world.owner,
      )
    const after = await system()
    for (const { token } of [before, after]) expect(await sees(token)).toEqual([0, true])
    expect(await admin.act((db, actor) => heldFromThread(db, actor.partyId, threadId))).toEqual([
      named.accountId,
    ])
  })

  test('only an administrator makes and ends one; a system does neither', async () => {
    const { id, token } = await system()
    const worker = await at.world.join(admin, 'Worker', ['worker', 'lead'] satisfies Role[])
    await expect(connected(at, worker)).rejects.toThrow('administrator')
    expect(await worker.act((db, actor) => revokeClient(db, actor, id))).toEqual({ refused: 'gone' })
    const byItself = acting(token, async (db, actor) => 'revoked' in (await revokeClient(db, actor, id)))
    expect(await byItself).toBe(false)
    const elsewhere = await at.advocate.act((db, actor) => revokeClient(db, actor, id))
    expect(elsewhere).toEqual({ refused: 'gone' })
    expect((await me(token)).status).toBe(200)
  })

  test('it stands beside what it did in the ledger, by its name', async () => {
    const { token } = await system()
    await acting(token, (db, actor) => searchNames(db, actor, { query: 'Ash' }))
    const lead = await at.world.join(admin, 'Reads', ['lead'])
    const page = await (await served.get('/agency/ledger', lead)).text()
    expect(page).toContain('Quay record system')
  })
})

describe('an idempotency key', () => {
  test('does a request once and answers it the same again', async () => {
    const { token } = await system()
    const [key, before] = [randomUUID(), await cases()]
    const first = await post(token, key)
    const again = await post(token, `"${key}"`)
    expect([again.status, again.headers.get('location'), await again.text()]).toEqual([
      201,
      first.headers.get('location'),
      await first.text(),
    ])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await cases()).toBe(before + 1)
  })

  test('of another request is refused', async () => {
    const { token } = await system()
    const key = randomUUID()
    await post(token, key)
    const before = await cases()
    expect((await post(token, key, 'other')).status).toBe(422)
    expect((await post(token, 'short')).status).toBe(400)
    expect(await cases()).toBe(before)
  })

  test('of a request that still runs is a conflict, and one of the two has its effect', async () => {
    const { token } = await system()
    const [key, before] = [randomUUID(), await cases()]
    const two = await Promise.all([post(token, key, 'slow'), post(token, key, 'slow')])
    expect(two.map((each) => each.status).toSorted()).toEqual([201, 409])
    expect(await cases()).toBe(before + 1)
  })

  test('of a request that failed may be used again; that of another system is no business of this one', async () => {
    const [one, other] = [await system(), await system()]
    const [key, before] = [randomUUID(), await cases()]
    expect((await post(one.token, key, 'fail')).status).toBe(500)
    expect((await post(one.token, key)).status).toBe(201)
    expect((await post(other.token, key)).status).toBe(201)
    expect(await cases()).toBe(before + 2)
  })
})

test('neither secret nor token nor key nor answer lies anywhere in clear', async () => {
  const { id, secret, token } = await system()
  const key = randomUUID()
  const { caseId } = (await (await post(token, key)).json()) as { readonly caseId: string }
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`.execute(
    at.world.owner,
  )
  const hex = (text: string) => Buffer.from(text).toString('hex')
  const raw = (text: string) => Buffer.from(text, 'base64url').toString('hex')
  const wanted = [secret, token, key].flatMap((each) => [each, hex(each)])
  wanted.push(raw(secret), raw(token), hex(`/cases/${caseId}`))
  const found: string[] = []
  for (const { name } of rows) {
    const all = await sql<{ text: string }>`select t::text as text from ${sql.raw(name)} t`.execute(
      at.world.owner,
    )
    for (const { text } of all.rows) if (wanted.some((each) => text.includes(each))) found.push(name)
  }
  expect(found).toEqual([])
  const lines = await admin.act((db, actor) =>
    readLines(db, actor, { limit: 500 }, (ids) => caseKeys(db, actor, ids)),
  )
  expect(lines.some((line) => line.detail?.['client'] === id)).toBe(true)
  const told = JSON.stringify(lines) + logged.join('\n')
  expect(logged.length).toBeGreaterThan(0)
  expect([secret, token, key].filter((each) => told.includes(each))).toEqual([])
})
