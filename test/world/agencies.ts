import { foundAgency, acceptPartner, admitMember, answer, introduce, invite, offerAsOwner } from '#parties'
import { asMember, type Actor, type Doorway, type Role, rowOf, type Sector } from '#platform/access'
import { newAuthenticator, passPassword, passCode, codeAt, setFirstAuthenticator } from '#platform/auth'
import { cryptoReady, type Installation, newCookie, openInstallation } from '#platform/crypto'
import { logins, type LoginUrls, openPool, openPools, type Pool, type Pools, type Tx } from '#platform/db'

import { freshDatabase, type FreshDatabase } from '../database.ts'
import { quickPasswords } from './quick-passwords.ts'

/** Somebody signed in at an agency of the test world. */
export interface Person {
  readonly cookie: string
  readonly accountId: string
  readonly partyId: string
  readonly login: string
  /** One transaction as this person; a closed session is a fault in a test. */
  readonly act: <T>(work: (db: Tx, actor: Actor) => Promise<T>) => Promise<T>
}

export interface TestWorld {
  readonly database: FreshDatabase
  readonly pools: Pools
  readonly owner: Pool
  readonly door: Doorway
  readonly installation: Installation
  readonly found: (
    name: string,
    sector: Sector,
    roles?: readonly Role[],
    pack?: 'uk' | 'us',
    /** The office whose place it takes. */
    officeId?: string,
  ) => Promise<Person>
  readonly join: (admin: Person, name: string, roles: readonly Role[]) => Promise<Person>
  readonly pair: (a: Person, b: Person) => Promise<void>
  readonly close: () => Promise<void>
}

/** Everybody's password in the test world. */
export const password = 'correct horse battery staple'

/**
 * An empty installation on a database of its own, with the real acts to fill it. `costly` has its passwords stretched as
 * they really are: for tests of what happens meanwhile.
 */
export async function testWorld(passwords: 'quick' | 'costly' = 'quick'): Promise<TestWorld> {
  await cryptoReady()
  if (passwords === 'quick') quickPasswords()
  const database = await freshDatabase()
  const urls = Object.fromEntries(logins.map((login) => [login, database.urlFor(login)])) as LoginUrls
  const pools = openPools(urls)
  const owner = openPool(database.ownerUrl, 2)
  const { installation } = openInstallation(database.keysDir)
  const door: Doorway = { pools, introduce }
  const at: Setting = { pools, owner, installation, door, people: { count: 0 } }
  const close = async () => {
    await pools.close()
    await owner.destroy()
    await database.close()
  }
  return { database, pools, owner, door, installation, found: founding(at), join: joining(at), pair, close }
}

interface Setting extends Pick<TestWorld, 'pools' | 'owner' | 'installation' | 'door'> {
  readonly people: { count: number }
}

function personOf(at: Setting, cookie: string, ids: Omit<Person, 'cookie' | 'act'>): Person {
  const act: Person['act'] = async (work) => {
    const done = await asMember(at.door, cookie, 'test', work)
    if (typeof done === 'object' && done !== null && 'refused' in done && done.refused === 'no-session')
      throw new Error('The session is closed.')
    return done as Awaited<ReturnType<typeof work>>
  }
  return { cookie, ...ids, act }
}

function nextLogin(at: Setting): string {
  at.people.count += 1
  return `person-${at.people.count}@example.org`
}

function founding(at: Setting): TestWorld['found'] {
  return async (name, sector, roles = ['agency-administrator', 'worker'], pack = 'uk', officeId) => {
    const login = nextLogin(at)
    const token = newCookie()
    const authenticator = newAuthenticator('test').secret
    await offerAsOwner(at.owner, rowOf(token), { name, sector, pack, area: '' })
    if (officeId !== undefined)
      await at.owner
        .updateTable('parties.founding')
        .set({ office_id: officeId })
        .where('name', '=', name)
        .execute()
    const done = await foundAgency(at.pools.web, at.installation, token, {
      agencyName: name,
      sector,
      area: '',
      publicPhone: '01632 960001',
      login,
      password,
      card: { name: `Person ${at.people.count}`, title: '' },
      roles,
      authenticator,
    })
    if ('refused' in done) throw new Error(done.refused)
    const cookie = await signIn(at.pools, at.installation, login, authenticator)
    return personOf(at, cookie, { accountId: done.accountId, partyId: done.partyId, login })
  }
}

function joining(at: Setting): TestWorld['join'] {
  return async (admin, name, roles) => {
    const login = nextLogin(at)
    const { token, id } = await admin.act((db, actor) =>
      invite(db, actor, at.installation, { login, card: { name, title: '' }, roles }),
    )
    const answered = await answer(at.pools.web, at.installation, token, login, password)
    if ('refused' in answered) throw new Error(answered.refused)
    const admitted = await admin.act((db, actor) => admitMember(db, actor, id))
    if ('refused' in admitted) throw new Error(admitted.refused)
    const cookie = await signIn(at.pools, at.installation, login, null)
    return personOf(at, cookie, { accountId: admitted.accountId, partyId: admin.partyId, login })
  }
}

async function pair(a: Person, b: Person): Promise<void> {
  await a.act((db, actor) => acceptPartner(db, actor, b.partyId))
  await b.act((db, actor) => acceptPartner(db, actor, a.partyId))
}

/** Password, then code; `authenticator` null sets the first one. */
async function signIn(
  pools: Pools,
  at: Installation,
  login: string,
  authenticator: string | null,
): Promise<string> {
  const begun = await passPassword(pools.web, at.pepper, login, password)
  if ('refused' in begun) throw new Error(begun.refused)
  const secret = authenticator ?? newAuthenticator('test').secret
  const now = Temporal.Now.instant()
  const passed =
    authenticator === null
      ? await setFirstAuthenticator(pools.web, begun.cookie, secret, codeAt(secret, now), now)
      : await passCode(pools.web, begun.cookie, codeAt(secret, now), now)
  if ('refused' in passed) throw new Error(passed.refused)
  return begun.cookie
}
