import { type BackLevel, backLevels, type StateNews, type ThreadState } from '#envelopes'

import type { ActRefusal, Side, ThreadAct, ThreadKind } from './thread.ts'

/** What the rules look at. */
export interface ThreadFacts {
  readonly side: Side
  readonly kind: ThreadKind
  readonly state: ThreadState
  readonly comesBack: BackLevel
}

interface ActRule {
  readonly sides: readonly Side[]
  readonly kinds: readonly ThreadKind[]
  readonly states: readonly ThreadState[]
  /** Also in these states on the asking side, when the release lets no decision come back: it was told on the telephone. */
  readonly untold?: readonly ThreadState[]
  /** Where the thread stands afterwards; null: where it stood. */
  readonly becomes: StateNews | null
}

const both: readonly ThreadKind[] = ['ask', 'referral']
const beforeDecision: readonly ThreadState[] = ['sent', 'received', 'question']
const live: readonly ThreadState[] = [...beforeDecision, 'waiting', 'accepted', 'unreached', 'started']
const closed: readonly ThreadState[] = ['declined', 'met', 'ended']

/** Who may do what, from which side, in which state: every act has a row, every other combination is a no. */
export const actRules: Readonly<Record<ThreadAct, ActRule>> = {
  question: {
    sides: ['to'],
    kinds: both,
    states: ['received', 'question', 'waiting', 'accepted', 'unreached', 'started'],
    becomes: 'question',
  },
  answer: {
    sides: ['from'],
    kinds: both,
    states: ['question', 'waiting', 'accepted', 'unreached', 'started'],
    becomes: 'received',
  },
  accept: {
    sides: ['to'],
    kinds: both,
    states: ['received', 'question', 'waiting', 'unreached'],
    becomes: 'accepted',
  },
  wait: {
    sides: ['to'],
    kinds: ['referral'],
    states: ['received', 'question', 'waiting', 'unreached'],
    becomes: 'waiting',
  },
  decline: {
    sides: ['to'],
    kinds: both,
    states: ['received', 'question', 'waiting', 'accepted'],
    becomes: 'declined',
  },
  introduce: {
    sides: ['from', 'to'],
    kinds: ['referral'],
    states: ['accepted', 'waiting', 'unreached', 'started'],
    untold: beforeDecision,
    becomes: 'started',
  },
  met: {
    sides: ['from', 'to'],
    kinds: ['referral'],
    states: ['accepted', 'waiting', 'unreached', 'started'],
    untold: beforeDecision,
    becomes: 'met',
  },
  end: {
    sides: ['from', 'to'],
    kinds: both,
    states: ['accepted', 'waiting', 'unreached', 'declined', 'started', 'met'],
    untold: beforeDecision,
    becomes: 'ended',
  },
  take: {
    sides: ['to'],
    kinds: ['referral'],
    states: ['accepted', 'waiting', 'unreached', 'started', 'met'],
    becomes: null,
  },
  withdraw: {
    sides: ['from'],
    kinds: ['referral'],
    states: [...live, 'declined', 'met', 'ended'],
    becomes: 'withdrawn',
  },
  // Never out of a withdrawal: what the person took back begins with a new permission.
  reopen: { sides: ['from', 'to'], kinds: both, states: closed, becomes: 'reopened' },
  // Whether the last act can be undone is decided over the timeline, where the other side's reading counts.
  undo: { sides: ['from', 'to'], kinds: both, states: [...live, ...closed], becomes: null },
  // Who keeps the sessions is the agency that was asked. A session that took place also begins what was agreed.
  session: {
    sides: ['to'],
    kinds: ['referral'],
    states: ['accepted', 'waiting', 'unreached', 'started', 'met'],
    becomes: null,
  },
  unreached: {
    sides: ['from', 'to'],
    kinds: ['referral'],
    states: ['received', 'question', 'waiting', 'accepted', 'unreached', 'started'],
    untold: beforeDecision,
    becomes: 'unreached',
  },
}

/** Whether an act may happen now; a refusal names the rule that says no. */
export function refusalOf(thread: ThreadFacts, act: ThreadAct): ActRefusal | null {
  const rule = actRules[act]
  const { state } = thread
  if (!rule.sides.includes(thread.side)) return { refused: 'other-side-does-this', state }
  if (!rule.kinds.includes(thread.kind)) return { refused: 'not-for-an-ask', state }
  const untold =
    thread.side === 'from' && thread.kind === 'referral' && !hears(thread.comesBack, 'decision-and-place')
  if (rule.states.includes(state) || (untold && rule.untold?.includes(state) === true)) return null
  return { refused: 'not-now', state }
}

/** What may be done with a thread, in the order of the table. */
export function actsOpen(thread: ThreadFacts): readonly ThreadAct[] {
  return (Object.keys(actRules) as ThreadAct[]).filter((act) => refusalOf(thread, act) === null)
}

/** Where this side's thread stands after an act that was allowed. */
export function stateAfter(state: ThreadState, act: ThreadAct): ThreadState {
  const to = actRules[act].becomes
  // A question or an answer between decisions changes nothing that was decided.
  return to === 'withdrawn' ? to : moved(state, to)
}

/** Whether news of this level reaches the one who sent the first envelope. */
export function hears(comesBack: BackLevel, level: BackLevel): boolean {
  return backLevels.indexOf(comesBack) >= backLevels.indexOf(level)
}

/**
 * Where a side's thread stands when news arrives: forward only, a question and nobody reached apart, and out of an end only
 * where it is opened again.
 * `referrals.moved` in the database says the same, and is the one that counts.
 */
export function moved(old: ThreadState, news: StateNews | null): ThreadState {
  if (news === null || news === 'withdrawn' || old === 'withdrawn') return old
  if (news === 'reopened') return closed.includes(old) ? 'received' : old
  if (old === 'declined') return news === 'ended' ? news : old
  if (news === 'unreached') return old === 'met' || old === 'ended' ? old : news
  if (old === 'unreached') return leadsOn.includes(news) ? news : old
  if (old === 'question' && news === 'received') return news
  if (old === 'received' && news === 'question') return news
  if (old === 'accepted' && news === 'declined') return news
  return rank[news] > rank[old] ? news : old
}

/** Where a person who was not reached for a while is met again: what had begun goes on, or ends. */
const leadsOn: readonly ThreadState[] = ['waiting', 'accepted', 'started', 'met', 'ended']

const rank: Readonly<Record<Exclude<ThreadState, 'unreached'>, number>> = {
  sent: 0,
  received: 1,
  question: 1,
  waiting: 2,
  accepted: 3,
  declined: 3,
  started: 4,
  met: 5,
  ended: 6,
  withdrawn: 7,
}
