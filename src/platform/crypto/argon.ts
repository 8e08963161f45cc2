import { argon2 } from 'node:crypto'
import { type Bytes } from './bytes.ts'

/** What Argon2id is asked to cost. */
export interface ArgonCost {
  readonly memoryKibibytes: number
  readonly passes: number
}

/** Costs by number, as stored beside a salt: a row keeps the cost that it was made with. */
export const argonCosts: ReadonlyMap<number, ArgonCost> = new Map([
  [1, { memoryKibibytes: 65_536, passes: 3 }],
])

/** The number of the cost that new passwords get. */
export const currentCost = 1

/** Argon2id (RFC 9106, one lane) with 32 octets out, on the thread pool. */
export function argon2id(message: Bytes, salt: Bytes, cost: ArgonCost): Promise<Bytes> {
  const asked = {
    message,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: cost.memoryKibibytes,
    passes: cost.passes,
  }
  return new Promise((resolve, reject) => {
    argon2('argon2id', asked, (error, key) => (error === null ? resolve(new Uint8Array(key)) : reject(error)))
  })
}
