import { sql } from 'kysely'
import { rowOf, sessionSecretAad } from '#platform/access'
import {
  type BoxPair,
  type Bytes,
  newCookie,
  openBytes,
  sealBytes,
  type SealedUser,
  sessionKey,
  unlockUser,
} from '#platform/crypto'
import type { Pool } from '#platform/db'
import { openAuthenticator, sealAuthenticator, stepOf } from './authenticator.ts'
import { loginHash } from './login.ts'

/** Too many wrong tries in a row: how many seconds until the next one is looked at. */
export interface Wait {
  readonly refused: 'wait'
  readonly seconds: number
}

export type SignInRefusal =
  | { readonly refused: 'no-match' }
  | Wait
  | { readonly refused: 'busy' }
  | { readonly refused: 'not-admitted' }

interface Material {
  readonly account_id: string
  readonly state: string
  readonly public_key: Buffer
  readonly salt: Buffer
  readonly params: number
  readonly secret: Buffer
  readonly recovery: Buffer
}

/** What the database holds of a login, or null; the caller does the same work either way. */
export async function signInMaterial(db: Pool, pepper: Bytes, login: string) {
  const { rows } =
    await sql<Material>`select * from access.sign_in_material(${loginHash(pepper, login)})`.execute(db)
  const row = rows[0]
  return row === undefined ? null : { accountId: row.account_id, state: row.state, sealed: sealedOf(row) }
}

function sealedOf(row: Material): SealedUser {
  return {
    publicKey: row.public_key,
    salt: row.salt,
    params: row.params,
    sealedSecret: row.secret,
    recoverySealed: row.recovery,
  }
}

/**
 * The password's turn. A wrong password and an unknown login give the same answer after the same work.
 * Success gives the cookie of a session that still waits for the code.
 */
export async function passPassword(
  db: Pool,
  pepper: Bytes,
  login: string,
  password: string,
): Promise<{ readonly cookie: string } | SignInRefusal> {
  const hash = loginHash(pepper, login)
  const wait = await delayOf(db, hash)
  if (wait !== null) return wait
  const known = await signInMaterial(db, pepper, login)
  const pair = await unlockUser(password, pepper, known?.sealed ?? null)
  if (pair !== null && 'refused' in pair) return pair
  if (pair === null || known === null) {
    await countFailure(db, hash)
    return { refused: 'no-match' }
  }
  if (known.state !== 'active') return { refused: 'not-admitted' }
  return { cookie: await startSession(db, known.accountId, pair, 'code') }
}

/** How long a login has to wait after wrong tries, known or not; null when it may go on. */
export async function delayOf(db: Pool, hash: Bytes): Promise<Wait | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select ceil(extract(epoch from access.sign_in_delay(${hash}) - clock_timestamp()))::integer as seconds`.execute(
    db,
  )
  const seconds = rows[0]?.seconds ?? null
  return seconds === null ? null : { refused: 'wait', seconds: Math.max(1, seconds) }
}

/** One more wrong try for a login: the wait grows, and nobody is locked out. */
export async function countFailure(db: Pool, hash: Bytes): Promise<void> {
  await sql`select access.sign_in_failed(${hash})`.execute(db)
}

/** Starts a session whose row holds the person's secret, sealed under a key that only the cookie gives. */
export async function startSession(
  db: Pool,
  accountId: string,
  pair: BoxPair,
  stage: 'code' | 'open',
): Promise<string> {
  const cookie = newCookie()
  const sealed = sealBytes(sessionKey(cookie), sessionSecretAad(accountId), pair.secretKey)
  await sql`select access.start_session(${rowOf(cookie)}, ${accountId}::uuid, ${stage}, ${sealed})`.execute(
    db,
  )
  return cookie
}

interface Pending {
  readonly account_id: string
  readonly secret: Buffer
  readonly public_key: Buffer
  readonly totp: Buffer | null
  readonly totp_step: number
  readonly login_hash: Buffer
}

/** A session between password and code: whose, their pair, and the authenticator secret when one is set. */
export async function pendingSession(db: Pool, cookie: string) {
  const { rows } = await sql<Pending>`select * from access.pending_session(${rowOf(cookie)})`.execute(db)
  const row = rows[0]
  if (row === undefined) return null
  const pair: BoxPair = {
    publicKey: row.public_key,
    secretKey: openBytes(sessionKey(cookie), sessionSecretAad(row.account_id), row.secret),
  }
  return {
    accountId: row.account_id,
    loginHash: row.login_hash,
    pair,
    authenticator: row.totp === null ? null : openAuthenticator(pair, row.totp),
  }
}

/**
 * The code's turn. A code opens one session once; used again it is a wrong code. Wrong codes wait as wrong passwords do, and
 * only a right one ends the waiting: a password that somebody else found out gives no endless tries.
 */
export async function passCode(
  db: Pool,
  cookie: string,
  code: string,
  now: Temporal.Instant,
): Promise<Opened | CodeRefusal> {
  const pending = await pendingSession(db, cookie)
  if (pending === null || pending.authenticator === null) return { refused: 'no-session' }
  const wait = await delayOf(db, pending.loginHash)
  if (wait !== null) return wait
  const step = stepOf(pending.authenticator, code, now)
  if (step === null) {
    await countFailure(db, pending.loginHash)
    return { refused: 'wrong-code' }
  }
  if (!(await useCode(db, cookie, step))) return { refused: 'wrong-code' }
  const { rows } = await sql<{
    untold: number
  }>`select access.sign_in_succeeded(${pending.loginHash}) as untold`.execute(db)
  return { opened: true, failed: rows[0]?.untold ?? 0 }
}

async function useCode(db: Pool, cookie: string, step: number): Promise<boolean> {
  const passed = await sql<{ ok: boolean }>`select access.pass_code(${rowOf(cookie)}, ${step}) as ok`.execute(
    db,
  )
  return passed.rows[0]?.ok === true
}

/** `failed`: tries before this one that no line of the ledger tells yet. */
interface Opened {
  readonly opened: true
  readonly failed: number
}

type CodeRefusal = Wait | { readonly refused: 'no-session' | 'wrong-code' }

/** Sets the first authenticator of an account, once the app has shown a right code for it. */
export async function setFirstAuthenticator(
  db: Pool,
  cookie: string,
  secret: string,
  code: string,
  now: Temporal.Instant,
) {
  const pending = await pendingSession(db, cookie)
  if (pending === null) return { refused: 'no-session' } as const
  if (stepOf(secret, code, now) === null) return { refused: 'wrong-code' } as const
  await sql`select access.set_first_totp(${rowOf(cookie)}, ${sealAuthenticator(pending.pair.publicKey, secret)})`.execute(
    db,
  )
  return passCode(db, cookie, code, now)
}

/** Ends a session at once; ending one that is gone is no fault. */
export async function endSession(db: Pool, cookie: string): Promise<void> {
  await sql`select access.end_session(${rowOf(cookie)})`.execute(db)
}
