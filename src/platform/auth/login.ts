import { type Bytes, keyedDigest } from '#platform/crypto'

/** What a login is found by: a hash keyed with the pepper, the same however the address was typed. */
export function loginHash(pepper: Bytes, login: string): Bytes {
  return keyedDigest(
    pepper,
    'anydoor/login',
    new TextEncoder().encode(login.normalize('NFKC').trim().toLowerCase()),
  )
}
