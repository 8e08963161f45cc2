import { foundAgency, acceptPartner, admitMember, answer, introduce, invite, offerAsOwner } from '#parties'
import { asMember, type Actor, type Doorway, type Role, rowOf, type Sector } from '#platform/access'
import { newAuthenticator, passPassword, passCode, codeAt, setFirstAuthenticator } from '#platform/auth'
import { cryptoReady, type Installation, newCookie, openInstallation } from '#platform/crypto'
import { openPool, openPools, type Pool, type Pools, type Tx } from '#platform/db'

import { freshDatabase, type FreshDatabase } from '../database.ts'

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
  ) => Promise<Person>
  readonly join: (admin: Person, name: string, roles: readonly Role[]) => Promise<Person>
  readonly pair: (a: Person, b: Person) => Promise<void>
  readonly close: () => Promise<void>
}

const password = 'correct horse battery staple'

/** An empty installation on a database of its own, with the real acts to fill it. */
export async function testWorld(): Promise<TestWorld> {
  await cryptoReady()
  const database = await freshDatabase()
  const urls = {
    web: database.urlFor('web'),
    public: database.urlFor('public'),
    jobs: database.urlFor('jobs'),
    sealer: database.urlFor('sealer'),
  }
  const pools = openPools(urls)
  const owner = openPool(database.ownerUrl, 2)
  const { installation } = openInstallation(database.keysDir)
  const door: Doorway = { pools, introduce }
  let people = 0

  const personOf = (
    cookie: string,
    ids: { readonly accountId: string; readonly partyId: string; readonly login: string },
  ): Person => ({
    cookie,
    ...ids,
    act: async (work) => {
      const done = await asMember(door, cookie, 'test', work)
      if (typeof done === 'object' && done !== null && 'refused' in done && done.refused === 'no-session')
        throw new Error('The session is closed.')
      return done as Awaited<ReturnType<typeof work>>
    },
  })

  const found: TestWorld['found'] = async (
    name,
    sector,
    roles = ['agency-administrator', 'worker'],
    pack = 'uk',
  ) => {
    people += 1
    const token = newCookie()
    const login = `person-${people}@example.org`
    const authenticator = newAuthenticator('test').secret
    await offerAsOwner(owner, rowOf(token), { name, sector, pack, area: '' })
    const done = await foundAgency(pools.web, installation, token, {
      agencyName: name,
      sector,
      area: '',
      publicPhone: '01632 960001',
      login,
      password,
      card: { name: `Person ${people}`, title: '' },
      roles,
      authenticator,
    })
    if ('refused' in done) throw new Error(done.refused)
    const cookie = await signIn(pools, installation, login, authenticator)
    return personOf(cookie, { accountId: done.accountId, partyId: done.partyId, login })
  }

  const join: TestWorld['join'] = async (admin, name, roles) => {
    people += 1
    const login = `person-${people}@example.org`
    const { token, id } = await admin.act((db, actor) =>
      invite(db, actor, installation, { login, card: { name, title: '' }, roles }),
    )
    const answered = await answer(pools.web, installation, token, login, password)
    if ('refused' in answered) throw new Error(answered.refused)
    const admitted = await admin.act((db, actor) => admitMember(db, actor, id))
    if ('refused' in admitted) throw new Error(admitted.refused)
    const cookie = await signIn(pools, installation, login, null)
    return personOf(cookie, { accountId: admitted.accountId, partyId: admin.partyId, login })
  }

  const pair: TestWorld['pair'] = async (a, b) => {
    await a.act((db, actor) => acceptPartner(db, actor, b.partyId))
    await b.act((db, actor) => acceptPartner(db, actor, a.partyId))
  }

  const close = async () => {
    await pools.close()
    await owner.destroy()
    await database.close()
  }
  return { database, pools, owner, door, installation, found, join, pair, close }
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
