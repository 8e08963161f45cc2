import { addNote } from '#people'
import type { Actor } from '#platform/access'
import { inSavepoint, type Tx } from '#platform/db'
import { recordIntroduction, threadOf } from '#referrals'

import type { SeenStep } from './steps.actions.ts'

/** A first appointment for several people: one day, one place, one who goes along. */
export type Meeting = Parameters<typeof recordIntroduction>[3]

/**
 * One introduction for everybody in one piece of work: written into each one's own referral, or into none. Null: done; else the
 * step whose referral does not take it, and why.
 */
export async function introduceTogether(
  db: Tx,
  actor: Actor,
  group: readonly SeenStep[],
  meeting: Meeting,
): Promise<{ readonly seen: SeenStep; readonly refused: string } | null> {
  const { refused } = await inSavepoint(db, async () => {
    for (const seen of inOrder(group)) {
      const thread = seen.thread === null ? null : await threadOf(db, actor, seen.thread.id)
      if (thread === null) return { keep: false, refused: { seen, refused: 'not-sent' } }
      const at = { threadId: thread.id, version: thread.version }
      const done = await recordIntroduction(db, actor, at, meeting)
      if ('refused' in done) return { keep: false, refused: { seen, refused: done.refused } }
    }
    return { keep: true, refused: null }
  })
  return refused
}

/**
 * What happened at a time together, as a note in each one's own file: what is said of everybody, and what is said of this person
 * alone. No line of one file stands in another. False: one of the files is not the actor's, and nothing was written.
 */
export async function noteTogether(
  db: Tx,
  actor: Actor,
  group: readonly SeenStep[],
  noteFor: (seen: SeenStep) => string,
): Promise<boolean> {
  const { keep } = await inSavepoint(db, async () => {
    for (const seen of inOrder(group)) {
      const noted = await addNote(db, actor, seen.step.caseId, noteFor(seen))
      if ('refused' in noted) return { keep: false }
    }
    return { keep: true }
  })
  return keep
}

/** Always in the same order, so that two acts at once do not wait for each other. */
function inOrder(group: readonly SeenStep[]): readonly SeenStep[] {
  return group.toSorted((a, b) => (a.step.caseId < b.step.caseId ? -1 : 1))
}
