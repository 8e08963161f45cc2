import type { ThreadState } from '#envelopes'

import type { Keeping, Settled } from './keeping.ts'
import { reasons } from './reason.ts'
import type { Side, Thread, ThreadKind } from './thread.ts'

/** States in which the other side has said yes, without a list to wait on. */
const taken: readonly ThreadState[] = ['accepted', 'started', 'met']

/** States in which the other side has said that it has what was sent, and has not said no. */
const acknowledged: readonly ThreadState[] = ['received', 'question', 'waiting', ...taken]

/**
 * Whether a thread of one's own shows that somebody there has the person. Never a question: it names nobody. For danger only a yes:
 * that it was opened, or has a place on a list, keeps nobody today.
 */
export function isAcknowledged(thread: Pick<Thread, 'kind' | 'state'>, danger: boolean): boolean {
  return thread.kind === 'referral' && (danger ? taken : acknowledged).includes(thread.state)
}

/** Whether a reason asks for a service that acts today. */
export function needsSameDay(reason: string): boolean {
  return reasons.some((each) => each.code === reason && each.needsSameDay)
}

/** Whether a no stands open: somebody has still to say who has the person. */
export function isOpen(keeping: Pick<Keeping, 'keptSince' | 'settledAt'> | null): boolean {
  return keeping !== null && keeping.keptSince !== null && keeping.settledAt === null
}

/** Whether this settles it. For danger only somebody else who has the person does; this agency's own word does not. */
export function settles(settled: Pick<Settled, 'how'>, danger: boolean): boolean {
  return !danger || settled.how === 'thread' || settled.how === 'word'
}

/** What the sentence about who keeps hold looks at. */
interface HoldFacts {
  readonly side: Side
  readonly state: ThreadState
  readonly keeping: Pick<Keeping, 'keptSince' | 'settledAt' | 'body'> | null
  /** The no was for danger. */
  readonly danger: boolean
  /** A no reaches the other side. */
  readonly told: boolean
}

/** The key of the one sentence that says who keeps hold of the person now; null where it is over and nothing is open. */
export function holderKey({ side, state, keeping, danger, told }: HoldFacts): string | null {
  if (side === 'to') return state === 'declined' && !told ? 'to-no-untold' : (toKeys[state] ?? null)
  if (isOpen(keeping)) return danger ? 'from-danger' : 'from-no'
  if (keeping !== null && keeping.settledAt !== null && ['declined', 'ended', 'withdrawn'].includes(state))
    return `settled-${keeping.body.settled?.how ?? 'own'}`
  return fromKeys[state] ?? null
}

const fromKeys: Readonly<Partial<Record<string, string>>> = {
  sent: 'from-undecided',
  received: 'from-undecided',
  question: 'from-undecided',
  unreached: 'from-unreached',
  waiting: 'from-waiting',
  accepted: 'from-accepted',
  started: 'from-accepted',
  met: 'from-met',
  declined: 'from-no',
}

const toKeys: Readonly<Partial<Record<string, string>>> = {
  sent: 'to-undecided',
  received: 'to-undecided',
  question: 'to-undecided',
  unreached: 'to-unreached',
  waiting: 'to-waiting',
  accepted: 'to-accepted',
  started: 'to-accepted',
  met: 'to-met',
  declined: 'to-no',
}

/** What the sentence of a case looks at, thread by thread: only what this agency asked or sent. */
interface CaseHold {
  readonly side: Side
  readonly kind: ThreadKind
  readonly state: ThreadState
  readonly open: boolean
}

/**
 * Who keeps hold of the person of a case, over all that was sent: the strongest of what is open. Of a question only an open no and
 * that nobody has decided count: a yes to it has nobody. Null: nothing was sent.
 */
export function caseHolder(threads: readonly CaseHold[]): string | null {
  const sent = threads.filter(({ side }) => side === 'from')
  if (sent.some(({ open }) => open)) return 'case-no'
  const named = sent.filter(({ kind }) => kind === 'referral')
  if (named.some(({ state }) => state === 'met')) return 'case-met'
  if (named.some(({ state }) => state === 'accepted' || state === 'started')) return 'case-accepted'
  if (named.some(({ state }) => state === 'waiting')) return 'case-waiting'
  return sent.some(({ state }) => fromKeys[state] === 'from-undecided') ? 'case-undecided' : null
}
