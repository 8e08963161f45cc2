import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createApp } from '../src/app.ts'
import { askToSignIn } from '../src/parties/routes.ts'
import { roomsOf } from '../src/rooms.ts'
import { readConfig } from '#platform/config'
import { createLog } from '#platform/http'

import { type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'
import { beginAgency, enter, type Fields, formsOf, giveCode, type Staff, visitor } from './world/visitor.ts'
import { forgetSteps } from './world/visitor.ts'

let world: TestWorld
let served: Served
let ada: Staff
let ben: Staff

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  ada = await beginAgency(world, served, 'Quay House')
  ben = await beginAgency(world, served, 'Hill Clinic', { sector: 'mental-health' })
})
afterAll(() => world.close())

const marker = 'Ash-4471'
const long = `${'A long talk, all of it. '.repeat(800)}\n\n  — ${marker}`
const written: Fields = [
  ['name', 'Zoë “Ash” Ó Briain 👩‍👧 قلب'],
  ['roles', 'worker'],
  ['title', `\n\nTwo blank lines before, <b>marks</b> & "quotes" in it,\nand a blank after `],
  ['roles', 'lead'],
  ['login', 'zoe@example.org'],
  ['empty', ''],
  ['note', long],
  ['password', 'never carried anywhere'],
  ['newPassword', 'never carried anywhere'],
]
const kept = written.filter(([name]) => !/password/i.test(name))

/** Somebody writes, is away for a while, and sends; the answer asks to sign in. */
async function sendTooLate(fields: Fields = written, path = '/agency/invite?from=list') {
  const browser = visitor(served)
  await enter(world, browser, ada)
  await sql`update access.session set seen_at = seen_at - interval '16 minutes'`.execute(world.owner)
  await sql`select access.sweep()`.execute(world.pools.jobs)
  const answer = await browser.post(path, fields)
  return { browser, status: answer.status, page: await answer.text() }
}

async function signInOn(page: string, browser: ReturnType<typeof visitor>, who: Staff) {
  await forgetSteps(world)
  const form = formsOf(page).find((each) => each.action === '/sign-in')
  const carried = (form?.fields ?? []).filter(([name]) => name !== 'login' && name !== 'password')
  const wrong = await browser.post('/sign-in', [
    ...carried,
    ['login', who.login],
    ['password', 'wrong wrong'],
  ])
  await forgetSteps(world)
  const again = formsOf(await wrong.text()).find((each) => each.action === '/sign-in')
  const still = (again?.fields ?? []).filter(([name]) => name !== 'password')
  const answer = await browser.post('/sign-in', [...still, ['password', who.password]])
  return giveCode(browser, await answer.text(), who.authenticator)
}

async function everyRow(): Promise<string> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'pgboss')`.execute(world.owner)
  const texts = []
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.raw(name)} t`.execute(
      world.owner,
    )
    texts.push(...rows.rows.map(({ row }) => row))
  }
  return texts.join('\n')
}

describe('a form sent after the session died', () => {
  test('comes back whole after signing in, a wrong password between, and can be sent', async () => {
    const late = await sendTooLate()
    expect(late.status).toBe(401)
    expect(late.page).toContain('it comes back as you wrote it')
    expect(late.page).not.toContain(marker)
    const back = await signInOn(late.page, late.browser, ada)
    expect(back.status).toBe(200)
    const form = formsOf(await back.text()).find((each) => each.action.startsWith('/agency'))
    expect(form?.action).toBe('/agency/invite?from=list')
    expect(form?.fields).toEqual(kept)
    const sent = await late.browser.post('/agency/invite', form?.fields ?? [])
    expect(sent.status).toBe(200)
    expect(await sent.text()).toContain('Zoë')
  })

  test('is kept nowhere here, and its passwords nowhere at all', async () => {
    const late = await sendTooLate([['note', marker], ...written.filter(([name]) => /password/i.test(name))])
    const stored = await everyRow()
    const hex = Buffer.from(marker).toString('hex')
    expect(stored).not.toContain(marker)
    expect(stored).not.toContain(hex)
    const back = await (await signInOn(late.page, late.browser, ada)).text()
    expect(back).toContain(marker)
    expect(back).not.toContain('never carried')
  })

  test('is not shown to another person who signs in on the same browser', async () => {
    const late = await sendTooLate()
    const back = await signInOn(late.page, late.browser, ben)
    expect([back.status, back.headers.get('location')]).toEqual([303, '/home'])
    expect(await back.text()).not.toContain(marker)
  })

  test('does not come back in another browser', async () => {
    const late = await sendTooLate()
    const other = visitor(served)
    expect((await signInOn(late.page, other, ada)).status).toBe(303)
  })

  test('comes back at the largest size a form may have, and a larger one is refused in a sentence', async () => {
    const most = 'é'.repeat(40_000)
    const late = await sendTooLate([['note', most]])
    const back = formsOf(await (await signInOn(late.page, late.browser, ada)).text())
    expect(back.find((each) => each.action.startsWith('/agency'))?.fields).toEqual([['note', most]])
    const over = await sendTooLate([['note', 'é'.repeat(60_000)]])
    expect(over.status).toBe(413)
  })

  test('that nobody can be found for is said to be lost, with what to do', async () => {
    const browser = visitor(served)
    browser.cookies.set('session-3000', 'x'.repeat(43))
    const answer = await browser.post('/agency/invite', { name: marker })
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('go back in your browser')
  })
})

test('a page asked for without a session is where signing in leads, its question included', async () => {
  const browser = visitor(served)
  const asked = await browser.get('/agency/partners?view=all&again')
  const page = asked.status === 303 ? await browser.get(asked.headers.get('location') ?? '') : asked
  expect(page.status).toBe(401)
  const back = await signInOn(await page.text(), browser, ada)
  expect(back.headers.get('location')).toBe('/agency/partners?view=all')
})

test('signing in leads nowhere but to this site', async () => {
  await forgetSteps(world)
  for (const then of ['https://example.com/', '//example.com/', '/\\example.com', 'javascript:alert(1)']) {
    const browser = visitor(served)
    const fields = { login: ada.login, password: ada.password, then }
    const page = await (await browser.post('/sign-in', fields)).text()
    await forgetSteps(world)
    const back = await giveCode(browser, page, ada.authenticator)
    expect(back.headers.get('location')).toBe('/home')
  }
})

test('a link from a mail loads once more, then shows the page; a form from elsewhere is refused', async () => {
  const browser = visitor(served)
  await enter(world, browser, ada)
  const cross = { 'sec-fetch-site': 'cross-site' }
  const first = await browser.get('/agency/partners?view=all', cross)
  const text = await first.text()
  expect(first.status).toBe(200)
  expect(text).toContain('content="0; url=?view=all&amp;again"')
  expect(text).not.toContain('Quay House')
  const again = await browser.get('/agency/partners?view=all&again')
  expect([again.status, again.headers.get('location')]).toEqual([303, '/agency/partners?view=all'])
  expect((await browser.get('/agency/partners?view=all')).status).toBe(200)
  expect((await visitor(served).get('/agency/partners?again', cross)).status).toBe(401)
  const forged = await served.app.request('http://127.0.0.1:3000/sign-out', {
    method: 'POST',
    headers: { host: '127.0.0.1:3000', origin: 'https://example.com' },
  })
  expect(forged.status).toBe(403)
  expect((await browser.get('/agency')).status).toBe(200)
})

describe('cookies', () => {
  test('on loopback have a name of their own, and end with the browser', async () => {
    const answer = await visitor(served).post('/sign-in', { login: ada.login, password: ada.password })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^step-3000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ])
  })

  test('over https are locked to the host', async () => {
    const config = readConfig({ PUBLIC_URL: 'https://door.example.org', DATA_DIR: '/nowhere' }, '/')
    if ('refused' in config) throw new Error(config.message)
    const { rooms } = roomsOf({ config, variables: {} })
    const { pools, installation } = world
    const log = createLog({ level: 'silent' })
    const app = createApp({ config, pools, installation, log, rooms, demo: false, checks: [], askToSignIn })
    await forgetSteps(world)
    const answer = await app.request('https://door.example.org/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ login: ada.login, password: ada.password }),
      headers: { host: 'door.example.org', 'sec-fetch-site': 'same-origin' },
    })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-step=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ])
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
  })

  test('are not given before anybody signs in', async () => {
    for (const path of ['/', '/sign-in', '/recover', '/agency'])
      expect((await visitor(served).get(path)).headers.getSetCookie()).toEqual([])
  })
})
