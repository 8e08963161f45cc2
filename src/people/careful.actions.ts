import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { type CaseCells, closeForTeam } from './close.actions.ts'
import type { NobodyLeft } from './close.rules.ts'
import { excludedFrom } from './colleague.store.ts'
import type { Danger } from './danger.ts'
import { writeDanger, type SheetAt } from './sheet.actions.ts'
import type { Saved } from './sheet.ts'

/** Saved, and whom the case was closed for in the same act. */
export type CarefulSaved = Saved | NobodyLeft

/**
 * Saves whom to be careful of. A colleague who is named as not safe is shut out of the case by cryptography in the same
 * transaction; being taken off the list later does not let them in again.
 */
export async function saveDanger(
  db: Tx,
  actor: Actor,
  at: SheetAt,
  danger: Danger,
  cells: readonly CaseCells[],
): Promise<CarefulSaved> {
  const saved = await writeDanger(db, actor, at, danger)
  if ('refused' in saved) return saved
  const known = await excludedFrom(db, actor.partyId, at.caseId)
  const excluded = danger.colleagues.filter((account) => !known.includes(account))
  if (excluded.length === 0) return saved
  const closed = await closeForTeam(db, actor, at.caseId, { excluded, cells })
  return 'refused' in closed ? closed : saved
}
