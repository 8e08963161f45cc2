import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { CardBody, openFile, saveCard, startCase } from '#people'
import { type Actor, type CaseKey, openWrap, rewrapForMembers } from '#platform/access'
import {
  fromText,
  newBoxPair,
  newPartySecrets,
  openBytes,
  openSealed,
  packPartySecrets,
} from '#platform/crypto'
import { sealTo } from '#platform/crypto'

import { openFromSheet } from '../src/parties/sheet.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'
import {
  askedToAdmit,
  beginAgency,
  enter,
  forgetSteps,
  joinAgency,
  personOf,
  secretOn,
} from './world/visitor.ts'
import { type Staff, visitor, wordsOn } from './world/visitor.ts'

let world: TestWorld
let served: Served
let ada: Staff
let admin: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  ada = await beginAgency(world, served, 'Quay House')
  admin = await personOf(world, served, ada)
})
beforeEach(() => forgetSteps(world))
afterAll(() => world.close())

async function newCase(by: Person, name: string): Promise<string> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const saved = await saveCard(
      db,
      actor,
      { caseId, id: null, version: 0 },
      {
        ...CardBody.parse({ role: 'survivor', name }),
      },
    )
    if ('refused' in saved) throw new Error(saved.refused)
    return caseId
  })
}

/** Whether somebody reads the name that stands in a case. */
async function reads(who: Person, caseId: string, name: string): Promise<boolean> {
  const file = await who.act((db, actor) => openFile(db, actor, caseId))
  return JSON.stringify(file).includes(name)
}

async function invite(by: Person, name: string): Promise<{ readonly path: string; readonly login: string }> {
  const login = `${name.toLowerCase()}@example.org`
  const answer = await served.post('/agency/invite', { name, login, roles: ['worker'] }, by)
  return { path: new URL(secretOn(await answer.text())).pathname, login }
}

async function rowsOf(table: string, where: string, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.table(table)} where ${sql.ref(where)} = ${id}`.execute(world.owner)
  return rows[0]?.n ?? 0
}

describe('an invitation', () => {
  test('lets somebody in once both sides read the same words, and opens what was there before', async () => {
    const before = await newCase(admin, 'Rowan')
    const { path, login } = await invite(admin, 'Ben')
    const browser = visitor(served)
    const joined = await (await browser.post(path, { login, password: 'a password long enough' })).text()
    const asked = await browser.post('/sign-in', { login, password: 'a password long enough' })
    expect(asked.status).toBe(422)
    expect(await asked.text()).toContain('has not let you in yet')
    expect(browser.cookies.size).toBe(0)
    expect((await served.get(`/agency/members/${ada.accountId}`, admin)).status).toBe(200)
    const page = await (await served.get('/agency', admin)).text()
    const answer = await served.post(askedToAdmit(page, wordsOn(joined)), { act: 'admit' }, admin)
    expect(answer.headers.get('location')).toBe('/agency?done=admitted')
    const ben = await joinAgency(world, served, ada, { name: 'Bennet', roles: ['worker'] })
    expect(await reads(await personOf(world, served, ben), before, 'Rowan')).toBe(true)
  })

  test('works once, for its own address only, and not after its day', async () => {
    const { path, login } = await invite(admin, 'Dana')
    const password = 'a password long enough'
    const other = await visitor(served).post(path, { login: 'else@example.org', password })
    expect(other.status).toBe(422)
    const both = await Promise.all([1, 2].map(() => visitor(served).post(path, { login, password })))
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 410])
    expect((await visitor(served).get(path)).status).toBe(410)
    const late = await invite(admin, 'Late')
    await world.owner
      .updateTable('parties.invitation')
      .set({ ends_at: new Date(0) })
      .execute()
    expect((await visitor(served).get(late.path)).status).toBe(410)
    expect((await visitor(served).post(late.path, { login: late.login, password })).status).toBe(410)
    expect((await visitor(served).get('/join/nothing-of-ours')).status).toBe(410)
  })

  test('is answered by an administrator of this agency only, and by two at once it is answered once', async () => {
    const second = await joinAgency(world, served, ada, { name: 'Eve', roles: ['agency-administrator'] })
    const worker = await personOf(
      world,
      served,
      await joinAgency(world, served, ada, { name: 'Finn', roles: ['worker'] }),
    )
    const eve = await personOf(world, served, second)
    const stranger = await world.found('Far Clinic', 'mental-health')
    const { path, login } = await invite(admin, 'Gale')
    const joined = await visitor(served).post(path, { login, password: 'a password long enough' })
    const page = await (await served.get('/agency', admin)).text()
    const action = askedToAdmit(page, wordsOn(await joined.text()))
    const members = () => rowsOf('access.membership', 'party_id', admin.partyId)
    const before = await members()
    expect((await served.post(action, { act: 'admit' }, worker)).status).toBe(404)
    await served.post(action, { act: 'admit' }, stranger)
    expect(await members()).toBe(before)
    const both = await Promise.all([admin, eve].map((who) => served.post(action, { act: 'admit' }, who)))
    expect(both.map((answer) => answer.status)).toEqual([303, 303])
    expect(await members()).toBe(before + 1)
    expect((await served.post('/agency/invitations/nothing', { act: 'admit' }, admin)).status).toBe(404)
  })
})

describe('roles', () => {
  test('count from the next page on, in sessions that are open', async () => {
    const staff = await joinAgency(world, served, ada, { name: 'Hollis', roles: ['worker'] })
    const hollis = await personOf(world, served, staff)
    expect((await served.get('/agency', hollis)).status).toBe(404)
    const path = `/agency/members/${staff.accountId}`
    await served.post(path, { act: 'roles', roles: ['worker', 'agency-administrator'] }, admin)
    expect((await served.get('/agency', hollis)).status).toBe(200)
    await served.post(path, { act: 'roles', roles: ['worker'] }, admin)
    expect((await served.get('/agency', hollis)).status).toBe(404)
    expect((await served.post(path, { act: 'roles', roles: ['king'] }, admin)).status).toBe(422)
  })

  test('leave one administrator, also when two take them from each other at once', async () => {
    const first = await beginAgency(world, served, 'Two Heads', { roles: ['agency-administrator'] })
    const second = await joinAgency(world, served, first, { name: 'Ida', roles: ['agency-administrator'] })
    const people = [await personOf(world, served, first), await personOf(world, served, second)] as const
    const [one, two] = people
    const take = (by: Person, from: Person) =>
      served.post(`/agency/members/${from.accountId}`, { act: 'roles', roles: ['worker'] }, by)
    const answers = await Promise.all([take(one, two), take(two, one)])
    // Who comes second is told that somebody must stay, or, a moment later, is no administrator any more.
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, expect.toBeOneOf([404, 409])])
    const left = answers[0]?.status === 303 ? one : two
    const own = await take(left, left)
    expect(own.status).toBe(409)
    expect(await own.text()).toContain('Somebody must stay administrator')
    const remove = await served.post(`/agency/members/${left.accountId}`, { act: 'remove', roles: [] }, left)
    expect(await remove.text()).toContain('You cannot let yourself go')
  })
})

describe('letting somebody go', () => {
  test('ends their seals, sessions and wraps at once, and what comes after is not theirs', async () => {
    const staff = await joinAgency(world, served, ada, { name: 'Jules', roles: ['worker'] })
    const jules = await personOf(world, served, staff)
    const before = await newCase(jules, 'Sorrel')
    const closed = await newCase(jules, 'Tansy')
    await jules.act(async (db, actor) => {
      const wrap = await db
        .selectFrom('keyring.case_wrap')
        .selectAll()
        .where('case_id', '=', closed)
        .executeTakeFirstOrThrow()
      await rewrapForMembers(db, actor, openWrap(actor, wrap), [actor.accountId, admin.accountId])
    })
    const held = await jules.act(async (_db, actor) => actor)
    const path = `/agency/members/${staff.accountId}`
    expect((await served.post(path, { act: 'remove', roles: ['worker'] }, admin)).status).toBe(303)
    expect(await rowsOf('access.session', 'account_id', staff.accountId)).toBe(0)
    expect(await rowsOf('keyring.party_wrap', 'account_id', staff.accountId)).toBe(0)
    expect(await rowsOf('keyring.case_wrap', 'holder', staff.accountId)).toBe(0)
    expect((await served.get('/account', jules)).status).toBe(401)
    const again = await enter(world, visitor(served), staff)
    expect([again.status, again.headers.get('location')]).toEqual([403, null])
    expect(await rowsOf('access.session', 'account_id', staff.accountId)).toBe(0)
    const after = await newCase(admin, 'Umber')
    for (const key of await keysTried(held, after)) expect(key).toBeNull()
    expect(await reads(admin, before, 'Sorrel')).toBe(true)
    expect(await reads(admin, closed, 'Tansy')).toBe(true)
    expect(await reads(admin, after, 'Umber')).toBe(true)
    const newcomer = await joinAgency(world, served, ada, { name: 'Kit', roles: ['worker'] })
    expect(await reads(await personOf(world, served, newcomer), before, 'Sorrel')).toBe(true)
  })

  test('by two administrators at once makes one version after the other, and both are held by who is left', async () => {
    const first = await beginAgency(world, served, 'Three Heads', {
      roles: ['agency-administrator', 'worker'],
    })
    const names = ['Lou', 'Max', 'Noor'] as const
    const staff: Staff[] = []
    for (const name of names)
      staff.push(await joinAgency(world, served, first, { name, roles: ['agency-administrator', 'worker'] }))
    const one = await personOf(world, served, first)
    const [lou, max, noor] = staff
    if (lou === undefined || max === undefined || noor === undefined) throw new Error('missing')
    const two = await personOf(world, served, noor)
    const remove = (by: Person, gone: Staff) =>
      served.post(`/agency/members/${gone.accountId}`, { act: 'remove', roles: [] }, by)
    const answers = await Promise.all([remove(one, lou), remove(two, max)])
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    const versions = await Promise.all(
      [one, two].map((who) => who.act(async (_db, actor) => [...actor.keys.versions.keys()])),
    )
    expect(versions).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ])
    const caseId = await newCase(one, 'Vale')
    expect(await reads(two, caseId, 'Vale')).toBe(true)
    expect([(await remove(one, noor)).status, (await remove(one, noor)).status]).toEqual([303, 404])
    expect((await served.get('/account', two)).status).toBe(401)
  })
})

/** Everything that somebody's kept secrets could try on a case that was made after they went. */
async function keysTried(held: Actor, caseId: string): Promise<readonly (CaseKey | Uint8Array | null)[]> {
  const wrap = await world.owner
    .selectFrom('keyring.case_wrap')
    .selectAll()
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  const aads = [1, 2, 3, 4, 5].map((version) =>
    new TextEncoder().encode(`anydoor case wrap|${held.partyId}|${caseId}|1|${version}`),
  )
  const data = [...held.keys.versions.values()].map((keys) => keys.data)
  const later = await world.owner
    .selectFrom('keyring.party_wrap')
    .select('secrets')
    .where('party_id', '=', held.partyId)
    .where('version', '>', held.keys.party.version)
    .execute()
  expect(later.length).toBeGreaterThan(0)
  const pairs = [held.keys.user, ...[...held.keys.versions.values()].map((keys) => keys.box)]
  return [
    tried(() => openWrap(held, wrap)),
    ...data.flatMap((key) => aads.map((aad) => tried(() => openBytes(key, aad, wrap.wrap)))),
    ...pairs.map((pair) => tried(() => openSealed(pair, wrap.wrap))),
    ...pairs.flatMap((pair) => later.map((row) => tried(() => openSealed(pair, row.secrets)))),
  ]
}

function tried<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

test('a recovery sheet opens every version of the agency’s secrets, and printing a new one ends the old', async () => {
  const print = async () => fromText(secretOn(await (await served.post('/agency/sheet', {}, admin)).text()))
  const old = await print()
  const secretKey = await print()
  const rows = await world.owner
    .selectFrom('keyring.party_sheet')
    .selectAll()
    .where('party_id', '=', admin.partyId)
    .orderBy('version')
    .execute()
  const versions = await admin.act(async (_db, actor) => actor.keys.versions)
  expect(rows.map((row) => row.version)).toEqual([...versions.keys()])
  for (const row of rows) {
    const open = (key: Uint8Array) =>
      openFromSheet({ publicKey: row.sheet_public, secretKey: key }, admin.partyId, row)
    expect(open(secretKey).data).toEqual(versions.get(row.version)?.data)
    expect(tried(() => open(old))).toBeNull()
  }
})

test('a membership that somebody with the database writes for themselves opens nothing', async () => {
  const caseId = await newCase(admin, 'Willow')
  const writer = await world.found('Other House', 'housing')
  await sql`insert into access.membership (party_id, account_id, roles)
    values (${admin.partyId}, ${writer.accountId}, '{agency-administrator,worker,lead,privacy-lead}')`.execute(
    world.owner,
  )
  await sql`update access.session set party_id = ${admin.partyId} where account_id = ${writer.accountId}`.execute(
    world.owner,
  )
  expect((await served.get('/account', writer)).status).toBe(401)
  expect((await served.get('/agency', writer)).status).toBe(401)
  // Keys of their own making, sealed to themselves as the agency's next version.
  const forged = newPartySecrets()
  const user = newBoxPair()
  expect(tried(() => openSealed(user, sealTo(user.publicKey, packPartySecrets(forged))))).not.toBeNull()
  const own = await world.owner
    .selectFrom('keyring.account_key')
    .select('public_key')
    .where('account_id', '=', writer.accountId)
    .executeTakeFirstOrThrow()
  await sql`insert into keyring.party_wrap (party_id, version, account_id, secrets)
    values (${admin.partyId}, 1, ${writer.accountId}, ${sealTo(own.public_key, packPartySecrets(forged))})`.execute(
    world.owner,
  )
  const answer = await served.get(`/cases/${caseId}`, writer)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(await answer.text()).not.toContain('Willow')
})
