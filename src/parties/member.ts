import { openParty, sealParty, type Actor, type Newcomer } from '#platform/access'
import type { Bytes } from '#platform/crypto'

import { MemberCard } from './agency.ts'

type Keyholder = Pick<Actor, 'accountId' | 'partyId' | 'keys'>

/** Seals a member's card under the agency's key. */
export function sealCard(actor: Keyholder, accountId: string, card: MemberCard): Bytes {
  return sealParty(actor, 'parties.member', 'card', accountId, card)
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
