import type { Card } from './card.ts'
import { causingHarm, subjectOf } from './card.rules.ts'
import type { ContactWay, SafeContact } from './safe-contact.ts'

/**
 * How to be in touch as the cards of the case stand now: whoever is named as causing harm is no contact and carries no message, also
 * where that was written down before they were named, and where they stand in a way by their name alone.
 */
export function keptFromHarm(contact: SafeContact, cards: readonly Card[]): SafeContact {
  const harm = causingHarm(cards).filter((card) => card !== subjectOf(cards))
  if (harm.length === 0) return contact
  const ways = contact.ways.map((way) => {
    const named = harm.find((card) => isThrough(way, card))
    return named === undefined ? way : { ...way, trustedPersonRef: named.id }
  })
  return { ...contact, ways, notSafe: [...new Set([...contact.notSafe, ...harm.map((card) => card.id)])] }
}

/** The ways that do not go through anybody named as not safe. */
export function safeWays(contact: Pick<SafeContact, 'ways' | 'notSafe'>): readonly ContactWay[] {
  return contact.ways.filter((way) => !contact.notSafe.includes(way.trustedPersonRef ?? ''))
}

/** Whether a message would be carried by this person, whom the way names but does not point at. */
function isThrough(way: ContactWay, card: Pick<Card, 'name'>): boolean {
  if (way.channel !== 'trusted-person' || way.trustedPersonRef !== null) return false
  const words = wordsOf(way.value)
  const [first = ''] = wordsOf(card.name)
  return first.length > 1 && words.includes(first)
}

function wordsOf(text: string): readonly string[] {
  return text.toLocaleLowerCase().match(/[\p{L}\p{M}'’-]+/gu) ?? []
}
