import type { Actor } from '#platform/access'
import { beforeCommit, type Tx } from '#platform/db'

import { everyCell } from './case-cells.ts'
import { tryConflicts } from './conflict.actions.ts'
import { dropKnown, writeKnown } from './known.store.ts'
import { casesNaming } from './name-search.actions.ts'
import type { ChangedMeanwhile } from './sheet.ts'

/**
 * Saves a worker's own list. Every case that they may still see and that has such a name closes for them in the same act, and so does what belongs to no case; of the
 * others they learn nothing, and nobody is told.
 */
export async function saveKnown(
  db: Tx,
  actor: Actor,
  version: number,
  names: readonly string[],
): Promise<{ readonly done: true } | ChangedMeanwhile> {
  const saved =
    names.length === 0 ? await dropKnown(db, actor, version) : await writeKnown(db, actor, version, names)
  if (!saved) return { refused: 'changed-meanwhile' }
  for (const caseId of await casesNaming(db, actor, names)) tryConflicts(db, actor, caseId)
  beforeCommit(db, async () => {
    for (const cells of everyCell()) await cells.listed?.(db, actor, names)
  })
  return { done: true }
}
