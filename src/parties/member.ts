import {
  openParty,
  sealParty,
  sealPartyKeys,
  type Actor,
  type Newcomer,
  type PartyKeys,
} from '#platform/access'
import { type Bytes, toText } from '#platform/crypto'

import { MemberCard } from './agency.ts'

type Keyholder = Pick<Actor, 'accountId' | 'partyId' | 'keys'>

/** Seals a member's card under the agency's key, with the public key they were admitted by: nobody can swap that later. */
export function sealCard(
  actor: Keyholder,
  accountId: string,
  member: { readonly card: MemberCard; readonly publicKey: Bytes },
): Bytes {
  const sealed = { ...member.card, key: toText(member.publicKey) }
  return sealParty(actor, 'parties.member', 'card', accountId, sealed)
}

/** Seals every version of the party's secrets to a member's key, a row for each. */
export function sealVersions(
  publicKey: Bytes,
  partyId: string,
  keys: ReadonlyMap<number, PartyKeys>,
): readonly { readonly version: number; readonly secrets: Bytes }[] {
  const versions = [...keys.values()]
  return versions.map((one, at) => ({
    version: one.version,
    secrets: sealPartyKeys(publicKey, partyId, one, versions[at - 1]),
  }))
}

/** Opens a member's card; throws Unopenable when it was moved or changed. */
export function openCard(
  actor: Newcomer,
  accountId: string,
  sealed: { readonly key_version: number; readonly card: Uint8Array },
): MemberCard {
  return MemberCard.parse(
    openParty(actor, sealed.key_version, 'parties.member', 'card', accountId, sealed.card),
  )
}
