import type { Setter, TaskStatus } from './task-status.ts'

// Gravity SDOH Clinical Care 3.0.0, referral task state diagram; the setters are of the profile's introduction.
const next: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  draft: ['requested'],
  requested: ['accepted', 'rejected', 'cancelled'],
  accepted: ['in-progress', 'on-hold', 'completed', 'failed', 'cancelled'],
  'in-progress': ['on-hold', 'completed', 'failed', 'cancelled'],
  'on-hold': ['in-progress', 'completed', 'failed', 'cancelled'],
  rejected: [],
  cancelled: [],
  failed: [],
  completed: [],
  'entered-in-error': [],
}

const both: readonly Setter[] = ['requester', 'target']
const setters: Readonly<Record<TaskStatus, readonly Setter[]>> = {
  draft: ['requester'],
  requested: ['requester'],
  accepted: ['target'],
  rejected: ['target'],
  cancelled: both,
  'in-progress': ['target'],
  'on-hold': ['target'],
  failed: ['target'],
  completed: ['target'],
  'entered-in-error': ['requester'],
}

/** A move of a Task that the guide does not know: there is no such arrow, or the other side takes it. */
export interface MoveRefusal {
  readonly refused: 'no-such-move' | 'other-side-moves'
}

/** Whether this side may move a Task from one status to another; null: it may. A status that is kept is no move. */
export function moveRefusal(from: TaskStatus, to: TaskStatus, by: Setter): MoveRefusal | null {
  if (!canMove(from, to)) return { refused: 'no-such-move' }
  return setters[to].includes(by) ? null : { refused: 'other-side-moves' }
}

/** Whether there is an arrow from one status to another, whoever takes it. What was wrong can be said so of every status but itself. */
export function canMove(from: TaskStatus, to: TaskStatus): boolean {
  return to === 'entered-in-error' ? from !== to : next[from].includes(to)
}

/** Whether a Task that stands so goes on to nothing else. */
export function isOver(status: TaskStatus): boolean {
  return next[status].length === 0
}

/** Statuses whose reason is expected to be said. */
export const reasonExpected: ReadonlySet<TaskStatus> = new Set(['rejected', 'cancelled', 'on-hold', 'failed'])
