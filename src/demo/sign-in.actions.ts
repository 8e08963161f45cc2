import { asMember, type Doorway } from '#platform/access'
import { codeAt, endSession, passCode, passPassword } from '#platform/auth'
import type { Installation } from '#platform/crypto'
import { record, witnessHead } from '#platform/ledger'

import type { KeptStaff } from './kept.ts'

const STEP_SECONDS = 30

/** The half minute's codes are used up, or the sign-in's queue is full. */
export interface NotYet {
  readonly refused: 'not-yet'
}

/**
 * Signs somebody of the invented staff in as a person would: password, then the authenticator's code. A code opens one session
 * once, so the codes of the neighbouring half minutes are tried too. Gives the cookie.
 */
export async function signInAs(
  door: Doorway,
  at: Installation,
  who: KeptStaff,
  now: Temporal.Instant,
): Promise<{ readonly cookie: string } | NotYet> {
  const begun = await passPassword(door.pools.web, at.pepper, who.login, who.password)
  if ('refused' in begun) return { refused: 'not-yet' }
  for (const steps of [-1, 0, 1]) {
    const code = codeAt(who.authenticator, now.add({ seconds: steps * STEP_SECONDS }))
    const passed = await passCode(door.pools.web, begun.cookie, code, now)
    if ('refused' in passed) continue
    await asMember(door, begun.cookie, 'sign-in', async (db, actor) => {
      await record(db, actor, { kind: 'session.signed-in', detail: {} })
      await witnessHead(db, actor)
      return { done: true }
    })
    return begun
  }
  await endSession(door.pools.web, begun.cookie)
  return { refused: 'not-yet' }
}

/** Whether a session is open and this person's: then nobody needs to sign in again. */
export async function isSignedInAs(door: Doorway, cookie: string | null, who: KeptStaff): Promise<boolean> {
  if (cookie === null) return false
  const found = await asMember(door, cookie, 'home', async (_db, actor) => ({ account: actor.accountId }))
  return 'account' in found && found.account === who.accountId
}
