import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CaseCells } from './case-cells.ts'
import { closeForTeam } from './close.actions.ts'
import type { NobodyLeft } from './close.rules.ts'
import { caseRow } from './case.store.ts'
import { excludedFrom, holdersOf } from './colleague.store.ts'
import type { Danger } from './danger.ts'
import { calledSo } from './must-not-see.ts'
import { writeDanger, type SheetAt } from './sheet.actions.ts'
import type { Saved } from './sheet.ts'

/** What other rooms do in the transaction in which somebody, or an agency, is named in a case as not safe. */
export type OnNamed = (db: Tx, actor: Actor, caseId: string) => Promise<void>

/** Saved, and whom the case was closed for in the same act. */
export type CarefulSaved = Saved | NobodyLeft

/**
 * Saves whom to be careful of. A colleague who is named as not safe, or whose name was only typed, is shut out of the case by
 * cryptography in the same transaction; being taken off the list later does not let them in again. What was sent to an agency that is named ends before
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
  const row = await caseRow(db, actor.partyId, at.caseId, 'changing')
  const holders = row?.sort === 'closed' ? await holdersOf(db, actor.partyId, at.caseId) : null
  const known = await excludedFrom(db, actor.partyId, at.caseId)
  const fresh = danger.colleagues.some((account) => !known.includes(account))
  // A name that fits nobody here closes the case all the same: whoever comes later is not on its team.
  const named =
    danger.names.length > 0 && (holders === null || (await fitsHolder(db, actor, danger, holders)))
  if (!fresh && !named) return saved
  const team = holders ?? [actor.accountId]
  const closed = await closeForTeam(db, actor, at.caseId, { team, cells })
  return 'refused' in closed ? closed : saved
}

async function fitsHolder(
  db: Tx,
  actor: Actor,
  danger: Danger,
  holders: readonly string[],
): Promise<boolean> {
  return (await calledSo(db, actor, danger.names)).some((account) => holders.includes(account))
}
