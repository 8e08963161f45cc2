import { casesOnHold, eraseRows, type ErasureReason, openForWork, proveErased } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { casesWith } from './link.store.ts'
import { threadOf } from './thread.store.ts'
import { aFile, type ThreadRefusal } from './thread.ts'

/**
 * Destroys a file: its wraps, its rows, what the ledger's lines told. Only a privacy lead of its team does, of the file as it was
 * read, and not while a case that it belongs to, as far as that lead may see, is on legal hold. A proof of it stays.
 */
export async function eraseThread(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly version: number },
  why: ErasureReason,
): Promise<{ readonly proofId: string } | ThreadRefusal> {
  if (!mayDo(actor.roles, 'privacy:lead')) return { refused: 'missing' }
  // The cases first, as whoever joins a case and a file holds them: no hold is put on one in between.
  for (const caseId of (await casesWith(db, actor, at.threadId)).toSorted())
    await openForWork(db, actor, caseId, 'changing')
  const thread = await threadOf(db, actor, at.threadId, 'changing')
  if (thread === null) return { refused: 'missing' }
  if (thread.version !== at.version) return { refused: 'changed-meanwhile' }
  const held = await casesOnHold(db, actor.partyId, await casesWith(db, actor, thread.id))
  if (held.size > 0) {
    await record(db, actor, { kind: 'hold.stopped', of: thread.key, detail: { ...aFile, what: 'erasing' } })
    return { refused: 'legal-hold' }
  }
  const gone = await eraseRows(db, thread.id)
  if (gone === null) return { refused: 'missing' }
  const { proofId } = await proveErased(db, actor, thread.id, { why, gone, agencies: 0 })
  return { proofId }
}
