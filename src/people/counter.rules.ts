import type { CardRole, StoredCard } from './card.ts'
import type { Relationships } from './relationship.ts'

/** A role that only a named specialist's review may turn round (rule people-counter-allegation, DESIGN 1). */
export interface ReviewFirst {
  readonly refused: 'review-first'
}

type RoleCard = Pick<StoredCard, 'role' | 'formerRoles'>

/**
 * Whether a card's new role is a counter-allegation that nobody has reviewed: whoever was hurt becomes the one who causes harm
 * while somebody else is named so, or the one named becomes the one who was hurt beside somebody who was. A slip of the pen in a
 * case with one side only is corrected freely.
 */
export function counterRefused(
  before: RoleCard & { readonly id: string },
  after: CardRole,
  others: readonly RoleCard[],
  relationships: Relationships,
): ReviewFirst | null {
  const ever = (card: RoleCard, role: CardRole) =>
    card.role === role || card.formerRoles.some((former) => former.role === role)
  const turned =
    (after === 'personCausingHarm' &&
      ever(before, 'survivor') &&
      others.some((card) => ever(card, 'personCausingHarm'))) ||
    (after === 'survivor' &&
      ever(before, 'personCausingHarm') &&
      others.some((card) => ever(card, 'survivor')))
  if (!turned || before.role === after) return null
  const reviewed = relationships.some(
    (each) =>
      each.review?.outcome === 'role-changes' &&
      each.role === 'personCausingHarm' &&
      (each.who === before.id || each.to === before.id),
  )
  return reviewed ? null : { refused: 'review-first' }
}
