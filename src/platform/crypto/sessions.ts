import { type Bytes, randomBytes, toText } from './bytes.ts'
import { digest, sha256 } from './digests.ts'

/** A new 256-bit secret for a cookie or a link, as base64url. */
export function newCookie(): string {
  return toText(randomBytes(32))
}

/** What names the session in memory; the table holds only `sessionRow` of it. */
export function sessionId(cookie: string): Bytes {
  return derived('anydoor/session/id', cookie)
}

/** The key that the user's secret is sealed under while the session lives. */
export function sessionKey(cookie: string): Bytes {
  return derived('anydoor/session/key', cookie)
}

/** The key of the tokens that forms carry. */
export function formKey(cookie: string): Bytes {
  return derived('anydoor/session/form', cookie)
}

/** What the session's row is found by: SHA-256 of the id, which SQL's `sha256()` gives as well. */
export function sessionRow(id: Bytes): Bytes {
  return sha256(id)
}

function derived(label: string, cookie: string): Bytes {
  return digest(label, Buffer.from(cookie, 'utf8'))
}
