import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { eraseRows } from './case.store.ts'
import { openForWork } from './open.actions.ts'
import type { NoCase } from './sheet.ts'

/**
 * Erases a case: its wraps are destroyed and its rows go. What the ledger's lines told about it goes too; that they were
 * written stays provable. Backups of the keys follow within thirty days.
 */
export async function eraseCase(
  db: Tx,
  actor: Actor,
  caseId: string,
): Promise<{ readonly done: true } | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'rekeying')
  if (opened === null || !(await eraseRows(db, caseId))) return { refused: 'no-case' }
  await record(db, actor, { kind: 'case.erased', detail: { case: caseId } })
  return { done: true }
}
