import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { DraftRefusal } from './draft.actions.ts'
import { type DraftContext, problemsOf } from './draft.rules.ts'
import type { KeptRelease, StoredRelease } from './kept-release.ts'
import { flaggedByName } from './named.rules.ts'
import { releaseOf, writeRelease } from './release.store.ts'
import type { Release, ReleaseMarks, ReleaseProblem } from './release.ts'

/** What the person gave on their own turn: a typed name for each who signs, and what happens with a copy. */
export interface TypedTurn {
  readonly names: readonly string[]
  readonly copy: NonNullable<Release['copy']>
}

export interface NotSigned {
  readonly refused: 'problems'
  readonly problems: readonly ReleaseProblem[]
}

/**
 * Takes the signature on the person's own turn. It stays a draft until a worker sends it. Whoever the case names as causing
 * harm or not safe cannot sign: that is refused, written down, and the privacy lead sees it.
 */
export async function takeSignature(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  turn: TypedTurn,
  context: DraftContext,
): Promise<{ readonly version: number } | NotSigned | DraftRefusal> {
  const stored = await releaseOf(db, key, at.id, true)
  if (stored === null) return { refused: 'no-release' }
  if (stored.state !== 'draft') return { refused: 'not-a-draft' }
  if (stored.version !== at.version || !stored.kept.talked) return { refused: 'changed-meanwhile' }
  const kept = signedBy(stored.kept, turn, context)
  const problems = problemsOf(kept, context)
  if (problems.length > 0) {
    await recordRefusal(db, actor, key, stored, problems)
    return { refused: 'problems', problems }
  }
  await writeRelease(db, key, at, { kept })
  return { version: at.version + 1 }
}

/**
 * Puts a signed draft in force, in the transaction that sends under it: judged once more by the database's clock, stored as
 * signed, written down.
 */
export async function putInForce(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  context: DraftContext,
): Promise<StoredRelease | NotSigned | DraftRefusal> {
  const stored = await releaseOf(db, key, at.id, true)
  if (stored === null) return { refused: 'no-release' }
  if (stored.state !== 'draft') return { refused: 'not-a-draft' }
  if (stored.version !== at.version) return { refused: 'changed-meanwhile' }
  const { now } = context
  const kept: KeptRelease = { ...stored.kept, confirmedAt: now.toISOString() }
  const startsAt = new Date(kept.release.startsAt)
  const endsAt = new Date(kept.release.endsAt)
  const marks: ReleaseMarks = { startsAt, endsAt, confirmedAt: now, withdrawnAt: null, lastSeenAt: now }
  const problems = problemsOf(kept, context, marks)
  if (problems.length > 0) {
    await recordRefusal(db, actor, key, stored, problems)
    return { refused: 'problems', problems }
  }
  await writeRelease(db, key, at, { kept, state: 'signed', startsAt, endsAt })
  await record(db, actor, {
    kind: 'release.signed',
    of: key,
    detail: {
      release: stored.id,
      to: stored.recipientId,
      items: kept.release.items.map((item) => item.kind),
      until: kept.release.endsAt,
      rules: kept.release.rulesVersion,
      ...(kept.renews === null ? {} : { renews: kept.renews.release }),
    },
  })
  return { ...stored, state: 'signed', startsAt, endsAt, version: stored.version + 1, kept }
}

function signedBy(kept: KeptRelease, turn: TypedTurn, { now, people }: DraftContext): KeptRelease {
  const signatures = kept.signers.map((signer, index) => {
    const typedName = (turn.names[index] ?? '').trim()
    // Whoever types the name of somebody flagged has signed as that person, whatever the form says.
    const personRef = flaggedByName(people, typedName)?.id ?? signer.personRef
    return { as: signer.as, personRef, typedName, at: now.toISOString(), authority: signer.authority }
  })
  const release = { ...kept.release, signatures, copy: turn.copy, startsAt: now.toISOString() }
  return { ...kept, release }
}

/** A refusal is written down with its rules; one about a signer is what the privacy lead is shown. */
export async function recordRefusal(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  stored: Pick<StoredRelease, 'id' | 'recipientId'>,
  problems: readonly ReleaseProblem[],
): Promise<void> {
  const flagged = problems.some((each) => /^(uk|us)-4$/.test(each.rule))
  await record(db, actor, {
    kind: 'release.refused',
    of: key,
    detail: {
      release: stored.id,
      to: stored.recipientId,
      rules: [...new Set(problems.map((each) => each.rule))],
      alert: flagged,
    },
  })
}
