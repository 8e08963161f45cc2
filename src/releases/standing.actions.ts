import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { resealDecisions } from './decision.store.ts'
import type { SaidHow, StoredRelease } from './kept-release.ts'
import { databaseNow, releaseOf, releasesOf, resealReleases, writeRelease } from './release.store.ts'
import { standingOf } from './standing.rules.ts'
import { resealVisits } from './visit.actions.ts'

/** Marks a release as taken back; null when it is not in this case or never was in force. Ending what was sent is the caller's. */
export async function markWithdrawn(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  id: string,
  how: SaidHow,
): Promise<StoredRelease | null> {
  const release = await releaseOf(db, key, id, true)
  if (release === null || release.state === 'draft') return null
  if (release.withdrawnAt !== null) return release
  const at = await databaseNow(db)
  const kept = { ...release.kept, ended: { how, by: actor.displayName, at: at.toISOString() } }
  await writeRelease(db, key, release, { kept, state: 'withdrawn', withdrawnAt: at })
  await record(db, actor, {
    kind: 'release.withdrawn',
    of: key,
    detail: { release: id, to: release.recipientId, how },
  })
  return { ...release, kept, state: 'withdrawn', withdrawnAt: at, version: release.version + 1 }
}

/** Danger changed: every release in force, or those of them that are picked, waits until the person confirms it again. Gives those that now wait. */
export async function suspendAll(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  which: (release: StoredRelease) => boolean = () => true,
): Promise<readonly StoredRelease[]> {
  const now = await databaseNow(db)
  const inForce = (await releasesOf(db, key, true)).filter(
    (release) => ['active', 'not-yet'].includes(standingOf(release, now)) && which(release),
  )
  for (const release of inForce) {
    const ended = { how: 'we-decided' as const, by: actor.displayName, at: now.toISOString() }
    await writeRelease(db, key, release, { kept: { ...release.kept, ended }, state: 'suspended' })
    await record(db, actor, {
      kind: 'release.withdrawn',
      of: key,
      detail: { release: release.id, to: release.recipientId, how: 'danger-changed' },
    })
  }
  return inForce
}

/** This room's cells under a case's key, for when the case gets a new one. */
export const releaseCells = {
  reseal: async (db: Tx, _actor: Actor, from: CaseKey, to: CaseKey): Promise<void> => {
    await resealReleases(db, from, to)
    await resealVisits(db, from, to)
    await resealDecisions(db, from, to)
  },
}

/** Keeps with a release for after a death how that death is known; it is sent in the same transaction. */
export async function keepDeath(
  db: Tx,
  key: CaseKey,
  release: StoredRelease,
  death: NonNullable<StoredRelease['kept']['death']>,
): Promise<StoredRelease> {
  const kept = { ...release.kept, death }
  await writeRelease(db, key, release, { kept })
  return { ...release, kept, version: release.version + 1 }
}
