/** People who sign in at an empty installation: made through the acts that the pages call, and signed in without waiting for a code. */
import { admitMember, answer, foundAgency, introduce, invite, offerAsOwner } from '#parties'
import { type Actor, asMember, type Role, rowOf, type Sector } from '#platform/access'
import {
  codeAt,
  newAuthenticator,
  passCode,
  setFirstAuthenticator,
  signInMaterial,
  startSession,
} from '#platform/auth'
import { type Installation, newCookie, unlockByRecovery } from '#platform/crypto'
import type { Pool, Pools, Tx } from '#platform/db'

/** Everybody's password during a benchmark. */
export const password = 'a password for the bench'

/** Where they are made. */
export interface Place {
  readonly pools: Pools
  readonly owner: Pool
  readonly installation: Installation
}

/** Somebody who is signed in. */
export interface Hand {
  readonly login: string
  readonly authenticator: string
  readonly cookie: string
  readonly accountId: string
  readonly partyId: string
  readonly act: <T>(work: (db: Tx, actor: Actor) => Promise<T>) => Promise<T>
}

/** Founds an agency; whoever founds it is its first worker. */
export async function found(at: Place, name: string, sector: Sector): Promise<Hand> {
  const token = newCookie()
  const authenticator = newAuthenticator('bench').secret
  const login = `${name.toLowerCase().replaceAll(' ', '-')}@example.org`
  await offerAsOwner(at.owner, rowOf(token), { name, sector, pack: 'uk', area: 'Northmere' })
  const done = await foundAgency(at.pools.web, at.installation, token, {
    agencyName: name,
    sector,
    area: 'Northmere',
    publicPhone: '01632 960001',
    login,
    password,
    card: { name: `${name} first`, title: '' },
    roles: ['agency-administrator', 'worker', 'lead'],
    authenticator,
  })
  if ('refused' in done) throw new Error(done.refused)
  return handOf(at, { login, authenticator, ...done, first: true })
}

/** Lets somebody more work at an agency. */
export async function join(
  at: Place,
  admin: Hand,
  index: number,
  roles: readonly Role[] = ['worker', 'lead'],
): Promise<Hand> {
  const login = `worker-${index}@example.org`
  const authenticator = newAuthenticator('bench').secret
  const invitee = { login, card: { name: `Worker ${index}`, title: '' }, roles }
  const { token, id } = await admin.act((db, actor) => invite(db, actor, at.installation, invitee))
  const answered = await answer(at.pools.web, at.installation, token, login, password)
  if ('refused' in answered) throw new Error(answered.refused)
  const admitted = await admin.act((db, actor) => admitMember(db, actor, id))
  if ('refused' in admitted) throw new Error(admitted.refused)
  return handOf(at, { login, authenticator, ...answered, partyId: admin.partyId, first: false })
}

/** Signs in by the recovery code just shown, which needs no slow key; a half minute ago, so that its code is not used up. */
async function handOf(
  at: Place,
  who: Pick<Hand, 'login' | 'authenticator' | 'accountId' | 'partyId'> & {
    readonly recoveryCode: string
    readonly first: boolean
  },
): Promise<Hand> {
  const material = await signInMaterial(at.pools.web, at.installation.pepper, who.login)
  const pair = unlockByRecovery(who.recoveryCode, material?.sealed ?? null)
  if (pair === null) throw new Error(`${who.login} cannot sign in.`)
  const cookie = await startSession(at.pools.web, who.accountId, pair, 'code')
  const now = Temporal.Now.instant()
  const code = codeAt(who.authenticator, now.subtract({ seconds: 30 }))
  const passed = who.first
    ? await passCode(at.pools.web, cookie, code, now)
    : await setFirstAuthenticator(at.pools.web, cookie, who.authenticator, code, now)
  if ('refused' in passed) throw new Error(passed.refused)
  const act: Hand['act'] = async (work) => {
    const done = await asMember({ pools: at.pools, introduce }, cookie, 'bench', async (db, actor) => ({
      done: await work(db, actor),
    }))
    if ('refused' in done) throw new Error('The session is closed.')
    return done.done
  }
  const { login, authenticator, accountId, partyId } = who
  return { login, authenticator, cookie, accountId, partyId, act }
}
