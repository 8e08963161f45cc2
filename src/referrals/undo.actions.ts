import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { hold, type ThreadAt } from './act.actions.ts'
import type { ActDone, NotUndone, ThreadRefusal } from './thread.ts'
import { eventsOf, threadRow, undoLast } from './thread.store.ts'

const whyNot = {
  nothing: 'nothing-to-undo',
  late: 'undo-too-late',
  read: 'undo-was-read',
  untold: 'undo-untold',
} as const satisfies Readonly<Record<string, NotUndone['refused']>>

/**
 * Takes back what the actor did last, within a quarter of an hour, while nobody at the other side has read it. The database
 * decides; both timelines keep the act, and that it was undone.
 */
export async function undo(db: Tx, actor: Actor, at: ThreadAt): Promise<ActDone | ThreadRefusal> {
  const held = await hold(db, actor, at, 'undo')
  if ('refused' in held) return held
  const { row, of } = held
  const last = (await eventsOf(db, actor.partyId, row.id)).at(-1)
  const done = await undoLast(db, row.id)
  if (done === null) return { refused: 'no-thread' }
  if (done !== 'undone') return { refused: whyNot[done] }
  const now = await threadRow(db, actor.partyId, row.id)
  const state = now?.state ?? row.state
  await record(db, actor, {
    kind: 'referral.changed',
    ...(of === null ? {} : { of }),
    detail: { thread: row.id, what: 'undo', of: last?.id ?? null, state },
  })
  return { threadId: row.id, state, reached: 'own' }
}
