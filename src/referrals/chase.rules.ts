import type { BackLevel } from '#envelopes'

import { hears } from './thread.rules.ts'
import type { ThreadEvent, ThreadKind, ThreadRow } from './thread.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** How long after the due time the next one is told; `referrals.chase_unit` in the database says the same, and is the one that counts. */
export function chaseUnit(startedAt: Date, dueAt: Date): number {
  return Math.max(Math.min(dueAt.getTime() - startedAt.getTime(), day), 30 * minute)
}

/** Whether the side that asked can hear an answer at all: only then is one due to it, and can it ask again. */
export function hearsAnswer(thread: { readonly kind: ThreadKind; readonly comesBack: BackLevel }): boolean {
  return thread.kind === 'ask' || hears(thread.comesBack, 'decision-and-place')
}

/** How late something is: minutes under an hour, hours under two days, else whole days. */
export function lateBy(
  dueAt: Date,
  now: Date,
): { readonly unit: 'minutes' | 'hours' | 'days'; readonly count: number } {
  const late = Math.max(0, now.getTime() - dueAt.getTime())
  if (late < 60 * minute) return { unit: 'minutes', count: Math.max(1, Math.floor(late / minute)) }
  if (late < 2 * day) return { unit: 'hours', count: Math.floor(late / (60 * minute)) }
  return { unit: 'days', count: Math.floor(late / day) }
}

/** From when on the other side can be asked again; null: there is nothing to ask for. */
export function askAgainFrom(
  thread: Pick<ThreadRow, 'side' | 'kind' | 'state' | 'comesBack' | 'dueAt' | 'startedAt'>,
  events: readonly ThreadEvent[],
  shared: boolean,
): Date | null {
  if (thread.side !== 'from' || !shared || !['sent', 'received'].includes(thread.state)) return null
  if (!hearsAnswer(thread)) return null
  const due = thread.dueAt?.getTime() ?? thread.startedAt.getTime() + day
  const last = events.findLast((event) => event.kind === 'nudged')?.at.getTime() ?? -Infinity
  return new Date(Math.max(due, last + day))
}
