import type { Words } from '#platform/i18n'

import { hearsAnswer, lateBy } from './chase.rules.ts'
import type { ThreadRow } from './thread.ts'

type Standing = Pick<ThreadRow, 'side' | 'kind' | 'state' | 'comesBack' | 'dueAt'>

/** Whether an answer is still due. */
export function isUndecided(thread: Pick<ThreadRow, 'state'>): boolean {
  return thread.state === 'sent' || thread.state === 'received' || thread.state === 'question'
}

/** By when an answer is due, and by how much it is late; empty where none is. */
export function dueText(
  t: Words,
  thread: Standing,
  shared: boolean,
  where: 'line' | 'thread',
  now: Date = new Date(),
): string {
  const { dueAt } = thread
  if (dueAt === null || !shared || !isUndecided(thread)) return ''
  // Where no answer may come back, the side that asked waits for none.
  if (thread.side === 'from' && thread.state !== 'question' && !hearsAnswer(thread)) return ''
  const when = t.dateTime(dueAt)
  return dueAt > now
    ? t(`referrals.${where}.due`, { when })
    : t(`referrals.${where}.late`, { when, late: lateText(t, dueAt, now) })
}

/** How late something is, in words. */
function lateText(t: Words, dueAt: Date, now: Date): string {
  const { unit, count } = lateBy(dueAt, now)
  return t(`referrals.late.${unit}`, { count })
}
