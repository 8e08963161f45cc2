import type { Helper } from '#people'

/** Why a line cannot stand on the list as it was written. */
export interface NotOnList {
  readonly refused: 'not-safe' | 'their-word-is-closed' | 'too-many' | 'twice'
}

/** How many lines a list has at most. */
export const mostHelpers = 20

/**
 * Whether a line may stand on the list. What a programme for substance use said itself is closed under 42 CFR Part 2; what the
 * person says of it is the person's to pass on.
 */
export function refusedLine(
  line: Pick<Helper, 'id' | 'toldBy' | 'partyId' | 'person'>,
  on: {
    readonly others: readonly Pick<Helper, 'id' | 'partyId' | 'person'>[]
    readonly sector: string | null
    readonly pack: 'uk' | 'us'
    readonly notSafe: boolean
  },
): NotOnList | null {
  if (on.notSafe) return { refused: 'not-safe' }
  if (on.pack === 'us' && on.sector === 'substance-use' && line.toldBy === 'agency')
    return { refused: 'their-word-is-closed' }
  const others = on.others.filter((each) => each.id !== line.id)
  if (others.length >= mostHelpers) return { refused: 'too-many' }
  const same = others.some(
    (each) => line.partyId !== null && each.partyId === line.partyId && each.person === line.person,
  )
  return same ? { refused: 'twice' } : null
}

/** The list with this line in it: where it stood, or at the end. */
export function withLine(list: readonly Helper[], line: Helper): Helper[] {
  return list.some((each) => each.id === line.id)
    ? list.map((each) => (each.id === line.id ? line : each))
    : [...list, line]
}
