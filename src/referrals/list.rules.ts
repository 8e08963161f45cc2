import { type ThreadState, threadStates } from '#envelopes'

import type { Side } from './thread.ts'

/** Where a thread belongs in a working list. */
export const groups = ['ours', 'theirs', 'under-way', 'closed'] as const
export type Group = (typeof groups)[number]

const table: Readonly<Record<Side, Readonly<Record<ThreadState, Group>>>> = {
  from: {
    sent: 'theirs',
    received: 'theirs',
    question: 'ours',
    waiting: 'under-way',
    unreached: 'ours',
    accepted: 'ours',
    declined: 'ours',
    started: 'under-way',
    met: 'closed',
    ended: 'closed',
    withdrawn: 'closed',
  },
  to: {
    sent: 'ours',
    received: 'ours',
    question: 'theirs',
    waiting: 'under-way',
    unreached: 'ours',
    accepted: 'under-way',
    declined: 'closed',
    started: 'under-way',
    met: 'closed',
    ended: 'closed',
    withdrawn: 'closed',
  },
}

/** Whose turn it is, or that it is under way or over. */
export function groupOf(thread: { readonly side: Side; readonly state: ThreadState }): Group {
  return table[thread.side][thread.state]
}

/** The sides and states of one group. */
export function membersOf(group: Group): readonly { readonly side: Side; readonly state: ThreadState }[] {
  return (['from', 'to'] as const).flatMap((side) =>
    threadStates.filter((state) => table[side][state] === group).map((state) => ({ side, state })),
  )
}
