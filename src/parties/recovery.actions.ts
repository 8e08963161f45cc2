import {
  countFailure,
  delayOf,
  loginHash,
  newAuthenticator,
  openAuthenticator,
  sealAuthenticator,
  signInMaterial,
  stepOf,
  type Wait,
} from '#platform/auth'
import {
  type BoxPair,
  type Busy,
  type Bytes,
  fingerprint,
  type Installation,
  resealUser,
  type SealedUser,
  unlockByRecovery,
  unlockUser,
} from '#platform/crypto'
import type { Pool } from '#platform/db'

import { askColleague, confirmedByColleague, ownTotp, reseal, useTotpStep } from './account.store.ts'

/** What somebody who lost something brings, besides their recovery code. */
export interface Recovering {
  readonly login: string
  readonly recoveryCode: string
  /** For those who still have their authenticator. */
  readonly code: string | null
  /** For those who still have their password. */
  readonly password: string | null
  readonly newPassword: string | null
}

export type Recovered =
  | { readonly recoveryCode: string; readonly authenticator: string | null }
  | Busy
  | Wait
  | { readonly refused: 'no-match' | 'wrong-code' }
  | { readonly refused: 'ask-colleague'; readonly print: Uint8Array }

/**
 * A recovery code and one thing more: the authenticator (for a lost password), the password (for a lost authenticator), or a
 * colleague who confirms (for both). Every session ends, and a new recovery code takes the old one's place.
 */
export async function recover(
  db: Pool,
  at: Installation,
  r: Recovering,
  now: Temporal.Instant,
): Promise<Recovered> {
  const hash = loginHash(at.pepper, r.login)
  const wait = await delayOf(db, hash)
  if (wait !== null) return wait
  const done = await attempt(db, at, r, hash, now)
  // Whoever found the code on paper must not try the six digits, nor passwords, without end.
  if ('refused' in done && (done.refused === 'no-match' || done.refused === 'wrong-code'))
    await countFailure(db, hash)
  return done
}

async function attempt(
  db: Pool,
  at: Installation,
  r: Recovering,
  hash: Bytes,
  now: Temporal.Instant,
): Promise<Recovered> {
  const known = await signInMaterial(db, at.pepper, r.login)
  const pair = unlockByRecovery(r.recoveryCode, known?.sealed ?? null)
  if (known === null || pair === null || known.state !== 'active') return { refused: 'no-match' }
  if (r.password !== null) {
    const byPassword = await unlockUser(r.password, at.pepper, known.sealed)
    if (byPassword === null) return { refused: 'no-match' }
    if ('refused' in byPassword) return byPassword
    const authenticator = newAuthenticator('account').secret
    return renew(db, at, known, pair, { password: r.password, authenticator })
  }
  const password = r.newPassword ?? ''
  if (r.code !== null) {
    const totp = await ownTotp(db, known.accountId, hash)
    const step = totp === null ? null : stepOf(openAuthenticator(pair, totp), r.code, now)
    if (step === null || !(await useTotpStep(db, known.accountId, step))) return { refused: 'wrong-code' }
    return renew(db, at, known, pair, { password, authenticator: null })
  }
  const print = fingerprint(pair.publicKey)
  if (await confirmedByColleague(db, hash, print)) {
    return renew(db, at, known, pair, { password, authenticator: newAuthenticator('account').secret })
  }
  await askColleague(db, hash, print)
  return { refused: 'ask-colleague', print }
}

interface Known {
  readonly accountId: string
  readonly sealed: SealedUser
}

async function renew(
  db: Pool,
  at: Installation,
  known: Known,
  pair: BoxPair,
  to: { readonly password: string; readonly authenticator: string | null },
): Promise<Recovered> {
  const user = await resealUser(pair, to.password, at.pepper)
  if ('refused' in user) return user
  const totp = to.authenticator === null ? null : sealAuthenticator(pair.publicKey, to.authenticator)
  const done = await reseal(db, {
    accountId: known.accountId,
    oldSecret: known.sealed.sealedSecret,
    sealed: user.sealed,
    totp,
    endSessions: true,
  })
  return done ? { recoveryCode: user.recoveryCode, authenticator: to.authenticator } : { refused: 'no-match' }
}
