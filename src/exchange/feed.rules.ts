import type { Trouble } from './feed-get.ts'

/** How often a feed is looked at. */
export const paces = ['daily', 'weekly'] as const
export type Pace = (typeof paces)[number]

const hour = 3_600_000
const paceHours = { daily: 24, weekly: 168 } as const
const firstRetryHours = 1

/** Milliseconds until the next look: its pace while all is well, else one schedule for every failure, doubled up to the pace. */
export function nextLookMs(pace: Pace, failures: number, waitSeconds = 0): number {
  const regular = paceHours[pace] * hour
  if (failures === 0) return regular
  const doubled = firstRetryHours * hour * 2 ** Math.min(failures - 1, 10)
  return Math.max(Math.min(doubled, regular), Math.min(waitSeconds * 1000, 7 * 24 * hour))
}

/** Below this many records a share says nothing. */
const few = 5
/** More than so many gone at once is taken for a fault of the source, until a person says otherwise. */
const mostGone = 0.2
/** More than so many changed or new at once is a person's to look at, even where safe changes go in by themselves. */
export const mostChanged = 0.2

/** What a whole, readable state says beside the last good one. Ids in lower case. */
export function troubleIn(
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
): Extract<Trouble, 'shrunk' | 'ids-changed' | 'not-the-format'> | null {
  if (before.size === 0) return now.size === 0 ? 'not-the-format' : null
  const gone = [...before].filter((id) => !now.has(id)).length
  const come = [...now].filter((id) => !before.has(id)).length
  if (gone <= Math.max(before.size * mostGone, before.size < few ? 1 : 0)) return null
  // As many came as went: the same services under other ids, which would list each of them twice.
  return come >= gone * 0.8 ? 'ids-changed' : 'shrunk'
}
