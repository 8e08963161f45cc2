import type { Bytes } from '#platform/crypto'

/** Binds a session's sealed secret to its account, so that rows cannot be swapped. */
export function sessionSecretAad(accountId: string): Bytes {
  return new TextEncoder().encode(`anydoor session ${accountId}`)
}
