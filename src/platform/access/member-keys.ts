import { z } from 'zod'

import {
  type BoxPair,
  type Bytes,
  framed,
  fromText,
  openBytes,
  openSealed,
  packPartySecrets,
  type PartySecrets,
  sameBytes,
  sealBytes,
  sealTo,
  Unopenable,
} from '#platform/crypto'
import type { Tx } from '#platform/db'

import type { Actor, PartyKeys } from './actor.ts'
import { openParty } from './party-cells.ts'

const cardKey = z.object({ key: z.string() })

/**
 * The public keys of members as they were when each was admitted, which a member sealed beside their card. Throws when one is
 * no member, or when the key that lies in the keyring now is another: then somebody wrote it there.
 */
export async function admittedKeys(
  db: Tx,
  actor: Pick<Actor, 'partyId' | 'keys'>,
  accountIds: readonly string[],
): Promise<readonly { readonly accountId: string; readonly publicKey: Bytes }[]> {
  const wanted = [...new Set(accountIds)]
  const rows = await db
    .selectFrom('keyring.account_key as k')
    .innerJoin('parties.member as m', 'm.account_id', 'k.account_id')
    .select(['k.account_id', 'k.public_key', 'm.key_version', 'm.card'])
    .where('m.party_id', '=', actor.partyId)
    .where('k.account_id', 'in', wanted)
    .execute()
  if (rows.length !== wanted.length) throw new Error('A key can be sealed only for members of its own party.')
  return rows.map((row) => {
    const card = openParty(actor, row.key_version, 'parties.member', 'card', row.account_id, row.card)
    if (!sameBytes(fromText(cardKey.parse(card).key), row.public_key))
      throw new Error('A member’s public key is not the one they were admitted with.')
    return { accountId: row.account_id, publicKey: row.public_key }
  })
}

/**
 * Seals one version of a party's secrets to a member. Every version but the first is also sealed under the one before, so that
 * nobody outside the party can put a version of their own after it.
 */
export function sealPartyKeys(
  publicKey: Bytes,
  partyId: string,
  keys: PartySecrets & { readonly version: number },
  before: PartyKeys | undefined,
): Bytes {
  const packed = packPartySecrets(keys)
  return sealTo(
    publicKey,
    before === undefined
      ? packed
      : sealBytes(before.data, afterAad(partyId, keys.version, before.version), packed),
  )
}

/** Opens `sealPartyKeys` to the packed secrets, with the versions that were opened already; throws Unopenable. */
export function openPartyKeys(
  user: BoxPair,
  partyId: string,
  wrap: { readonly version: number; readonly secrets: Bytes },
  opened: readonly PartyKeys[],
): Bytes {
  const inner = openSealed(user, wrap.secrets)
  if (opened.length === 0) return inner
  for (const before of opened.toReversed()) {
    try {
      return openBytes(before.data, afterAad(partyId, wrap.version, before.version), inner)
    } catch (error) {
      if (!(error instanceof Unopenable)) throw error
    }
  }
  throw new Unopenable()
}

function afterAad(partyId: string, version: number, before: number): Bytes {
  return framed('anydoor/party/after', new TextEncoder().encode(`${partyId}|${version}|${before}`))
}
