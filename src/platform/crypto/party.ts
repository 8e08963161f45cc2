import { type BoxPair, newBoxPair, newSignPair, type SignPair } from './boxes.ts'
import { type Bytes, Unopenable } from './bytes.ts'
import { digest } from './digests.ts'
import { joined } from './frames.ts'

/** What makes a party itself: the pair that others seal to and the pair that it signs with. */
export interface PartySecrets {
  readonly box: BoxPair
  readonly sign: SignPair
}

const VERSION = 1
const PACKED_LENGTH = 1 + 32 + 32 + 32 + 64

/** Fresh pairs for a party, or for its next key version. */
export function newPartySecrets(): PartySecrets {
  return { box: newBoxPair(), sign: newSignPair() }
}

/** The secrets as 161 octets, to seal to each member; the caller forgets them afterwards. */
export function packPartySecrets({ box, sign }: PartySecrets): Bytes {
  return joined(new Uint8Array([VERSION]), box.publicKey, box.secretKey, sign.publicKey, sign.secretKey)
}

/** Reads `packPartySecrets`; throws Unopenable for any other shape. */
export function unpackPartySecrets(packed: Bytes): PartySecrets {
  if (packed.length !== PACKED_LENGTH || packed[0] !== VERSION) throw new Unopenable()
  return {
    box: { publicKey: packed.slice(1, 33), secretKey: packed.slice(33, 65) },
    sign: { publicKey: packed.slice(65, 97), secretKey: packed.slice(97) },
  }
}

/** The symmetric key for cells that every member of the party may read. */
export function partyDataKey({ box, sign }: PartySecrets): Bytes {
  return digest('anydoor/party/data', box.secretKey, sign.secretKey)
}
