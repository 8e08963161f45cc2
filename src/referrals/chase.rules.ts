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

/** After the yes, or on a list: something was planned, or nobody named a day. */
function isPlanned({ kind, state }: Pick<ThreadRow, 'kind' | 'state'>): boolean {
  return kind === 'referral' && (state === 'waiting' || state === 'accepted' || state === 'started')
}

/** From when on somebody is told of it; null: of nothing. `referrals.told_at` in the database says the same, and is the one that counts. */
export function toldAt(thread: Pick<ThreadRow, 'state' | 'dueAt' | 'expectedAt' | 'askAt'>): Date | null {
  const { state, dueAt, expectedAt, askAt } = thread
  if (state === 'sent' || state === 'received' || state === 'question') return dueAt
  if (state === 'unreached') return askAt
  if (state !== 'waiting' && state !== 'accepted' && state !== 'started') return null
  return askAt ?? (expectedAt === null ? null : new Date(expectedAt.getTime() + day))
}

/** Why a thread is among what is late, where no answer is late. */
export type LateWhy = 'own-clock' | 'planned-day' | 'look-again' | 'unreached'

/** What its line says beside how late an answer is; null: an answer is late, and the line says so already. */
export function whyLate(
  thread: Pick<ThreadRow, 'side' | 'kind' | 'state' | 'comesBack' | 'askAt'>,
): LateWhy | null {
  if (thread.state === 'unreached') return 'unreached'
  if (isPlanned(thread)) return thread.askAt === null ? 'planned-day' : 'look-again'
  return thread.side === 'from' && thread.state !== 'question' && !hearsAnswer(thread) ? 'own-clock' : null
}

/** Whether the side that asked may ask how it stands: where the answer, or after the yes the first contact, may come back. */
function mayAsk(thread: Pick<ThreadRow, 'kind' | 'state' | 'comesBack'>): boolean {
  if (thread.state === 'sent' || thread.state === 'received') return hearsAnswer(thread)
  if (!isPlanned(thread)) return false
  return hears(thread.comesBack, thread.state === 'waiting' ? 'decision-and-place' : 'first-contact')
}

/** From when on the other side can be asked again; null: there is nothing to ask for. */
export function askAgainFrom(
  thread: Pick<
    ThreadRow,
    'side' | 'kind' | 'state' | 'comesBack' | 'dueAt' | 'expectedAt' | 'askAt' | 'startedAt'
  >,
  events: readonly ThreadEvent[],
  shared: boolean,
): Date | null {
  if (thread.side !== 'from' || !shared || !mayAsk(thread)) return null
  const due = toldAt(thread)?.getTime() ?? (isPlanned(thread) ? null : thread.startedAt.getTime() + day)
  if (due === null) return null
  const last = events.findLast((event) => event.kind === 'nudged')?.at.getTime() ?? -Infinity
  return new Date(Math.max(due, last + day))
}
