import { PassThrough, type Readable } from 'node:stream'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { fingerprint, fingerprintWords, newPartySecrets, packPartySecrets, sealTo } from '#platform/crypto'

import { sql } from 'kysely'

import { letGo, setRoles } from '../src/parties/member.actions.ts'
import { type TestWorld, testWorld } from './world/agencies.ts'
import { anydoor } from './world/command-line.ts'
import { type Served, serveWorld } from './world/served.ts'
import { beginAgency, enter, forgetSteps, formsOf, giveCode, joinAgency, personOf } from './world/visitor.ts'
import { secretOn, type Staff, visitor, wordsOn } from './world/visitor.ts'

let world: TestWorld
let served: Served
let ada: Staff
let agencies = 0

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
})
beforeEach(async () => {
  ada = await beginAgency(world, served, `Quay House ${(agencies += 1)}`)
  await forgetSteps(world)
})
afterAll(() => world.close())

const password = 'the new one has a long password'
const address = () => `kim-${agencies}@example.org`

const recover = (args: readonly string[], input: string | Readable) =>
  anydoor(
    ['recover', ...args],
    { DATABASE_URL: world.database.ownerUrl, KEYS_DIR: world.database.keysDir },
    input,
  )
const link = (sheet: string | Readable, login = address()) =>
  recover(['--login', login, '--name', 'Kim'], sheet)
const admit = (sheet: string, words: readonly string[]) => recover(['--words', words.join(' ')], sheet)

async function signedIn(who: Staff) {
  const browser = visitor(served)
  expect((await enter(world, browser, who)).status).toBe(303)
  return browser
}

async function sheetOf(who: Staff): Promise<string> {
  return secretOn(await (await (await signedIn(who)).post('/agency/sheet', {})).text())
}

async function answered(said: string, login = address()): Promise<readonly string[]> {
  const path = /\/join\/\S+/.exec(said)?.[0] ?? ''
  return wordsOn(await (await visitor(served).post(path, { login, password })).text())
}

/** Signs in for the first time, setting up the authenticator. */
async function newcomer(login = address()): Promise<Staff> {
  await forgetSteps(world)
  const browser = visitor(served)
  const page = await (await browser.post('/sign-in', { login, password })).text()
  const authenticator =
    formsOf(page)
      .flatMap((form) => form.fields)
      .find(([name]) => name === 'secret')?.[1] ?? ''
  expect((await giveCode(browser, page, authenticator)).status).toBe(303)
  return { ...ada, login, password, authenticator, recoveryCode: '' }
}

async function refusedWith(done: ReturnType<typeof recover>, says: string) {
  const { code, said, complained } = await done
  expect([code, said]).toEqual([2, ''])
  expect(complained).toMatch(/^[^\n]+\n$/)
  expect(complained).toContain(says)
}

const membersOf = (partyId: string) =>
  world.owner.selectFrom('access.membership').select('account_id').where('party_id', '=', partyId).execute()

test('the sheet makes one link, six words are compared, and the new administrator opens what was sealed before', async () => {
  const before = await signedIn(ada)
  const gone = await joinAgency(world, served, ada, { name: 'Gone', roles: ['worker'] })
  const admin = await personOf(world, served, ada)
  await admin.act((db, actor) => letGo(db, actor, gone.accountId))
  const sheet = await sheetOf(ada)
  const asked = await link(`${sheet}\n`)
  expect([asked.code, asked.complained]).toEqual([0, ''])
  expect(asked.said).toContain(`administrator of Quay House ${agencies}`)
  expect(asked.said).not.toContain(sheet)
  const words = await answered(asked.said)
  expect(words).toHaveLength(6)
  expect(await (await visitor(served).post('/sign-in', { login: address(), password })).text()).not.toContain(
    '/sign-in/code',
  )
  await refusedWith(admit(sheet, fingerprintWords(fingerprint(new Uint8Array(32)))), 'not the six words')
  expect(await membersOf(ada.partyId)).toHaveLength(2)
  const done = await admit(sheet, words)
  expect([done.code, done.complained]).toEqual([0, ''])
  expect(done.said).toContain('Print a new one')
  const kim = await newcomer()
  const held = (who: Staff) =>
    personOf(world, served, who).then((one) => one.act(async (_db, { keys }) => keys))
  const [theirs, old] = [await held(kim), await held(ada)]
  expect([...theirs.versions.keys()]).toEqual([1, 2])
  expect(theirs.party.data).toEqual(old.party.data)
  expect(theirs.versions.get(1)?.data).toEqual(old.versions.get(1)?.data)
  const page = await (await (await signedIn(kim)).get('/agency')).text()
  expect(page).toContain(`Quay House ${agencies} first`)
  expect(page).toContain('No recovery sheet is printed')
  const ledger = await (await before.get('/agency/ledger')).text()
  expect(ledger).toContain('The recovery sheet was used at the machine: a link for a new administrator.')
  expect(ledger).toContain('The recovery sheet was used at the machine: a new administrator was let in.')
})

test('a used sheet opens nothing more, and says to print a new one; the new one opens again', async () => {
  const sheet = await sheetOf(ada)
  await admit(sheet, await answered((await link(sheet)).said))
  const kim = await newcomer()
  await refusedWith(link(sheet, 'other@example.org'), 'prints a new one')
  const rows = await world.owner
    .selectFrom('keyring.party_sheet')
    .select('secrets')
    .where('party_id', '=', ada.partyId)
    .execute()
  expect(rows.map((row) => row.secrets.length)).toEqual([0])
  const next = await sheetOf(kim)
  expect((await link(next, 'other@example.org')).code).toBe(0)
  await refusedWith(link(sheet, 'other@example.org'), 'not the key of a sheet')
})

test('a sheet opens its own agency and no other, and admits only from its own link', async () => {
  const other = await beginAgency(world, served, `Far Clinic ${agencies}`)
  const [sheet, theirs] = [await sheetOf(ada), await sheetOf(other)]
  const words = await answered((await link(sheet)).said)
  await refusedWith(
    admit(theirs, words),
    `Nobody has answered a link of this sheet for Far Clinic ${agencies}`,
  )
  const login = `ben-${agencies}@example.org`
  const admin = await signedIn(ada)
  const invited = await admin.post('/agency/invite', [
    ['name', 'Ben'],
    ['login', login],
    ['roles', 'agency-administrator'],
  ])
  const path = new URL(secretOn(await invited.text())).pathname
  const ben = wordsOn(await (await visitor(served).post(path, { login, password })).text())
  expect(ben).toHaveLength(6)
  await refusedWith(admit(sheet, ben), 'not the six words')
  expect(await membersOf(ada.partyId)).toHaveLength(1)
  expect(await membersOf(other.partyId)).toHaveLength(1)
})

test('a wrong sheet waits as a wrong password does, and the right one after it too', async () => {
  const sheet = await sheetOf(ada)
  // Why not A for B: they differ in a bit that the curve clamps, so both name the same key.
  const wrong = sheet.replace(/^./, /^[AB]/.test(sheet) ? 'Z' : 'A')
  for (const typed of [wrong, 'nonsense', '', sheet.slice(1)]) {
    await refusedWith(link(typed), 'not the key of a sheet')
    await refusedWith(link(sheet), 'Too many wrong tries')
    await forgetSteps(world)
  }
  expect((await link(sheet)).code).toBe(0)
})

test('a colleague who is still there can end the link before anybody is let in', async () => {
  const sheet = await sheetOf(ada)
  const words = await answered((await link(sheet)).said)
  const admin = await signedIn(ada)
  const page = await (await admin.get('/agency')).text()
  expect(wordsOn(page)).toEqual(words)
  const path = formsOf(page).find((form) => form.action.startsWith('/agency/invitations/'))?.action ?? ''
  await admin.post(path, { act: 'end' })
  await refusedWith(admit(sheet, words), 'Nobody has answered')
})

test('a link runs out after 72 hours, and a newer one ends it', async () => {
  const sheet = await sheetOf(ada)
  const first = /\/join\/\S+/.exec((await link(sheet)).said)?.[0] ?? ''
  const { rows } = await sql<{ hours: number }>`
    select round(extract(epoch from ends_at - clock_timestamp()) / 3600)::integer as hours
    from parties.invitation where party_id = ${ada.partyId}`.execute(world.owner)
  expect(rows).toEqual([{ hours: 72 }])
  expect((await visitor(served).get(first)).status).toBe(200)
  expect((await link(sheet)).code).toBe(0)
  expect((await visitor(served).get(first)).status).toBe(410)
})

test('an address that signs in here already is refused while another can still be given', async () => {
  const sheet = await sheetOf(ada)
  await refusedWith(link(sheet, ada.login), 'Give another address')
  expect((await link(sheet)).code).toBe(0)
})

test('a sheet that is older than the agency’s keys opens nothing and says so', async () => {
  const gone = await joinAgency(world, served, ada, { name: 'Left', roles: ['worker'] })
  const sheet = await sheetOf(ada)
  const admin = await personOf(world, served, ada)
  await admin.act((db, actor) => setRoles(db, actor, gone.accountId, ['worker', 'lead']))
  expect((await link(sheet)).code).toBe(0)
  await admin.act((db, actor) => letGo(db, actor, gone.accountId))
  await refusedWith(link(sheet), 'Only a newer sheet does')
})

test('secrets that somebody with the database puts there for the sheet are noticed, with their public half or without', async () => {
  const sheet = await sheetOf(ada)
  const mine = await world.owner
    .selectFrom('keyring.party_sheet')
    .selectAll()
    .where('party_id', '=', ada.partyId)
    .executeTakeFirstOrThrow()
  const forged = newPartySecrets()
  const write = (values: { secrets: Uint8Array }) =>
    world.owner.updateTable('keyring.party_sheet').set(values).where('party_id', '=', ada.partyId).execute()
  await write({ secrets: sealTo(mine.sheet_public, packPartySecrets(forged)) })
  await refusedWith(link(sheet), 'not what was sealed')
  await world.owner
    .updateTable('keyring.party_key')
    .set({ box_public: forged.box.publicKey, sign_public: forged.sign.publicKey })
    .where('party_id', '=', ada.partyId)
    .execute()
  await refusedWith(link(sheet), 'not what was sealed')
  await write({ secrets: mine.secrets })
  await refusedWith(link(sheet), 'not what was sealed')
})

test('on a terminal the key is asked for and never shown; breaking off changes nothing', async () => {
  const sheet = await sheetOf(ada)
  const terminal = (typed: string) => {
    const raw: boolean[] = []
    const stream = new PassThrough()
    stream.write(typed)
    return { raw, stream: Object.assign(stream, { isTTY: true, setRawMode: (on: boolean) => raw.push(on) }) }
  }
  const shown = terminal(`x\u007F${sheet}\r`)
  const asked = await link(shown.stream)
  expect(asked).toMatchObject({ code: 0, said: expect.stringContaining('/join/') })
  expect(asked.complained).toBe('The key on the recovery sheet (it is not shown): \n')
  expect(asked.said).not.toContain(sheet)
  expect(shown.raw).toEqual([true, false])
  const broken = terminal(`${sheet}\u0003`)
  expect(await link(broken.stream)).toMatchObject({
    code: 2,
    complained: expect.stringContaining('Broken off'),
  })
  expect(broken.raw).toEqual([true, false])
})
