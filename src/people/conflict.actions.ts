import type { Actor } from '#platform/access'
import { beforeCommit, type Tx } from '#platform/db'

import { everyCell } from './case-cells.ts'
import { closeForTeam } from './close.actions.ts'
import { closedTeam } from './close.rules.ts'
import { exclude, excludedFrom, holdersOf, rolesOf } from './colleague.store.ts'
import { mustNotSee } from './must-not-see.ts'
import { type OpenedCase, openForWork } from './open.actions.ts'

const tried = new WeakMap<Tx, Map<string, Set<string>>>()

/**
 * The one hook for conflicts of interest: every act that writes a name into a case calls it. At the end of the transaction, when
 * everything typed is saved, the names are tried against what each member's list says and against who was named; the case closes
 * for whom it fits, and goes to somebody else where it was theirs. Nobody is told. `also` are those from whom what began the case
 * was held.
 */
export function tryConflicts(db: Tx, actor: Actor, caseId: string, also: readonly string[] = []): void {
  const cases = tried.get(db) ?? new Map<string, Set<string>>()
  cases.set(caseId, new Set([...(cases.get(caseId) ?? []), ...also]))
  if (tried.has(db)) return
  tried.set(db, cases)
  beforeCommit(db, async () => {
    for (const [id, held] of cases) await closeWhereItFits(db, actor, id, [...held])
  })
}

/**
 * Whether the names in a case fit the actor's own list, as soon as they are saved: the case *goes* to somebody else at the end of
 * the transaction, or *stays*, because nobody else here could hold it. Null where nothing fits.
 */
export async function ownConflict(db: Tx, actor: Actor, caseId: string): Promise<'goes' | 'stays' | null> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return null
  const fits = await freshFits(db, actor, opened)
  if (!fits.includes(actor.accountId)) return null
  return (await othersLeft(db, actor, opened, fits)) ? 'goes' : 'stays'
}

async function closeWhereItFits(
  db: Tx,
  actor: Actor,
  caseId: string,
  also: readonly string[],
): Promise<void> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return
  const fits = await freshFits(db, actor, opened, also)
  const staying = (await othersLeft(db, actor, opened, fits)) ? [] : [actor.accountId]
  const out = fits.filter((account) => !staying.includes(account))
  if (out.length === 0) return
  const holders = opened.row.sort === 'closed' ? await holdersOf(db, actor.partyId, caseId) : null
  if (holders !== null && !out.some((account) => holders.includes(account))) {
    await exclude(db, actor.partyId, caseId, out)
    for (const cells of everyCell()) await cells.shutOut?.(db, actor, opened.key, out)
  } else
    await closeForTeam(db, actor, caseId, {
      team: holders ?? [actor.accountId],
      excluded: out,
      staying,
      cells: everyCell(),
    })
}

/** Whom the case must be closed for and is not yet. */
async function freshFits(
  db: Tx,
  actor: Actor,
  { row, key }: OpenedCase,
  also: readonly string[] = [],
): Promise<readonly string[]> {
  const fits = [...new Set([...(await mustNotSee(db, actor, key)), ...also])]
  if (fits.length === 0) return []
  const known = await excludedFrom(db, actor.partyId, row.id)
  return fits.filter((account) => !known.includes(account))
}

async function othersLeft(
  db: Tx,
  actor: Actor,
  { row }: OpenedCase,
  fits: readonly string[],
): Promise<boolean> {
  if (!fits.includes(actor.accountId)) return true
  const excluded = [...fits, ...(await excludedFrom(db, actor.partyId, row.id))]
  const wish = { ownerId: row.ownerId, team: [], excluded }
  return !('refused' in closedTeam(await rolesOf(db, actor.partyId), wish))
}
