import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { act, type ThreadAt } from './act.actions.ts'
import type { Unreached } from './letter.ts'
import type { ActDone, ThreadRefusal } from './thread.ts'
import { reachOf } from './tries.actions.ts'
import { maySayNotReached, triesSince } from './tries.rules.ts'

/** Too few tries were written down. */
export interface TooFewTries {
  readonly refused: 'too-few-tries'
}

/**
 * Says that somebody cannot be reached for now, once they were tried often enough. It is no end: both sides go on from it, and nothing
 * comes out of it by itself. The other side hears of it as of a first contact.
 */
export async function sayUnreached(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  helps: Unreached['helps'],
): Promise<ActDone | ThreadRefusal | TooFewTries> {
  const reach = await reachOf(db, actor, at.threadId)
  if (reach === null) return { refused: 'no-thread' }
  if (!maySayNotReached(reach.tries, reach.enough)) return { refused: 'too-few-tries' }
  const letter: Unreached = { about: 'unreached', tries: triesSince(reach.tries), helps: [...helps] }
  return act(db, actor, at, { act: 'unreached', kind: 'unreached', letter, news: { state: 'unreached' } })
}
