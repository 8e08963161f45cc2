import { asMember, type Doorway } from '#platform/access'
import { codeAt, endSession, passCode, passPassword } from '#platform/auth'
import type { Installation } from '#platform/crypto'
import { record, witnessHead } from '#platform/ledger'

import { useCodeAgain } from './demo.store.ts'
import type { KeptStaff } from './kept.ts'

/** The sign-in's queue is full: too many at once. */
export interface NotYet {
  readonly refused: 'not-yet'
}

/** Signs somebody of the invented staff in as a person would: password, then the authenticator's code. Gives the cookie. */
export async function signInAs(
  door: Doorway,
  at: Installation,
  who: KeptStaff,
  now: Temporal.Instant,
): Promise<{ readonly cookie: string } | NotYet> {
  const { web } = door.pools
  const begun = await passPassword(web, at.pepper, who.login, who.password)
  if ('refused' in begun) return { refused: 'not-yet' }
  await useCodeAgain(web, who.accountId)
  const passed = await passCode(web, begun.cookie, codeAt(who.authenticator, now), now)
  if ('refused' in passed) {
    await endSession(web, begun.cookie)
    return { refused: 'not-yet' }
  }
  await asMember(door, begun.cookie, 'sign-in', async (db, actor) => {
    await record(db, actor, { kind: 'session.signed-in', detail: {} })
    await witnessHead(db, actor)
    return { done: true }
  })
  return begun
}

/** Whether a session is open and this person's: then nobody needs to sign in again. */
export async function isSignedInAs(door: Doorway, cookie: string | null, who: KeptStaff): Promise<boolean> {
  if (cookie === null) return false
  const found = await asMember(door, cookie, 'home', async (_db, actor) => ({ account: actor.accountId }))
  return 'account' in found && found.account === who.accountId
}
