import type { Card } from './card.ts'
import { causingHarm, subjectOf } from './card.rules.ts'
import type { Danger } from './danger.ts'
import { answersTo } from './known.rules.ts'
import { firstNames, givenNames, isNamedIn, plainWords } from './named-in.rules.ts'
import type { ContactWay, SafeContact } from './safe-contact.ts'

/** Set before the reference of a way that is shut for what the page *Who to be careful of* says now; kept in no sheet. */
const mark = 'named:'

/**
 * How to be in touch as the case stands now: whoever is named as causing harm, or as not safe, is no contact and carries no message,
 * also where that was written down before they were named, and where they stand in a way by their name alone.
 */
export function keptFromHarm(
  contact: SafeContact,
  cards: readonly Card[],
  danger: Danger | null,
): SafeContact {
  return apartFromNamed(apartFromHarm(contact, cards), cards, danger)
}

/** The page as it is kept: what `keptFromHarm` read off whom to be careful of is left out, so that it ends when that is changed. */
export function contactToKeep(contact: SafeContact): SafeContact {
  const marked = new Set(contact.notSafe.filter((ref) => ref.startsWith(mark)))
  if (marked.size === 0) return contact
  return {
    ...contact,
    ways: contact.ways.map((way) => ({ ...way, trustedPersonRef: personOf(way) })),
    notSafe: contact.notSafe.filter((ref) => !marked.has(ref) && !marked.has(mark + ref)),
  }
}

/** The card of whoever passes things on, also where that way is shut; null where none was chosen. */
export function personOf(way: Pick<ContactWay, 'trustedPersonRef'>): string | null {
  const ref = way.trustedPersonRef
  return ref?.startsWith(mark) === true ? ref.slice(mark.length) || null : ref
}

/** The ways that do not go through anybody named as not safe. */
export function safeWays(contact: Pick<SafeContact, 'ways' | 'notSafe'>): readonly ContactWay[] {
  return contact.ways.filter((way) => !contact.notSafe.includes(way.trustedPersonRef ?? ''))
}

function apartFromHarm(contact: SafeContact, cards: readonly Card[]): SafeContact {
  const harm = causingHarm(cards).filter((card) => card !== subjectOf(cards))
  if (harm.length === 0) return contact
  const ways = contact.ways.map((way) => {
    const named = harm.find((card) => isThrough(way, card))
    return named === undefined ? way : { ...way, trustedPersonRef: named.id }
  })
  return { ...contact, ways, notSafe: [...new Set([...contact.notSafe, ...harm.map((card) => card.id)])] }
}

/** Whom the person named as not safe to talk to, or as one who must not see the case: the ways through them are marked. */
function apartFromNamed(contact: SafeContact, cards: readonly Card[], danger: Danger | null): SafeContact {
  if (danger === null) return contact
  const shut = new Set(contact.notSafe)
  const named = cards.filter(
    (card) => card !== subjectOf(cards) && !shut.has(card.id) && isNamed(card, danger),
  )
  const ids = new Set(named.map((card) => card.id))
  const ways = contact.ways.map((way) => {
    const ref = way.trustedPersonRef
    const through =
      ref === null ? named.some((card) => isThrough(way, card)) || isThroughNamed(way, danger) : ids.has(ref)
    return through ? { ...way, trustedPersonRef: mark + (ref ?? '') } : way
  })
  const refs = ways.flatMap((way) => (way.trustedPersonRef?.startsWith(mark) ? [way.trustedPersonRef] : []))
  const marks = [...ids].map((id) => mark + id)
  // A child who stands in that answer is mostly told about: they carry nothing, and may still sign what is theirs to sign.
  const adults = named.filter((card) => card.role !== 'child').map((card) => card.id)
  return { ...contact, ways, notSafe: [...new Set([...contact.notSafe, ...adults, ...marks, ...refs])] }
}

/** Whether one of the names of this card is said there: in words as somebody not safe to talk to, or on a line of its own. */
function isNamed(card: Card, danger: Danger): boolean {
  const names = [card.name, card.legalName ?? '', ...card.sayAloud].filter((name) => name.trim() !== '')
  return (
    names.some((name) => isNamedIn(danger.notSafeToTalkTo, name)) ||
    danger.names.some((name) => answersTo(name, names))
  )
}

/** Whether a message would be carried by this person, whom the way names but does not point at. */
function isThrough(way: ContactWay, card: Pick<Card, 'name'>): boolean {
  if (way.channel !== 'trusted-person' || way.trustedPersonRef !== null) return false
  return beginsIn(plainWords(way.value), card.name)
}

/** The same for somebody who has no card here. */
function isThroughNamed(way: ContactWay, danger: Danger): boolean {
  if (way.channel !== 'trusted-person') return false
  const said = plainWords(danger.notSafeToTalkTo)
  const words = plainWords(way.value)
  return (
    givenNames(way.value).some((name) => said.includes(name)) ||
    firstNames(danger.notSafeToTalkTo).some((name) => words.includes(name)) ||
    danger.names.some((name) => beginsIn(words, name))
  )
}

/** Whether the first word of a name is one of these words. */
function beginsIn(words: readonly string[], name: string): boolean {
  const [first = ''] = plainWords(name)
  return first.length > 1 && words.includes(first)
}
