import { threadsUnder, withdrawRelease } from '#envelopes'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { stateAfter } from './thread.rules.ts'
import { addEvent, changeThread, holdThread, threadRow } from './thread.store.ts'

/**
 * The person takes a permission back: everything sent under it opens no more from this moment, and the threads that rest on it
 * say so in our own list. The other side sees what it would see of an end by date. Gives how many envelopes were ended.
 */
export async function withdrawUnder(
  db: Tx,
  actor: Actor,
  release: { readonly id: string; readonly of: CaseKey },
  how: string,
): Promise<{ readonly ended: number; readonly threads: readonly string[] }> {
  const threads = await threadsUnder(db, actor.partyId, release.id)
  // Threads first, in one order, as every act takes them: two acts never wait for each other.
  for (const id of threads) await holdThread(db, id)
  const ended = await withdrawRelease(db, actor, release, how)
  for (const id of threads) await closeAsWithdrawn(db, actor, id, release.of)
  return { ended, threads }
}

/** Says in our own list that what a thread rests on was ended. */
export async function closeAsWithdrawn(db: Tx, actor: Actor, id: string, of: CaseKey): Promise<void> {
  const row = await threadRow(db, actor.partyId, id)
  if (row === null || row.state === 'withdrawn') return
  const at = { partyId: actor.partyId, id, version: row.version }
  await changeThread(db, at, {
    state: stateAfter(row.state, 'withdraw'),
    due_at: null,
  })
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: id,
    kind: 'withdrawn',
    actor_id: actor.accountId,
    envelope_id: null,
  })
  await record(db, actor, {
    kind: 'referral.changed',
    of,
    detail: { thread: id, what: 'withdraw', state: 'withdrawn' },
  })
}
