import type { Introduce } from '#platform/access'

import { agencyOf, memberCard } from './agency.store.ts'
import { openCard } from './member.ts'

/** Tells the platform who a member is: their agency as the register has it, and the name on their own card, or the one given. */
export const introduce: Introduce = async (db, who, name) => {
  const agency = await agencyOf(db, who.partyId)
  const card = name === undefined ? await memberCard(db, who.partyId, who.accountId) : null
  if (agency === null || card === undefined) throw new Error('A member has no agency or no card.')
  return {
    pack: agency.pack,
    law: agency.law,
    young: agency.young,
    sector: agency.sector,
    agencyName: agency.name,
    displayName: card === null ? (name ?? '') : openCard(who, who.accountId, card).name,
  }
}
