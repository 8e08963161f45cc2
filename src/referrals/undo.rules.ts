import type { ThreadEvent } from './thread.ts'

/** How long an act can be undone; `referrals.undo` in the database says the same, and is the one that counts. */
const undoFor = 15 * 60_000

/** What the actor did last, while it can still be undone as far as this side knows: whether it was read only the database says. */
export function lastOwn(events: readonly ThreadEvent[], accountId: string, now: number): ThreadEvent | null {
  const last = events.at(-1)
  if (last === undefined || !last.undoable || last.actorId !== accountId) return null
  return now - last.at.getTime() <= undoFor ? last : null
}
