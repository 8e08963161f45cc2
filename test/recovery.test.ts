import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { codeAt } from '#platform/auth'

import { type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'
import { beginAgency, enter, forgetSteps, joinAgency, secretOn, type Staff } from './world/visitor.ts'
import { visitor, wordsOn } from './world/visitor.ts'

let world: TestWorld
let served: Served
let ada: Staff
let ben: Staff
let cleo: Staff
let operator: Staff

beforeAll(async () => {
  world = await testWorld('costly')
  served = serveWorld(world)
  ada = await beginAgency(world, served, 'Quay House')
  ben = await joinAgency(world, served, ada, { name: 'Ben', roles: ['agency-administrator'] })
  cleo = await joinAgency(world, served, ada, { name: 'Cleo', roles: ['worker'] })
  operator = await beginAgency(world, served, 'The Engine Room', { sector: 'operator', roles: ['operator'] })
})
beforeEach(() => forgetSteps(world))
afterAll(() => world.close())

const next = 'a new and longer password'

async function opens(who: Pick<Staff, 'login' | 'password' | 'authenticator'>): Promise<boolean> {
  const browser = visitor(served)
  try {
    return (await enter(world, browser, who)).headers.get('location') === '/home'
  } catch {
    return false
  }
}

async function signedIn(who: Staff) {
  const browser = visitor(served)
  expect((await enter(world, browser, who)).status).toBe(303)
  return browser
}

async function recover(fields: Readonly<Record<string, string>>) {
  const answer = await visitor(served).post('/recover', fields)
  return { status: answer.status, page: await answer.text() }
}

async function keysOf(who: Staff) {
  const row = await world.owner
    .selectFrom('keyring.account_key')
    .selectAll()
    .where('account_id', '=', who.accountId)
    .executeTakeFirstOrThrow()
  return { publicKey: row.public_key.toString('hex'), secret: row.secret.toString('hex') }
}

async function recoveryAsked(who: Staff) {
  return world.owner
    .selectFrom('access.recovery')
    .select(['id', 'state'])
    .where('account_id', '=', who.accountId)
    .execute()
}

describe('a change of password', () => {
  test('ends the old password and every other session, and keeps the same keys', async () => {
    const other = await signedIn(ada)
    const here = await signedIn(ada)
    const before = await keysOf(ada)
    const wrong = await here.post('/account/password', { password: 'wrong wrong wrong', newPassword: next })
    expect(wrong.status).toBe(422)
    expect((await other.get('/account')).status).toBe(200)
    const done = await here.post('/account/password', { password: ada.password, newPassword: next })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/account?done=password'])
    expect((await other.get('/account')).status).toBe(401)
    expect((await here.get('/account')).status).toBe(200)
    const after = await keysOf(ada)
    expect(after.publicKey).toBe(before.publicKey)
    expect(after.secret).not.toBe(before.secret)
    expect(await opens(ada)).toBe(false)
    ada.password = next
    expect(await opens(ada)).toBe(true)
  })

  test('made twice at once takes effect once, and the other is told', async () => {
    const one = await signedIn(ada)
    const answers = await Promise.all(
      ['the first of two passwords', 'the second of two passwords'].map((newPassword) =>
        one.post('/account/password', { password: ada.password, newPassword }),
      ),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, 409])
    const won = answers[0]?.status === 303 ? 'the first of two passwords' : 'the second of two passwords'
    ada.password = won
    expect(await opens(ada)).toBe(true)
  })

  test('keeps the recovery code', async () => {
    const lost = { lost: 'authenticator', login: ada.login, password: ada.password }
    const done = await recover({ ...lost, recovery: ada.recoveryCode })
    expect(done.status).toBe(200)
    ada.recoveryCode = secretOn(done.page)
    ada.authenticator = secretOn(done.page, 'authenticator').replaceAll(' ', '')
    expect(await opens(ada)).toBe(true)
  })
})

describe('a recovery code', () => {
  test('with the authenticator sets a new password; the old password, sessions and the code itself end', async () => {
    const open = await signedIn(cleo)
    const code = codeAt(cleo.authenticator, Temporal.Now.instant())
    await forgetSteps(world)
    const lost = { lost: 'password', login: cleo.login, newPassword: next }
    const done = await recover({ ...lost, code, recovery: cleo.recoveryCode })
    expect(done.status).toBe(200)
    expect((await open.get('/account')).status).toBe(401)
    expect(await opens(cleo)).toBe(false)
    expect(await opens({ ...cleo, password: next })).toBe(true)
    await forgetSteps(world)
    const dead = await recover({ ...lost, code, recovery: cleo.recoveryCode })
    expect(dead.status).toBe(422)
    cleo.password = next
    cleo.recoveryCode = secretOn(done.page)
  })

  test('with the password sets a new authenticator; codes of the old one open nothing', async () => {
    const old = cleo.authenticator
    const lost = { lost: 'authenticator', login: cleo.login, password: cleo.password }
    const done = await recover({ ...lost, recovery: cleo.recoveryCode })
    expect(done.status).toBe(200)
    cleo.authenticator = secretOn(done.page, 'authenticator').replaceAll(' ', '')
    cleo.recoveryCode = secretOn(done.page)
    expect(cleo.authenticator).not.toBe(old)
    expect(await opens({ ...cleo, authenticator: old })).toBe(false)
    expect(await opens(cleo)).toBe(true)
  })

  test('alone, or with a code of the authenticator that was used, opens nothing', async () => {
    const code = codeAt(cleo.authenticator, Temporal.Now.instant())
    await signedIn(cleo)
    const lost = { lost: 'password', login: cleo.login, recovery: cleo.recoveryCode, newPassword: next }
    expect((await recover({ ...lost, code })).status).toBe(422)
    expect((await recover({ ...lost, lost: 'authenticator', password: 'not the password' })).status).toBe(422)
    expect(await opens(cleo)).toBe(true)
  })

  test('that somebody found gives no endless tries at the six digits', async () => {
    const lost = { lost: 'password', login: cleo.login, recovery: cleo.recoveryCode, newPassword: next }
    const right = codeAt(cleo.authenticator, Temporal.Now.instant())
    const wrong = right === '000000' ? '111111' : '000000'
    expect((await recover({ ...lost, code: wrong })).page).toContain('That code is not right')
    const longer = new Date(Date.now() + 60_000)
    const counted = await world.owner
      .updateTable('access.attempt')
      .set({ retry_at: longer })
      .executeTakeFirst()
    expect(counted.numUpdatedRows).toBe(1n)
    expect((await recover({ ...lost, code: right })).page).toContain('Too many tries')
  })

  test('says the same of a login that nobody has and of a code that is not theirs', async () => {
    const lost = { lost: 'both', newPassword: next, recovery: ada.recoveryCode }
    const known = await recover({ ...lost, login: cleo.login })
    const unknown = await recover({ ...lost, login: 'nobody-here@example.org' })
    expect(known.status).toBe(422)
    expect(unknown.page.replaceAll('nobody-here@example.org', '…')).toBe(
      known.page.replaceAll(cleo.login, '…'),
    )
  })
})

describe('password and authenticator both lost', () => {
  const asked = () => ({ lost: 'both', login: ben.login, recovery: ben.recoveryCode, newPassword: next })

  test('a colleague compares six words and confirms; only then a new password and authenticator', async () => {
    const open = await signedIn(ben)
    const ask = await recover(asked())
    const words = wordsOn(ask.page)
    expect(words).toHaveLength(6)
    expect((await open.get('/account')).status).toBe(200)
    expect(wordsOn((await recover(asked())).page)).toEqual(words)
    expect(await recoveryAsked(ben)).toHaveLength(1)
    const administrator = await signedIn(ada)
    const page = await (await administrator.get('/agency')).text()
    expect(wordsOn(page)).toEqual(words)
    const [one] = await recoveryAsked(ben)
    await administrator.post(`/agency/recoveries/${one?.id}`, {})
    expect(await opens(ben)).toBe(true)
    const done = await recover(asked())
    expect(done.status).toBe(200)
    expect((await open.get('/account')).status).toBe(401)
    expect(await opens(ben)).toBe(false)
    const now = {
      ...ben,
      password: next,
      recoveryCode: secretOn(done.page),
      authenticator: secretOn(done.page, 'authenticator').replaceAll(' ', ''),
    }
    expect(await opens(now)).toBe(true)
    expect((await recover(asked())).status).toBe(422)
    expect((await recoveryAsked(ben)).map((row) => row.state)).toEqual(['used'])
    Object.assign(ben, now)
  })

  test('nobody confirms themselves, no worker confirms anybody, and neither does the operator', async () => {
    const own = await signedIn(ben)
    const worker = await signedIn(cleo)
    const engineer = await signedIn(operator)
    await recover(asked())
    const one = (await recoveryAsked(ben)).find((row) => row.state === 'asked')
    const path = `/agency/recoveries/${one?.id}`
    await own.post(path, {})
    expect((await worker.post(path, {})).status).toBe(404)
    expect((await engineer.post(path, {})).status).toBe(404)
    expect((await recoveryAsked(ben)).filter((row) => row.state === 'confirmed')).toEqual([])
    const still = await recover(asked())
    expect(wordsOn(still.page)).toHaveLength(6)
    expect(await opens(ben)).toBe(true)
  })

  test('another agency’s administrator sees and confirms nothing', async () => {
    const stranger = await signedIn(await beginAgency(world, served, 'Far Clinic'))
    const one = (await recoveryAsked(ben)).find((row) => row.state === 'asked')
    expect(wordsOn(await (await stranger.get('/agency')).text())).toEqual([])
    await stranger.post(`/agency/recoveries/${one?.id}`, {})
    expect((await recoveryAsked(ben)).filter((row) => row.state === 'confirmed')).toEqual([])
  })
})

test('the operator’s page holds no way to anybody’s password, keys or cases', async () => {
  const engineer = await signedIn(operator)
  const page = await (await engineer.get('/installation')).text()
  expect(page).not.toMatch(/href="\/(agency|cases|work)|recover|reset/)
  for (const path of ['/agency', `/agency/members/${cleo.accountId}`, '/cases', '/work'])
    expect([path, (await engineer.get(path)).status]).toEqual([path, 404])
})
