import {
  type BoxPair,
  type Bytes,
  framed,
  keyedDigest,
  newCookie,
  openBytes,
  sealBytes,
  Unopenable,
} from '#platform/crypto'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** What the database holds of a client's pair. */
export interface SealedPair {
  readonly clientId: string
  readonly publicKey: Bytes
  readonly secret: Bytes
}

/** A new secret: 256 random bits, shown once. */
export const newSecret = newCookie

/** What a client is found by: only this installation can make it of the id. It is no login's, so that nobody signs in as a client. */
export function clientHash(pepper: Bytes, clientId: string): Bytes {
  return keyedDigest(pepper, 'anydoor/client/id', utf8(clientId))
}

/**
 * Seals the pair under the secret and the pepper. One BLAKE2b and no slow hash: Argon2id makes guessing a password dear, and nobody
 * guesses 256 random bits, however fast each try is.
 */
export function sealPair(pepper: Bytes, secret: string, clientId: string, pair: BoxPair): Bytes {
  return sealBytes(secretKey(pepper, secret), pairAad(clientId, pair.publicKey), pair.secretKey)
}

/** Opens the pair; null for a wrong secret. Give null for a client that is not there: the same work for the same answer. */
export function openPair(pepper: Bytes, secret: string, sealed: SealedPair | null): BoxPair | null {
  const { clientId, publicKey, secret: locked } = sealed ?? nobody
  try {
    const opened = openBytes(secretKey(pepper, secret), pairAad(clientId, publicKey), locked)
    return { publicKey, secretKey: opened }
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

function secretKey(pepper: Bytes, secret: string): Bytes {
  return keyedDigest(pepper, 'anydoor/client/secret', utf8(secret))
}

function pairAad(clientId: string, publicKey: Bytes): Bytes {
  return framed('anydoor/client/pair', utf8(clientId), publicKey)
}

/** Stands in for a client that is not there; nothing opens it, since its seal was made under a key that nobody kept. */
const nobody: SealedPair = {
  clientId: '00000000-0000-7000-8000-000000000000',
  publicKey: new Uint8Array(32),
  // The octets of a seal of 32: version, nonce, text and tag.
  secret: Uint8Array.of(1, ...new Uint8Array(24 + 32 + 16)),
}
