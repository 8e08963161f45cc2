import type { ThreadRow } from './thread.ts'

/** So many services are asked together: the first yes counts, and each of the others has to be told. */
export const mostAsked = 5

const unanswered: readonly ThreadRow['state'][] = ['sent', 'received', 'question']

/** Whether a question of ours still waits for its answer. */
export function awaited(thread: Pick<ThreadRow, 'side' | 'kind' | 'state'>): boolean {
  return thread.side === 'from' && thread.kind === 'ask' && unanswered.includes(thread.state)
}

/** Whether one of several services that were asked together has said yes: then nobody else is needed. */
export function saidYes(thread: Pick<ThreadRow, 'side' | 'kind' | 'state'>): boolean {
  return thread.side === 'from' && thread.kind === 'ask' && thread.state === 'accepted'
}

/** How often the page of a question looks again by itself: each half minute, ten minutes long, and no longer than it helps. */
export const looks = { every: 30, most: 20 } as const

/** How many looks are left, as the address says it; 0 where the page stays as it is. */
export function looksLeft(
  asked: string | undefined,
  threads: readonly Pick<ThreadRow, 'side' | 'kind' | 'state'>[],
): number {
  if (threads.some(saidYes) || !threads.some(awaited)) return 0
  const left = /^\d{1,2}$/.test(asked ?? '') ? Number(asked) : 0
  return Math.min(left, looks.most)
}
