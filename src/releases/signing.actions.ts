import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { changeDraft, type DraftRefusal } from './draft.actions.ts'
import { type DraftContext, problemsOf } from './draft.rules.ts'
import { withoutItems, wordsDigest } from './exact-words.ts'
import { itemKey, type KeptRelease, type SignedWay, type Spoken, type StoredRelease } from './kept-release.ts'
import { flaggedByName } from './named.rules.ts'
import { releaseOf, writeRelease } from './release.store.ts'
import type { Release, ReleaseMarks, ReleaseProblem } from './release.ts'

/** What the person gave on their own turn: a name for each who signs, and what happens with a copy. */
export interface TypedTurn {
  readonly names: readonly string[]
  readonly copy: NonNullable<Release['copy']>
  readonly way: SignedWay
  /** The digest of what the person had before them; left out, it is what is kept now. */
  readonly words?: string
  /** When they said so, where that was not now. */
  readonly at?: string
  readonly struck?: readonly string[]
  readonly language?: string
  readonly spoken?: Spoken
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
  const agreed = withoutItems(stored.kept, turn.struck ?? [])
  // What was on the person's page and what is kept must be the same, to the letter.
  if (turn.words !== undefined && turn.words !== wordsDigest(agreed)) return { refused: 'changed-meanwhile' }
  const kept = signedBy(agreed, stored.kept, turn, context)
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
  const problems = [...changedWords(kept), ...problemsOf(kept, context, marks)]
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
      way: kept.signed?.way ?? 'here',
      words: kept.signed?.words,
      ...(kept.renews === null ? {} : { renews: kept.renews.release }),
    },
  })
  return { ...stored, state: 'signed', startsAt, endsAt, version: stored.version + 1, kept }
}

/** Writes down how the worker knows who they are talking to, before anybody signs. */
export async function setIdentity(
  db: Tx,
  key: CaseKey,
  at: { readonly id: string; readonly version: number },
  identity: Release['identity'],
): Promise<StoredRelease | DraftRefusal> {
  const changed = await changeDraft(db, key, at, ({ kept }) => ({
    ...kept,
    release: { ...kept.release, identity },
  }))
  if ('refused' in changed) return changed
  const stored = await releaseOf(db, key, at.id)
  return stored ?? { refused: 'no-release' }
}

/** A signature holds for the words it was given for, and for no others. */
function changedWords(kept: KeptRelease): readonly ReleaseProblem[] {
  if (kept.release.signatures.length === 0 || kept.signed?.words === wordsDigest(kept)) return []
  const rule = 'release-words-changed'
  return [{ field: 'signature', rule, key: `releases.problem.${rule}` }]
}

function signedBy(
  kept: KeptRelease,
  before: KeptRelease,
  turn: TypedTurn,
  { now, people }: DraftContext,
): KeptRelease {
  const at = turn.at ?? now.toISOString()
  const signatures = kept.signers.map((signer, index) => {
    const typedName = (turn.names[index] ?? '').trim()
    // Whoever types the name of somebody flagged has signed as that person, whatever the form says.
    const personRef = flaggedByName(people, typedName)?.id ?? signer.personRef
    return { as: signer.as, personRef, typedName, at, authority: signer.authority }
  })
  const heard = turn.spoken?.heardBy ?? null
  const release = {
    ...kept.release,
    ...(heard?.as === 'second-person' ? { witness: heard.name } : {}),
    ...(heard?.as === 'interpreter' ? { interpreter: { name: heard.name, familyOrFriend: false } } : {}),
    signatures,
    copy: turn.copy,
    startsAt: now.toISOString(),
  }
  const struck = before.release.items.filter((item) => turn.struck?.includes(itemKey(item)))
  const signed = {
    way: turn.way,
    words: wordsDigest(kept),
    at,
    language: turn.language ?? release.language,
    struck: struck.map((item) => item.title),
    spoken: turn.spoken ?? null,
  }
  return { ...kept, release, signed }
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
