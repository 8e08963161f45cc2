import { officeOf } from '#parties'
import { openForWork } from '#people'
import { type Actor, isId } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { hearsAnswer } from './chase.rules.ts'
import type { Nudge } from './chase.ts'
import { pleaseAnswer } from './chase.store.ts'
import { holdThread, threadRow } from './thread.store.ts'
import type { ThreadRow } from './thread.ts'

/**
 * When an answer is due on this side's row. Where none may come back, none is due to the side that sent: but at an office without an
 * account nobody is reminded, so there the sender's own clock runs, whatever the office does.
 */
export async function dueHere(
  db: Tx,
  actor: Actor,
  thread: Pick<ThreadRow, 'side' | 'kind' | 'comesBack' | 'otherParty'>,
  dueAt: Date | null,
): Promise<Date | null> {
  if (dueAt === null || thread.side === 'to' || hearsAnswer(thread)) return dueAt
  return (await officeOf(db, actor, { officeId: thread.otherParty })) === null ? null : dueAt
}

/** Asks the other side again for an answer that is late. It says nothing of anybody, and comes at most once in a day. */
export async function askAgain(db: Tx, actor: Actor, threadId: string): Promise<Nudge> {
  if (!isId(threadId)) return 'no-thread'
  await holdThread(db, threadId)
  const row = await threadRow(db, actor.partyId, threadId)
  if (row === null) return 'no-thread'
  const opened = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  if (row.caseId !== null && opened === null) return 'no-thread'
  const came = await pleaseAnswer(db, threadId)
  if (came !== 'asked') return came
  await record(db, actor, {
    kind: 'referral.changed',
    ...(opened === null ? {} : { of: opened.key }),
    detail: { thread: threadId, what: 'please-answer', state: row.state },
  })
  return came
}
