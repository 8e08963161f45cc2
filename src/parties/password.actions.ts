import { asMember, type Doorway, type NoSession, rowOf } from '#platform/access'
import { type Busy, changePassword, type Installation, unlockUser } from '#platform/crypto'
import { record } from '#platform/ledger'

import { endOtherSessions, ownSeal, reseal } from './account.store.ts'

export type PasswordChange =
  | { readonly changed: true }
  | Busy
  | NoSession
  | { readonly refused: 'wrong-password' | 'changed-meanwhile' }

/**
 * Puts a new password on the own key pair and ends every other session. The slow work is done between two transactions,
 * never inside one; the second takes effect only if the seal is still the one the first read.
 */
export async function changeOwnPassword(
  at: Doorway & { readonly installation: Installation },
  cookie: string,
  old: string,
  next: string,
): Promise<PasswordChange> {
  const seal = await asMember(at, cookie, 'password', async (db, actor) => ({
    sealed: await ownSeal(db, actor.accountId),
  }))
  if ('refused' in seal) return seal
  const pair = await unlockUser(old, at.installation.pepper, seal.sealed)
  if (pair === null || seal.sealed === null) return { refused: 'wrong-password' }
  if ('refused' in pair) return pair
  const { sealedSecret } = seal.sealed
  const sealed = await changePassword(pair, next, at.installation.pepper, seal.sealed)
  if ('refused' in sealed) return sealed
  return asMember(at, cookie, 'password', async (db, actor) => {
    const done = await reseal(db, {
      accountId: actor.accountId,
      oldSecret: sealedSecret,
      sealed,
      totp: null,
      endSessions: false,
    })
    if (!done) return { refused: 'changed-meanwhile' } as const
    await endOtherSessions(db, actor.accountId, rowOf(cookie))
    await record(db, actor, { kind: 'member.password', detail: {} })
    return { changed: true } as const
  })
}
