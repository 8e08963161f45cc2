import sodium from 'libsodium-wrappers'
import { type Bytes, randomBytes, Unopenable } from './bytes.ts'

/** An X25519 pair (32 octets each): anybody seals to the public key, the secret key opens. */
export interface BoxPair {
  readonly publicKey: Bytes
  readonly secretKey: Bytes
}

/** An Ed25519 pair: public key of 32 octets, secret key of 64 (seed and public key). */
export interface SignPair {
  readonly publicKey: Bytes
  readonly secretKey: Bytes
}

/** A fresh pair for sealing. */
export function newBoxPair(): BoxPair {
  const { publicKey, privateKey } = sodium.crypto_box_seed_keypair(randomBytes(32))
  return { publicKey, secretKey: privateKey }
}

/** A fresh pair for signing. */
export function newSignPair(): SignPair {
  return signPairOf(randomBytes(32))
}

/** The sealing pair that belongs to a secret key. */
export function boxPairOf(secretKey: Bytes): BoxPair {
  return { publicKey: sodium.crypto_scalarmult_base(secretKey), secretKey }
}

/** The signing pair that belongs to a seed: the first 32 octets of its secret key. */
export function signPairOf(seed: Bytes): SignPair {
  const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(seed)
  return { publicKey, secretKey: privateKey }
}

/** Seals octets so that only the holder of the secret key opens them; it does not say who sealed. */
export function sealTo(publicKey: Bytes, plain: Bytes): Bytes {
  return sodium.crypto_box_seal(plain, publicKey)
}

/** Opens `sealTo`; throws Unopenable for another pair or any changed octet. */
export function openSealed(pair: BoxPair, sealed: Bytes): Bytes {
  try {
    return sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.secretKey)
  } catch {
    throw new Unopenable()
  }
}

/** The Ed25519 signature (64 octets); sign what `framed` gives, so that one use fits no other. */
export function sign(secretKey: Bytes, bytes: Bytes): Bytes {
  return sodium.crypto_sign_detached(bytes, secretKey)
}

/** Whether the signature is this key's over these octets; false for malformed keys too. */
export function signatureHolds(publicKey: Bytes, bytes: Bytes, signature: Bytes): boolean {
  try {
    return sodium.crypto_sign_verify_detached(signature, bytes, publicKey)
  } catch {
    return false
  }
}
