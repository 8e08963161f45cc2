import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { changeDraft, type DraftRefusal, dropDraft, type KeptRelease, releaseOf } from '#releases'

import { holdBeside, tellStopped } from './brought.ts'

/** Puts a draft away for good. Where somebody had signed it, what went elsewhere resting on that stops, as if it were taken back. */
export async function putAway(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  id: string,
): Promise<{ readonly done: true } | DraftRefusal> {
  await holdBeside(db, actor, key)
  const before = await releaseOf(db, key, id)
  const done = await dropDraft(db, key, id)
  if (before !== null && !('refused' in done)) await tellStopped(db, actor, key, before)
  return done
}

/** Changes a draft on our side. Whoever had signed signs again; until then what went elsewhere resting on the signature stops. */
export async function changeUnsent(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  change: (kept: KeptRelease) => KeptRelease,
): Promise<{ readonly id: string; readonly version: number } | DraftRefusal> {
  await holdBeside(db, actor, key)
  const before = await releaseOf(db, key, at.id)
  const changed = await changeDraft(db, key, at, (release) => change(release.kept))
  if (before === null || 'refused' in changed || before.kept.release.signatures.length === 0) return changed
  const after = await releaseOf(db, key, at.id)
  if (after?.kept.release.signatures.length === 0) await tellStopped(db, actor, key, before)
  return changed
}
