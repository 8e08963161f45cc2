import { isAtWork, isReversed } from './thread.rules.ts'
import type { Entry } from './entry.ts'
import type { Thread } from './thread.ts'

/** Why a family is on the lead's list. */
export type Quiet = 'no-file' | 'no-action'

/** A file about the person, with what stands in it. */
export interface Worked {
  readonly thread: Thread
  readonly entries: readonly Entry[]
}

/**
 * Whether nobody does anything about the person causing harm, as far as the reader may see: no file about them, or none in which an
 * action is open or was done within so many days. A file under review counts as work only by its actions.
 */
export function quietOf(files: readonly Worked[], days: number, now: Date): Quiet | null {
  const live = files.filter(({ thread }) => thread.state === 'active' && !isReversed(thread))
  if (live.length === 0) return 'no-file'
  return live.some(({ entries }) => isAtWork(entries, days, now)) ? null : 'no-action'
}
