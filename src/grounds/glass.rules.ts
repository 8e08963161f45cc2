import type { Glass } from './glass.ts'
import type { GroundRefusal, StoredGround } from './ground.ts'

/** Where an opening stands; by the database's clock it is over, whatever anybody does. */
const glassStates = ['open', 'over', 'reviewed'] as const
export type GlassState = (typeof glassStates)[number]

/** The state follows from the review and from the clock. */
export function glassState(glass: Glass, endsAt: Date | null, now: Date): GlassState {
  if (glass.review !== null) return 'reviewed'
  return endsAt === null || endsAt.getTime() <= now.getTime() ? 'over' : 'open'
}

/** Looked at once, by somebody who leads and did not open it. Before its end that ends it. */
export function glassReviewed(
  ground: Pick<StoredGround, 'madeBy'>,
  glass: Glass,
  by: { readonly accountId: string; readonly leads: boolean },
  review: NonNullable<Glass['review']>,
): Glass | GroundRefusal {
  if (glass.review !== null) return { refused: 'rule', rule: 'glass-3' }
  if (!by.leads || by.accountId === ground.madeBy) return { refused: 'rule', rule: 'glass-2' }
  return { ...glass, review }
}

/** Ended before its end, once; what was looked at already, or ended by itself, stays as it is. */
export function glassClosed(
  glass: Glass,
  endsAt: Date | null,
  now: Date,
  closed: NonNullable<Glass['closed']>,
): Glass | null {
  return glassState(glass, endsAt, now) === 'open' ? { ...glass, closed } : null
}

/** The id in a case's number, or in a link to a case; null where a name was typed. */
export function caseIdIn(typed: string): string | null {
  const found = /^(?:\S*\/cases\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#]\S*)?$/i.exec(
    typed.trim(),
  )
  return found?.[1]?.toLowerCase() ?? null
}
