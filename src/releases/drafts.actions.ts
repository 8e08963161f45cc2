import { type Actor, caseKeys } from '#platform/access'
import type { Tx } from '#platform/db'

import type { KeptRelease } from './kept-release.ts'
import { countDrafts, draftRows, openRelease } from './release.store.ts'

/** A draft that waits to be gone on with: a referral or a permission that was begun and not sent. */
export interface WaitingDraft {
  readonly id: string
  readonly caseId: string
  readonly madeBy: string
  readonly begunAt: Date
  readonly kept: KeptRelease
}

/** Drafts in every case that the actor may see, the newest first, and how many there are. */
export async function draftsFor(
  db: Tx,
  actor: Actor,
  asked: { readonly limit: number; readonly offset: number },
): Promise<{ readonly drafts: readonly WaitingDraft[]; readonly total: number }> {
  const total = await countDrafts(db, actor.partyId)
  const rows = total === 0 ? [] : await draftRows(db, actor.partyId, asked)
  const keys = await caseKeys(
    db,
    actor,
    rows.map((row) => row.case_id),
  )
  const drafts = rows.flatMap(({ begun_at: begunAt, ...row }) => {
    const key = keys.get(row.case_id)
    // Closed for the reader between two queries: gone, like any other that is not theirs.
    if (key === undefined) return []
    const { id, caseId, madeBy, kept } = openRelease(key, row)
    return [{ id, caseId, madeBy, begunAt, kept }]
  })
  return { drafts, total }
}
