import { mayDo } from '#platform/access'

import type { Colleague } from './colleague.ts'

/** Who works at the agency, by account, with their roles. */
export type RolesByAccount = ReadonlyMap<string, Colleague['roles']>

/** What a case's closing decides: who holds the key from now on, and who keeps the case. */
export interface ClosedTeam {
  readonly members: readonly string[]
  readonly ownerId: string
}

/** Nobody at the agency could hold the case: closing it would lose it. */
export interface NobodyLeft {
  readonly refused: 'nobody-left'
}

const privacyLeads = 2

/**
 * The team of a closed case: the named caseworkers who may see it, and up to two privacy leads. Where the owner may not see
 * it, it goes to the first of the team, else to a lead, else to anybody with casework; where there is nobody, it stays as it is.
 */
export function closedTeam(
  staff: RolesByAccount,
  wish: {
    readonly ownerId: string
    readonly team: readonly string[]
    readonly excluded: readonly string[]
  },
): ClosedTeam | NobodyLeft {
  const may = (account: string) => !wish.excluded.includes(account)
  const works = (account: string) => may(account) && mayDo(staff.get(account) ?? [], 'case:write')
  const everyone = [...staff.keys()]
  const named = [wish.ownerId, ...wish.team].filter(works)
  const fallback = [
    ...everyone.filter((account) => works(account) && mayDo(staff.get(account) ?? [], 'case:lead')),
    ...everyone.filter(works),
  ]
  const ownerId = named[0] ?? fallback[0]
  if (ownerId === undefined) return { refused: 'nobody-left' }
  const privacy = everyone
    .filter((account) => may(account) && mayDo(staff.get(account) ?? [], 'privacy:lead'))
    .slice(0, privacyLeads)
  return { members: [...new Set([ownerId, ...named, ...privacy])], ownerId }
}
