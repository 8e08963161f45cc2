import type { Card, CounterReview, Relationship, Relationships } from '#people'

/** Why a line about two people is not written, or a review not taken. */
export interface NoLine {
  readonly refused: 'same-person' | 'no-card' | 'said-already' | 'review-first'
}

export interface NoReview {
  readonly refused: 'own-entry' | 'no-entry' | 'reviewed-already'
}

type Said = Pick<Relationship, 'who' | 'to' | 'role' | 'source' | 'since' | 'by'>

/** Whether the line can stand beside what is written. Two people who say the opposite of each other is no contradiction: both stand. */
export function lineRefused(said: Said, lines: Relationships, cards: readonly Card[]): NoLine | null {
  if (said.who === said.to) return { refused: 'same-person' }
  const known = (id: string) => cards.some((card) => card.id === id)
  if (!known(said.who) || !known(said.to)) return { refused: 'no-card' }
  const again = lines.some(
    (each) => each.who === said.who && each.to === said.to && each.role === said.role && each.until === '',
  )
  return again ? { refused: 'said-already' } : null
}

/**
 * A counter-allegation: somebody who was hurt is said to cause harm to the one who was first named so. Both lines stay, and
 * nobody's rights change, before a named specialist has looked at it (DESIGN 1).
 */
export function isCounter(
  line: Pick<Relationship, 'who' | 'to' | 'role'>,
  lines: Relationships,
  cards: readonly Card[],
): boolean {
  if (line.role !== 'personCausingHarm') return false
  const role = (id: string) => cards.find((card) => card.id === id)?.role
  const firstByCard = role(line.who) === 'survivor' && role(line.to) === 'personCausingHarm'
  const at = lines.findIndex(
    (each) => each.who === line.who && each.to === line.to && each.role === line.role,
  )
  const before = at === -1 ? lines : lines.slice(0, at)
  const firstByLine = before.some(
    (each) => each.role === 'personCausingHarm' && each.who === line.to && each.to === line.who,
  )
  return firstByCard || firstByLine
}

/**
 * Whether a line that somebody causes harm makes their card say so too, with all that follows from it: only for a grown-up who
 * stands in the case as somebody else. A child stays a child who is helped, and whoever was hurt keeps their place.
 */
export function marksCard(line: Said, lines: Relationships, cards: readonly Card[]): Card | null {
  if (line.role !== 'personCausingHarm' || isCounter(line, lines, cards)) return null
  const card = cards.find((each) => each.id === line.who)
  return card?.role === 'other' ? card : null
}

/** Whether a review can be taken: of a counter-allegation, once, by somebody other than the one who wrote it down. */
export function reviewRefused(
  entry: Relationship | undefined,
  lines: Relationships,
  cards: readonly Card[],
  actorId: string,
): NoReview | null {
  if (entry === undefined || !isCounter(entry, lines, cards)) return { refused: 'no-entry' }
  if (entry.review !== null) return { refused: 'reviewed-already' }
  return entry.by === actorId ? { refused: 'own-entry' } : null
}

/** The lines with a review on one of them. */
export function reviewed(lines: Relationships, id: string, review: CounterReview): Relationships {
  return lines.map((each) => (each.id === id ? { ...each, review } : each))
}

/** The lines with the end of one of them; a line that ended stays, for what was said then. */
export function ended(lines: Relationships, id: string, today: string): Relationships {
  return lines.map((each) => (each.id === id && each.until === '' ? { ...each, until: today } : each))
}
