import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { type CaseCells, closeForTeam } from './close.actions.ts'
import type { NobodyLeft } from './close.rules.ts'
import { excludedFrom } from './colleague.store.ts'
import type { Danger } from './danger.ts'
import { writeDanger, type SheetAt } from './sheet.actions.ts'
import type { Saved } from './sheet.ts'

/** What other rooms do in the transaction in which somebody, or an agency, is named in a case as not safe. */
export type OnNamed = (db: Tx, actor: Actor, caseId: string) => Promise<void>

/** Saved, and whom the case was closed for in the same act. */
export type CarefulSaved = Saved | NobodyLeft

/**
 * Saves whom to be careful of. A colleague who is named as not safe is shut out of the case by cryptography in the same
 * transaction; being taken off the list later does not let them in again. What was sent to an agency that is named ends before
 * that, while the one who writes this still holds the case.
 */
export async function saveDanger(
  db: Tx,
  actor: Actor,
  at: SheetAt,
  danger: Danger,
  cells: readonly CaseCells[],
  onNamed?: OnNamed,
): Promise<CarefulSaved> {
  const saved = await writeDanger(db, actor, at, danger)
  if ('refused' in saved) return saved
  await onNamed?.(db, actor, at.caseId)
  const known = await excludedFrom(db, actor.partyId, at.caseId)
  const excluded = danger.colleagues.filter((account) => !known.includes(account))
  if (excluded.length === 0) return saved
  const closed = await closeForTeam(db, actor, at.caseId, { excluded, cells })
  return 'refused' in closed ? closed : saved
}
