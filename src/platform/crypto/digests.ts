import { createHash, hash } from 'node:crypto'
import sodium from 'libsodium-wrappers'
import { type Bytes } from './bytes.ts'
import { framed } from './frames.ts'

/** BLAKE2b-256 of length-framed parts under a label, so that no two uses share a value. */
export function digest(label: string, ...parts: readonly Bytes[]): Bytes {
  return blake2b(framed(label, ...parts), 32)
}

/** `digest` keyed with a secret of 16 to 64 octets: a key derivation and a MAC. */
export function keyedDigest(key: Bytes, label: string, ...parts: readonly Bytes[]): Bytes {
  return blake2b(framed(label, ...parts), 32, key)
}

/** SHA-256 of the parts, one after another and unframed, as RFC 9162 and others want it. */
export function sha256(...parts: readonly Bytes[]): Bytes {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return new Uint8Array(hash('sha256', only, 'buffer'))
  const running = createHash('sha256')
  for (const part of parts) running.update(part)
  return new Uint8Array(running.digest())
}

/** Plain BLAKE2b (RFC 7693) with 16 to 64 octets out; elsewhere use `digest`. */
export function blake2b(bytes: Bytes, length: number, key: Bytes | null = null): Bytes {
  return sodium.crypto_generichash(length, bytes, key)
}
