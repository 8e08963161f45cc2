import type { Away } from './away.ts'

export interface AwayRefusal {
  readonly refused: 'away-order' | 'away-self' | 'away-twice' | 'away-cover-away' | 'away-covering'
}

/**
 * Whether somebody can be away like this without anything waiting unseen: the colleague who covers is here on all of these
 * days, and nobody is covered by whoever goes.
 */
export function mayBeAway(
  away: Omit<Away, 'id'>,
  others: readonly Away[],
): { readonly may: true } | AwayRefusal {
  if (away.until < away.from) return { refused: 'away-order' }
  if (away.coverId === away.accountId) return { refused: 'away-self' }
  const then = others.filter((each) => each.from <= away.until && away.from <= each.until)
  if (then.some((each) => each.accountId === away.accountId)) return { refused: 'away-twice' }
  if (then.some((each) => each.accountId === away.coverId)) return { refused: 'away-cover-away' }
  if (then.some((each) => each.coverId === away.accountId)) return { refused: 'away-covering' }
  return { may: true }
}
