import { type Actor, type CaseKey, rewrapForMembers } from '#platform/access'
import { newKey } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record, resealLines } from '#platform/ledger'

import type { CaseCells } from './case-cells.ts'
import { resealOwnCells } from './cells.store.ts'
import { touchCase, updateCase } from './case.store.ts'
import { closedTeam, type NobodyLeft } from './close.rules.ts'
import { exclude, excludedFrom, holdersOf, rolesOf } from './colleague.store.ts'
import { mustNotSee } from './must-not-see.ts'
import { openForWork } from './open.actions.ts'
import type { NoCase } from './sheet.ts'

/** Whom a case is closed for, and from whom; the cells of other rooms go along. Without a team, a closed case keeps the one it has. */
export interface Closing {
  readonly team?: readonly string[]
  readonly excluded?: readonly string[]
  /** Who keeps the case although it fits them, because nobody else could hold it. */
  readonly staying?: readonly string[]
  readonly cells: readonly CaseCells[]
}

export interface Closed {
  readonly ownerId: string
  readonly members: readonly string[]
}

/**
 * Closes a case for everyone but its team and two privacy leads, by cryptography: a new key, every cell sealed again under it,
 * wraps for the team only. Whoever saw the case before and is not on the team sees nothing of it from this moment.
 */
export async function closeForTeam(
  db: Tx,
  actor: Actor,
  caseId: string,
  closing: Closing,
): Promise<Closed | NobodyLeft | NoCase> {
  return closeCase(db, actor, caseId, closing, { kind: 'case.closed', detail: {} })
}

/** A worker knows somebody in this case: it closes for them at once, and goes to somebody else where it was theirs. */
export async function declareConflict(
  db: Tx,
  actor: Actor,
  caseId: string,
  cells: readonly CaseCells[],
): Promise<Closed | NobodyLeft | NoCase> {
  const line = { kind: 'conflict.declared', detail: { account: actor.accountId } } as const
  return closeCase(db, actor, caseId, { excluded: [actor.accountId], cells }, line)
}

async function closeCase(
  db: Tx,
  actor: Actor,
  caseId: string,
  closing: Closing,
  line: {
    readonly kind: 'case.closed' | 'conflict.declared'
    readonly detail: Readonly<Record<string, unknown>>
  },
): Promise<Closed | NobodyLeft | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'rekeying')
  if (opened === null) return { refused: 'no-case' }
  const { row, key: from } = opened
  const known = await excludedFrom(db, from.partyId, caseId)
  const fresh = [...(closing.excluded ?? []), ...(await mustNotSee(db, actor, from))]
  const named = [...new Set(fresh)].filter(
    (account) => !known.includes(account) && closing.staying?.includes(account) !== true,
  )
  const excluded = [...known, ...named]
  const holders = row.sort === 'closed' ? await holdersOf(db, from.partyId, caseId) : []
  const wish = { ownerId: row.ownerId, team: closing.team ?? holders, excluded }
  const team = closedTeam(await rolesOf(db, from.partyId), wish)
  if ('refused' in team) return team
  const to: CaseKey = { ...from, version: row.keyVersion + 1, key: newKey() }
  await resealOwnCells(db, from, to)
  for (const cells of closing.cells) await cells.reseal(db, actor, from, to)
  await resealLines(db, from, to)
  await exclude(db, from.partyId, caseId, named)
  for (const cells of closing.cells) await cells.shutOut?.(db, actor, to, named)
  await updateCase(db, from.partyId, caseId, {
    sort: 'closed',
    key_version: to.version,
    owner_id: team.ownerId,
  })
  await touchCase(db, from.partyId, caseId)
  const detail = { ...line.detail, members: team.members, excluded: named }
  await record(db, actor, { kind: line.kind, of: to, detail })
  // Last of all: from here on the actor sees the case only when they are on its team.
  await rewrapForMembers(db, actor, to, team.members)
  return team
}
