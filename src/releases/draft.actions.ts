import { randomUUIDv7 } from 'node:crypto'

import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'

import type { KeptRelease, StoredRelease } from './kept-release.ts'
import { insertDraft, releaseOf, writeRelease } from './release.store.ts'

/** Why a release could not be changed: somebody was first, it is gone, or it is no draft any more. */
export interface DraftRefusal {
  readonly refused: 'changed-meanwhile' | 'no-release' | 'not-a-draft'
}

/** Keeps a new draft in the case: nothing that was typed is lost, and nothing crosses. */
export async function startDraft(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  kept: KeptRelease,
): Promise<{ readonly id: string; readonly version: number }> {
  const id = randomUUIDv7()
  await insertDraft(db, key, {
    id,
    recipientId: kept.release.recipient.partyId,
    madeBy: actor.accountId,
    kept,
  })
  return { id, version: 1 }
}

/** Writes the next page of a draft over the version it was read at. The recipient of a draft never changes. */
export async function changeDraft(
  db: Tx,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  change: (release: StoredRelease) => KeptRelease,
): Promise<{ readonly id: string; readonly version: number } | DraftRefusal> {
  const release = await releaseOf(db, key, at.id, true)
  if (release === null) return { refused: 'no-release' }
  if (release.state !== 'draft') return { refused: 'not-a-draft' }
  if (release.version !== at.version) return { refused: 'changed-meanwhile' }
  const kept = change(release)
  if (kept.release.recipient.partyId !== release.recipientId) return { refused: 'no-release' }
  await writeRelease(db, key, at, { kept })
  return { id: at.id, version: at.version + 1 }
}

/** Puts a draft away for good: its words go with it. */
export async function dropDraft(
  db: Tx,
  key: CaseKey,
  id: string,
): Promise<{ readonly done: true } | DraftRefusal> {
  const release = await releaseOf(db, key, id, true)
  if (release === null) return { refused: 'no-release' }
  if (release.state !== 'draft') return { refused: 'not-a-draft' }
  const { kept } = release
  const emptied = { ...kept.release, items: [], purpose: '', signatures: [], copy: null }
  await writeRelease(db, key, release, {
    kept: { ...kept, release: emptied, words: [] },
    state: 'withdrawn',
  })
  return { done: true }
}
