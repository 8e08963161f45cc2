import { type DraftContext, problemsOf } from './draft.rules.ts'
import type { StoredRelease } from './kept-release.ts'
import { evaluateRelease, type ItemVerdict } from './release-items.rules.ts'
import { releaseState } from './release-times.rules.ts'
import type { ReleaseMarks, ReleaseState } from './release.ts'
import type { FactId } from './sharing.ts'

/** Where a stored release stands by the database's clock; drafts stand nowhere yet. */
export function standingOf(release: StoredRelease, now: Date): ReleaseState | 'draft' {
  if (release.state === 'draft') return 'draft'
  const marks = marksOf(release)
  // A draft that was put away was never in force.
  if (marks === null) return 'withdrawn'
  return releaseState(marks, now, dangerOf(release, now))
}

/** The verdict on each item of a release as it stands now: by its marks, the clock, and what the case says today. */
export function verdictsNow(
  release: StoredRelease,
  at: DraftContext,
  facts: readonly FactId[] = [],
): readonly ItemVerdict[] {
  const marks = marksOf(release)
  if (release.state === 'draft' || marks === null) return []
  const { kept } = release
  return evaluateRelease(kept.release, kept.release.items, {
    rules: at.rules,
    now: at.now,
    marks,
    danger: dangerOf(release, at.now),
    flagged: at.people.flagged,
    excludedParties: at.excluded,
    facts,
  })
}

/**
 * Whether somebody or some agency whom the case names as not safe today stands in the way of a release that would otherwise
 * hold: as its recipient, its signer, its witness or its interpreter.
 */
export function stoppedByName(release: StoredRelease, at: DraftContext): boolean {
  const nobody: DraftContext = {
    ...at,
    people: { ...at.people, flagged: new Set() },
    excluded: new Set(),
  }
  const before = new Set(problemsOf(release.kept, nobody).map(({ field, rule }) => `${field} ${rule}`))
  return problemsOf(release.kept, at).some(({ field, rule }) => !before.has(`${field} ${rule}`))
}

/** Signed for after a death, and nothing of it has gone yet. */
export function waitsForDeath({ kept, state }: Pick<StoredRelease, 'kept' | 'state'>): boolean {
  return state !== 'draft' && kept.release.form === 'after-death' && (kept.death ?? null) === null
}

function dangerOf(release: StoredRelease, now: Date) {
  return release.state === 'suspended' ? { changedAt: now } : null
}

/** The times by which a release lives; null for one that was never signed. */
function marksOf({ startsAt, endsAt, withdrawnAt, kept }: StoredRelease): ReleaseMarks | null {
  if (startsAt === null || endsAt === null) return null
  const confirmedAt = kept.confirmedAt === null ? startsAt : new Date(kept.confirmedAt)
  return { startsAt, endsAt, confirmedAt, withdrawnAt, lastSeenAt: null }
}
