import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { erasePart, type ErasablePart } from './erasure.store.ts'
import { onHold } from './legal-hold.store.ts'

/**
 * Destroys one page of a case, or its notes: the time for keeping them is over and somebody decided. The caller holds the case
 * and writes the line; a legal hold stops it here too.
 */
export async function eraseSheet(
  db: Tx,
  actor: Actor,
  caseId: string,
  part: ErasablePart,
): Promise<{ readonly done: true } | { readonly refused: 'legal-hold' }> {
  if (await onHold(db, actor.partyId, caseId)) return { refused: 'legal-hold' }
  await erasePart(db, actor.partyId, caseId, part)
  return { done: true }
}
