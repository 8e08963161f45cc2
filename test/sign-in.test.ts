import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { codeAt } from '#platform/auth'

import { letGo } from '../src/parties/member.actions.ts'
import { type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'
import {
  beginAgency,
  enter,
  forgetSteps,
  giveCode,
  joinAgency,
  personOf,
  type Staff,
  visitor,
} from './world/visitor.ts'

const counted = vi.hoisted(() => ({ stretches: 0 }))
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  const argon2: typeof real.argon2 = (...asked) => {
    counted.stretches += 1
    return real.argon2(...asked)
  }
  return { ...real, argon2 }
})

let world: TestWorld
let served: Served
let ada: Staff

beforeAll(async () => {
  world = await testWorld('costly')
  served = serveWorld(world)
  ada = await beginAgency(world, served, 'Quay House')
})
beforeEach(() => forgetSteps(world))
afterAll(() => world.close())

/** What an answer cost: its status, its text without what was typed, its statements, its slow derivations. */
async function costOf(login: string, password: string) {
  const statements = vi.spyOn(pg.Client.prototype, 'query')
  const before = counted.stretches
  const answer = await visitor(served).post('/sign-in', { login, password })
  const asked = statements.mock.calls.map(([query]) => textOf(query))
  statements.mockRestore()
  const text = (await answer.text()).replaceAll(login, '…').replace(/Wait \d+ seconds/, 'Wait # seconds')
  const given = [...answer.headers].filter(([name]) => name !== 'date')
  return { status: answer.status, text, given, asked, stretches: counted.stretches - before }
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: unknown }).text)
}

async function failures(login: string, times: number) {
  const answers: string[] = []
  for (let i = 0; i < times; i += 1) {
    const answer = await visitor(served).post('/sign-in', { login, password: 'not this one, no' })
    answers.push(await answer.text())
    await world.owner
      .updateTable('access.attempt')
      .set({ retry_at: new Date(0) })
      .execute()
  }
  return answers
}

/** A machine under load could otherwise be slower than the first, short wait. */
async function waitLonger() {
  const longer = new Date(Date.now() + 60_000)
  await world.owner.updateTable('access.attempt').set({ retry_at: longer }).execute()
}

async function retryAt() {
  const row = await world.owner.selectFrom('access.attempt').select('retry_at').executeTakeFirst()
  return row === undefined ? null : (row.retry_at.getTime() - Date.now()) / 1000
}

async function age(column: 'seen_at' | 'started_at', interval: string) {
  await sql`update access.session set ${sql.ref(column)} = ${sql.ref(column)} - ${interval}::interval`.execute(
    world.owner,
  )
}

async function signedIn() {
  const browser = visitor(served)
  const answer = await enter(world, browser, ada)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/home'])
  return browser
}

describe('a password', () => {
  test('that is wrong and a login that nobody has get the same answer by the same work', async () => {
    const wrong = await costOf(ada.login, 'this is not the password')
    const unknown = await costOf('nobody-here@example.org', 'this is not the password')
    expect(wrong.status).toBe(422)
    expect(wrong.stretches).toBe(1)
    expect(wrong.asked.length).toBeGreaterThan(2)
    expect(unknown).toEqual(wrong)
  })

  test('waits the same for both once it was wrong too often', async () => {
    await failures(ada.login, 1)
    await failures('nobody-here@example.org', 1)
    await waitLonger()
    const wrong = await costOf(ada.login, 'this is not the password')
    const unknown = await costOf('nobody-here@example.org', 'this is not the password')
    expect(wrong.text).toContain('Wait # seconds')
    expect(wrong.stretches).toBe(0)
    expect(unknown).toEqual(wrong)
  })

  test('that is wrong again and again waits longer and longer, and never for good', async () => {
    const waits: number[] = []
    for (let i = 0; i < 12; i += 1) {
      await visitor(served).post('/sign-in', { login: ada.login, password: 'wrong wrong wrong' })
      waits.push((await retryAt()) ?? 0)
      await world.owner
        .updateTable('access.attempt')
        .set({ retry_at: new Date(0) })
        .execute()
    }
    expect(waits[0]).toBeLessThan(2)
    expect(waits[5]).toBeGreaterThan(waits[2] ?? 0)
    expect(Math.max(...waits)).toBeLessThanOrEqual(300)
    const browser = visitor(served)
    const answer = await browser.post('/sign-in', { login: ada.login, password: ada.password })
    expect((await giveCode(browser, await answer.text(), ada.authenticator)).status).toBe(303)
    expect(await retryAt()).toBeNull()
  })
})

describe('a code', () => {
  test('opens one session: used again it is a wrong one, also from the same page', async () => {
    const first = visitor(served)
    const page = await (await first.post('/sign-in', { login: ada.login, password: ada.password })).text()
    const second = visitor(served)
    await second.post('/sign-in', { login: ada.login, password: ada.password })
    expect((await giveCode(first, page, ada.authenticator)).status).toBe(303)
    const replayed = await giveCode(second, page, ada.authenticator)
    expect(replayed.status).toBe(422)
    expect(await replayed.text()).toContain('used already')
    expect((await second.get('/account')).status).toBe(401)
    const again = await giveCode(first, page, ada.authenticator)
    expect([again.status, again.headers.get('location')]).toEqual([303, '/sign-in'])
  })

  test('of an earlier half minute does not count once a later one was used', async () => {
    await signedIn()
    await world.owner
      .updateTable('access.account')
      .set({ totp_step: Math.floor(Date.now() / 30_000) + 1 })
      .execute()
    const browser = visitor(served)
    const page = await (await browser.post('/sign-in', { login: ada.login, password: ada.password })).text()
    expect((await giveCode(browser, page, ada.authenticator)).status).toBe(422)
  })

  test('that is wrong waits too: a password alone gives no endless tries', async () => {
    const browser = visitor(served)
    await browser.post('/sign-in', { login: ada.login, password: ada.password })
    const right = codeAt(ada.authenticator, Temporal.Now.instant())
    const wrong = right === '000000' ? '111111' : '000000'
    expect((await browser.post('/sign-in/code', { code: wrong })).status).toBe(422)
    expect(await retryAt()).toBeGreaterThan(-60)
    await waitLonger()
    const hurried = await browser.post('/sign-in/code', { code: right })
    expect(hurried.status).toBe(422)
    expect(await hurried.text()).toContain('Too many tries')
    const fresh = visitor(served)
    const again = await fresh.post('/sign-in', { login: ada.login, password: ada.password })
    expect(await again.text()).toContain('Too many tries')
    await world.owner
      .updateTable('access.attempt')
      .set({ retry_at: new Date(0) })
      .execute()
    expect((await browser.post('/sign-in/code', { code: right })).status).toBe(303)
  })

  test('comes too late after ten minutes', async () => {
    const browser = visitor(served)
    const page = await (await browser.post('/sign-in', { login: ada.login, password: ada.password })).text()
    await age('started_at', '10 minutes')
    const late = await giveCode(browser, page, ada.authenticator)
    expect([late.status, late.headers.get('location')]).toEqual([303, '/sign-in'])
    expect((await browser.get('/account')).status).toBe(401)
  })
})

describe('somebody who was let go', () => {
  test('is told so after a right password and a right code, and not before', async () => {
    const gone = await joinAgency(world, served, ada, { name: 'Gone', roles: ['worker'] })
    const admin = await personOf(world, served, ada)
    await admin.act((db, actor) => letGo(db, actor, gone.accountId))
    const reason = 'You are no longer a member of an agency here. Ask an administrator.'
    await forgetSteps(world)
    const wrong = await costOf(gone.login, 'this is not the password')
    await forgetSteps(world)
    const unknown = await costOf('nobody-here@example.org', 'this is not the password')
    expect(wrong).toEqual(unknown)
    await forgetSteps(world)
    const browser = visitor(served)
    const asks = await (await browser.post('/sign-in', { login: gone.login, password: gone.password })).text()
    expect(asks).not.toContain('no longer a member')
    const right = codeAt(gone.authenticator, Temporal.Now.instant())
    const badCode = await browser.post('/sign-in/code', { code: right === '000000' ? '111111' : '000000' })
    expect([badCode.status, (await badCode.text()).includes(reason)]).toEqual([422, false])
    await forgetSteps(world)
    const told = await giveCode(browser, asks, gone.authenticator)
    expect([told.status, (await told.text()).includes(reason)]).toEqual([403, true])
    expect(browser.cookies.size).toBe(0)
    const left = await world.owner
      .selectFrom('access.session')
      .select('stage')
      .where('account_id', '=', gone.accountId)
      .execute()
    expect(left).toEqual([])
  })
})

describe('a session', () => {
  test('ends after fifteen idle minutes, and not before', async () => {
    const browser = await signedIn()
    await age('seen_at', '14 minutes')
    expect((await browser.get('/account')).status).toBe(200)
    await age('seen_at', '14 minutes')
    expect((await browser.get('/account')).status).toBe(200)
    await age('seen_at', '15 minutes 1 second')
    expect((await browser.get('/account')).status).toBe(401)
  })

  test('ends after twelve hours, however busy', async () => {
    const browser = await signedIn()
    await age('started_at', '12 hours')
    expect((await browser.get('/account')).status).toBe(401)
  })

  test('keeps no secret once it is over and swept', async () => {
    const browser = await signedIn()
    await age('seen_at', '16 minutes')
    await sql`select access.sweep()`.execute(world.pools.jobs)
    const left = await world.owner.selectFrom('access.session').select('secret').execute()
    expect(left.every((row) => row.secret.length === 0)).toBe(true)
    expect((await browser.get('/account')).status).toBe(401)
  })

  test('ends at sign-out, in the database and in the browser', async () => {
    const browser = await signedIn()
    const cookies = new Map(browser.cookies)
    const answer = await browser.post('/sign-out', {})
    expect(answer.headers.get('clear-site-data')).toBe('"storage"')
    expect([...browser.cookies]).toEqual([])
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    expect((await browser.get('/account')).status).toBe(401)
  })

  test('is not opened by a cookie that waits for its code', async () => {
    const browser = visitor(served)
    await browser.post('/sign-in', { login: ada.login, password: ada.password })
    browser.cookies.set('session-3000', browser.cookies.get('step-3000') ?? '')
    expect((await browser.get('/account')).status).toBe(401)
  })

  test('leaves nothing in the database that its cookie could be read from', async () => {
    const browser = await signedIn()
    const cookie = browser.cookies.get('session-3000') ?? ''
    const rows = await sql<{ row: string }>`select to_jsonb(s)::text as row from access.session s`.execute(
      world.owner,
    )
    const hex = Buffer.from(cookie, 'base64url').toString('hex')
    expect(cookie).toHaveLength(43)
    expect(rows.rows.some(({ row }) => row.includes(cookie) || row.includes(hex))).toBe(false)
  })
})
