import type { NamedContact } from '#directory'
import { excludedParties, flaggedByName, type NamedPeople } from '#releases'

/** Somebody to ring now, and for whom they stand in. */
export interface ToRing {
  readonly contact: NamedContact
  readonly insteadOf: readonly NamedContact[]
}

/** Who can be rung, who is away with nobody in their place, and how many this case keeps out. */
export interface RingList {
  readonly toRing: readonly ToRing[]
  readonly awayAlone: readonly NamedContact[]
  readonly keptOut: number
}

/** What a case says about who must never be its contact (DESIGN 6.4). */
export interface CaseSays {
  readonly people: NamedPeople
  /** In the person's own words: whom it is not safe to talk to. */
  readonly notSafeToTalkTo: string
}

/**
 * Everybody of a list who can be rung today: whoever is away is replaced by the first cover who is there. Nobody whom the case
 * names as not safe or as causing harm is in it, neither as contact nor as cover, nor anybody of an agency named so.
 */
export function whomToRing(
  contacts: readonly NamedContact[],
  purpose: NamedContact['purpose'],
  says: CaseSays,
): RingList {
  const kept = contacts.filter((each) => isSafe(each, says))
  const byId = new Map(kept.map((each) => [each.id, each]))
  const ring = new Map<string, { contact: NamedContact; insteadOf: NamedContact[] }>()
  const awayAlone: NamedContact[] = []
  for (const contact of kept.filter((each) => each.purpose === purpose)) {
    const there = firstThere(contact, byId)
    if (there === null) awayAlone.push(contact)
    else {
      const row = ring.get(there.id) ?? { contact: there, insteadOf: [] }
      if (there.id !== contact.id) row.insteadOf.push(contact)
      ring.set(there.id, row)
    }
  }
  return { toRing: [...ring.values()], awayAlone, keptOut: contacts.length - kept.length }
}

function firstThere(contact: NamedContact, byId: ReadonlyMap<string, NamedContact>): NamedContact | null {
  const seen = new Set<string>()
  for (let one: NamedContact | undefined = contact; one !== undefined && !seen.has(one.id);) {
    if (!one.away) return one
    seen.add(one.id)
    one = byId.get(one.coverId ?? '')
  }
  return null
}

function isSafe(contact: NamedContact, says: CaseSays): boolean {
  if (flaggedByName(says.people, contact.name) !== null) return false
  const named = excludedParties(says.notSafeToTalkTo, [
    { partyId: 'person', name: contact.name },
    { partyId: 'organization', name: contact.organizationName },
    { partyId: 'service', name: contact.serviceName },
  ])
  return named.size === 0
}
