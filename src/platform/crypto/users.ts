import { currentCost } from './argon.ts'
import { type BoxPair, newBoxPair } from './boxes.ts'
import { type Bytes, forget, randomBytes, Unopenable } from './bytes.ts'
import { keyedDigest } from './digests.ts'
import { framed, joined } from './frames.ts'
import { passwordKey } from './passwords.ts'
import { type Busy, type Queue } from './queues.ts'
import { newRecoveryCode, recoveryKey } from './recovery.ts'
import { openBytes, SEAL_OVERHEAD, sealBytes } from './seals.ts'

/** What the database holds of a user: opening `sealedSecret` is the password check. */
export interface SealedUser {
  readonly publicKey: Bytes
  readonly salt: Bytes
  readonly sealedSecret: Bytes
  /** Its own salt, then the secret sealed under the recovery code's key. */
  readonly recoverySealed: Bytes
  /** The number of the password's cost. */
  readonly params: number
}

/** A user just made: the pair, what to store, and the recovery code to show once. */
export interface NewUser {
  readonly publicKey: Bytes
  readonly secretKey: Bytes
  readonly sealed: SealedUser
  readonly recoveryCode: string
}

const SALT = 16

/** A new pair under a password, with a recovery code; busy when too many wait. */
export function newUser(password: string, pepper: Bytes, queue: Queue = 'staff'): Promise<NewUser | Busy> {
  return resealUser(newBoxPair(), password, pepper, queue)
}

/** The same pair under a new password and a new recovery code; the old ones open no more. */
export async function resealUser(
  pair: BoxPair,
  newPassword: string,
  pepper: Bytes,
  queue: Queue = 'staff',
): Promise<NewUser | Busy> {
  const { code, key } = newRecoveryCode()
  const salt = randomBytes(SALT)
  const recoverySealed = recoverySeal(key, salt, pair)
  forget(key)
  const sealed = await sealedUnder({ pair, password: newPassword, pepper, queue, recoverySealed })
  return 'refused' in sealed ? sealed : { ...pair, sealed, recoveryCode: code }
}

/** The same pair under a new password; the recovery code stays as it was. */
export function changePassword(
  pair: BoxPair,
  newPassword: string,
  pepper: Bytes,
  sealed: SealedUser,
  queue: Queue = 'staff',
): Promise<SealedUser | Busy> {
  return sealedUnder({ pair, password: newPassword, pepper, queue, recoverySealed: sealed.recoverySealed })
}

/**
 * The user's pair; null for a wrong password or pepper. Give `null` for a user who does not
 * exist: the same work is done for the same answer.
 */
export async function unlockUser(
  password: string,
  pepper: Bytes,
  sealed: SealedUser | null,
  queue: Queue = 'staff',
): Promise<BoxPair | null | Busy> {
  const { publicKey, salt, sealedSecret, params } = sealed ?? NOBODY
  const key = await passwordKey(queue, { password, salt, pepper, cost: params })
  if ('refused' in key) return key
  const secretKey = openedOrNull(key, passwordAad(publicKey, salt, params), sealedSecret)
  forget(key)
  return secretKey === null ? null : { publicKey, secretKey }
}

/**
 * The user's pair by a typed recovery code; null for a wrong one. No password, no pepper, no queue. Give `null` for a user
 * who does not exist: the same work is done for the same answer.
 */
export function unlockByRecovery(code: string, sealed: SealedUser | null): BoxPair | null {
  const key = recoveryKey(code)
  if (key === null) return null
  const { publicKey, recoverySealed } = sealed ?? NOBODY
  const secretKey = openedOrNull(
    keyedDigest(key, 'anydoor/recovery/seal', recoverySealed.slice(0, SALT)),
    recoveryAad(publicKey),
    recoverySealed.slice(SALT),
  )
  forget(key)
  return secretKey === null ? null : { publicKey, secretKey }
}

interface Sealing {
  readonly pair: BoxPair
  readonly password: string
  readonly pepper: Bytes
  readonly queue: Queue
  readonly recoverySealed: Bytes
}

async function sealedUnder(sealing: Sealing): Promise<SealedUser | Busy> {
  const { pair, password, pepper, queue, recoverySealed } = sealing
  const { publicKey, secretKey } = pair
  const salt = randomBytes(SALT)
  const params = currentCost
  const key = await passwordKey(queue, { password, salt, pepper, cost: params })
  if ('refused' in key) return key
  const sealedSecret = sealBytes(key, passwordAad(publicKey, salt, params), secretKey)
  forget(key)
  return { publicKey, salt, sealedSecret, recoverySealed, params }
}

function recoverySeal(key: Bytes, salt: Bytes, { publicKey, secretKey }: BoxPair): Bytes {
  const sealed = sealBytes(keyedDigest(key, 'anydoor/recovery/seal', salt), recoveryAad(publicKey), secretKey)
  return joined(salt, sealed)
}

function passwordAad(publicKey: Bytes, salt: Bytes, params: number): Bytes {
  return framed('anydoor/user/password', publicKey, salt, new Uint8Array([params]))
}

function recoveryAad(publicKey: Bytes): Bytes {
  return framed('anydoor/user/recovery', publicKey)
}

function openedOrNull(key: Bytes, aad: Bytes, sealed: Bytes): Bytes | null {
  try {
    return openBytes(key, aad, sealed)
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

/** Stands in for a user who does not exist; no key opens it, since its seal was never made. */
const NOBODY: SealedUser = {
  publicKey: new Uint8Array(32),
  salt: new Uint8Array(SALT),
  sealedSecret: new Uint8Array(SEAL_OVERHEAD + 32).fill(1, 0, 1),
  recoverySealed: new Uint8Array(SALT + SEAL_OVERHEAD + 32).fill(1, SALT, SALT + 1),
  params: currentCost,
}
