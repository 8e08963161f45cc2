import { argon2id, argonCosts, currentCost } from './argon.ts'
import { type Bytes, forget } from './bytes.ts'
import { keyedDigest } from './digests.ts'
import { type Busy, oneAtATime, type Queue } from './queues.ts'

/** What a password's key is made of; `cost` is the stored number, today's when left out. */
export interface PasswordParts {
  readonly password: string
  readonly salt: Bytes
  readonly pepper: Bytes
  readonly cost?: number
}

/** Waiting allowed in each queue before it answers busy. */
export const WAITING_LIMIT = 50

const inTurn = oneAtATime(WAITING_LIMIT)

/**
 * The key that a password gives: BLAKE2b keyed by the pepper over Argon2id (64 MiB, 3 passes).
 * About 0.2 s, one at a time in the process: never call it inside a transaction.
 */
export async function passwordKey(queue: Queue, parts: PasswordParts): Promise<Bytes | Busy> {
  const cost = argonCosts.get(parts.cost ?? currentCost)
  if (cost === undefined) throw new RangeError('This password was made with a cost that is not known here.')
  return inTurn(queue, async () => {
    const message = Buffer.from(parts.password.normalize('NFKC'), 'utf8')
    const stretched = await argon2id(message, parts.salt, cost)
    const key = keyedDigest(parts.pepper, 'anydoor/password', stretched)
    forget(message, stretched)
    return key
  })
}
