import { type Bytes } from './bytes.ts'
import { digest } from './digests.ts'

/** A 256-bit fingerprint of public keys, in their order. */
export function fingerprint(...publicKeys: readonly Bytes[]): Bytes {
  return digest('anydoor/fingerprint', ...publicKeys)
}

/** A party's fingerprint: of its sealing key, then its signing key. */
export function partyFingerprint(boxPublicKey: Bytes, signPublicKey: Bytes): Bytes {
  return fingerprint(boxPublicKey, signPublicKey)
}
