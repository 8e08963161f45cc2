import { randomFillSync } from 'node:crypto'
import sodium from 'libsodium-wrappers'
import { type Bytes, Unopenable } from './bytes.ts'

/** What a seal is made of: one octet of version, the nonce, what was sealed, the tag. */
export const SEAL_VERSION = 1
export const NONCE = 24
export const TAG = 16

/** Octets that a seal adds: version, nonce and tag. */
export const SEAL_OVERHEAD = 1 + NONCE + TAG

/** Seals octets with XChaCha20-Poly1305 under a 256-bit key; `aad` must be given again to open. */
export function sealBytes(key: Bytes, aad: Bytes, plain: Bytes): Bytes {
  const nonce = nextNonce()
  const body = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, aad, null, nonce, key)
  const sealed = new Uint8Array(1 + NONCE + body.length)
  sealed[0] = SEAL_VERSION
  sealed.set(nonce, 1)
  sealed.set(body, 1 + NONCE)
  return sealed
}

/** Opens `sealBytes`; throws Unopenable for another key, other `aad`, or any changed octet. */
export function openBytes(key: Bytes, aad: Bytes, sealed: Bytes): Bytes {
  if (sealed.length < SEAL_OVERHEAD || sealed[0] !== SEAL_VERSION) throw new Unopenable()
  const nonce = sealed.subarray(1, 1 + NONCE)
  const body = sealed.subarray(1 + NONCE)
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, body, aad, nonce, key)
  } catch {
    throw new Unopenable()
  }
}

/** Nonces are public, so they are drawn by the block: one system draw costs as much as a seal. */
const block = new Uint8Array(NONCE * 128)
let used = block.length

function nextNonce(): Bytes {
  if (used === block.length) {
    randomFillSync(block)
    used = 0
  }
  used += NONCE
  return block.slice(used - NONCE, used)
}
