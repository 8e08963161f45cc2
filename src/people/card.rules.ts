import type { Card, CardBody, CardRole, StoredCard } from './card.ts'

/** The survivor of the relationship, or null while nobody stands as one. */
export function survivorOf(cards: readonly Card[]): Card | null {
  return cards.find((card) => card.role === 'survivor') ?? null
}

/** The person the case is kept for: the survivor, else the first child, else the first person at all. */
export function subjectOf(cards: readonly Card[]): Card | null {
  return survivorOf(cards) ?? cards.find((card) => card.role === 'child') ?? cards[0] ?? null
}

/**
 * The name that may be said to whoever answers: the card decides, also when safe contact was written before it changed. Null
 * means: say no name.
 */
export function nameToSay(cards: readonly Card[], written: string | null): string | null {
  const subject = subjectOf(cards)
  if (subject === null) return written
  return written !== null && subject.sayAloud.includes(written) ? written : (subject.sayAloud[0] ?? null)
}

/** Everyone whom somebody named as causing harm here: they sign nothing, receive nothing, appear as no contact. */
export function causingHarm(cards: readonly Card[]): readonly Card[] {
  return cards.filter((card) => card.role === 'personCausingHarm')
}

/**
 * Whoever causes harm and is still recorded somewhere as carer, next of kin or the like (uk-domain 2.4): to be asked about, and
 * changed where the person wants it.
 */
export function recordedToChange(cards: readonly Card[]): readonly Card[] {
  const subject = subjectOf(cards)
  return causingHarm(cards).filter(
    (card) =>
      card !== subject &&
      card.recorded !== undefined &&
      card.recorded.as.length > 0 &&
      !card.recorded.changed,
  )
}

/** Every name that somebody may be known by: to be tried for conflicts, never to be shown or searched. */
export function everyName(
  card: Pick<StoredCard, 'name' | 'legalName' | 'sayAloud' | 'formerNames'>,
): readonly string[] {
  return [...namesOn(card), ...card.formerNames]
}

/** The names that stand on a card now, the one on papers too. */
export function namesOn(card: Pick<CardBody, 'name' | 'legalName' | 'sayAloud'>): readonly string[] {
  return [card.name, card.legalName ?? '', ...card.sayAloud].filter((name) => name !== '')
}

/** The cards in the order of reading: the survivor, children, others, whoever causes harm last. */
export function inReadingOrder(cards: readonly Card[]): readonly Card[] {
  return cards.toSorted((a, b) => order[a.role] - order[b.role] || (a.id < b.id ? -1 : 1))
}

/** The card after a change: an old name and an old role are kept sealed, out of sight and out of every search. */
export function changedCard(before: StoredCard | null, after: CardBody, today: string): StoredCard {
  if (before === null) return { ...after, roleSince: today, formerNames: [], formerRoles: [] }
  const old = (['name', 'legalName'] as const).flatMap((kind) => {
    const name = before[kind] ?? ''
    return name !== '' && name !== after[kind] ? [name] : []
  })
  const newRole = before.role !== after.role
  const oldRole = { role: before.role, source: before.roleSource, until: today }
  return {
    ...after,
    roleSince: newRole ? today : before.roleSince,
    formerNames: [...before.formerNames, ...old],
    formerRoles: newRole ? [...before.formerRoles, oldRole] : before.formerRoles,
  }
}

const order: Readonly<Record<CardRole, number>> = { survivor: 0, child: 1, other: 2, personCausingHarm: 3 }
