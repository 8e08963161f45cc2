import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { NoThread } from './thread.ts'
import { addEvent, holdFromMe, holdThread, threadRow } from './thread.store.ts'

/**
 * "I know this person": from this moment the worker sees neither the thread nor what came in it. A thread that belongs to a
 * case is closed with the case, on the case's own page.
 */
export async function stepAside(
  db: Tx,
  actor: Actor,
  threadId: string,
): Promise<{ readonly done: true } | NoThread | { readonly refused: 'has-case'; readonly caseId: string }> {
  await holdThread(db, threadId)
  const row = await threadRow(db, actor.partyId, threadId)
  if (row === null) return { refused: 'no-thread' }
  if (row.caseId !== null) return { refused: 'has-case', caseId: row.caseId }
  await record(db, actor, {
    kind: 'conflict.declared',
    detail: { thread: threadId, account: actor.accountId },
  })
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: threadId,
    kind: 'stepped-aside',
    actor_id: actor.accountId,
    envelope_id: null,
  })
  if (!(await holdFromMe(db, threadId))) return { refused: 'no-thread' }
  return { done: true }
}
