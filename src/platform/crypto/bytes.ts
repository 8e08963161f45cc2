import { randomFillSync, timingSafeEqual } from 'node:crypto'
import sodium from 'libsodium-wrappers'

/** Octets; what every function here takes and gives (a node Buffer is one). */
export type Bytes = Uint8Array

/** The one error of opening: it says that something did not open, never why. */
export class Unopenable extends Error {
  override readonly name = 'Unopenable'
  constructor() {
    super('This could not be opened.')
  }
}

/** Resolves when libsodium is loaded; until then only random bytes and SHA-256 work. */
export async function cryptoReady(): Promise<void> {
  await sodium.ready
}

/** `count` random octets from the operating system's generator. */
export function randomBytes(count: number): Bytes {
  return randomFillSync(new Uint8Array(count))
}

/** A fresh 256-bit symmetric key. */
export function newKey(): Bytes {
  return randomBytes(32)
}

/** Base64url without padding: the one way octets are written as text. */
export function toText(bytes: Bytes): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** Reads `toText`; throws Unopenable for any other spelling, so that one value has one text. */
export function fromText(text: string): Bytes {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'))
  if (toText(bytes) !== text) throw new Unopenable()
  return bytes
}

/** Whether two octet strings are equal, in a time that depends on their lengths only. */
export function sameBytes(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Overwrites a secret that is no longer needed (copies made by the runtime are out of reach). */
export function forget(...secrets: readonly Bytes[]): void {
  for (const secret of secrets) sodium.memzero(secret)
}
