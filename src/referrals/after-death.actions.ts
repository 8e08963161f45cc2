import { unreachable } from '#parties'
import type { SendRefusal } from '#envelopes'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import {
  type DraftRefusal,
  keepDeath,
  type NotSigned,
  putInForce,
  releaseOf,
  standingOf,
  type StoredRelease,
  verdictsNow,
  waitsForDeath,
} from '#releases'

import { type Desk, holdAll, requestOf, start, type SentUnder, threadToGoOn } from './sending.actions.ts'

/** Why nothing went: it is gone or not of this kind, somebody was first, or a rule says no. */
export type AfterDeathRefusal =
  | SendRefusal
  | { readonly refused: 'missing' | 'changed-meanwhile' }
  | { readonly refused: 'rule'; readonly rule: string }

/** Puts what was signed for after a death in force. Nothing goes; the one that it stands in for ends. */
export async function keepForDeath(
  db: Tx,
  actor: Actor,
  desk: Desk,
  at: { readonly id: string; readonly version: number },
): Promise<StoredRelease | NotSigned | DraftRefusal> {
  const release = await putInForce(db, actor, desk.key, at, desk.context)
  if (!('refused' in release)) await threadToGoOn(db, actor, desk.key, release)
  return release
}

/**
 * The person has died: exactly what they signed for that case goes, and only to whom they named (rules us-73, uk-15). Every other
 * permission of the case waits from now on, as nobody can take it back any more.
 */
export async function sendAfterDeath(
  db: Tx,
  actor: Actor,
  t: Words,
  desk: Desk,
  at: { readonly id: string; readonly version: number },
  known: string,
): Promise<SentUnder | AfterDeathRefusal> {
  const stored = await releaseOf(db, desk.key, at.id, true)
  if (stored === null || !waitsForDeath(stored)) return { refused: 'missing' }
  if (stored.version !== at.version) return { refused: 'changed-meanwhile' }
  if (standingOf(stored, desk.context.now) !== 'active') {
    return { refused: 'rule', rule: `${desk.context.rules.tables[0].id}-5` }
  }
  const verdicts = verdictsNow(stored, desk.context, ['deceased'])
  const wrong = verdicts.find(({ verdict }) => verdict.outcome !== 'allow')
  if (verdicts.length === 0 || wrong !== undefined) {
    return { refused: 'rule', rule: wrong?.verdict.rules[0] ?? 'release-items' }
  }
  const refusal = await unreachable(db, actor, stored.recipientId)
  if (refusal !== null) return refusal
  const release = await keepDeath(db, desk.key, stored, {
    known,
    by: actor.displayName,
    at: desk.context.now.toISOString(),
  })
  await holdAll(db, actor, desk.key, (other) => other.kept.release.form !== 'after-death')
  const sent = await start(db, actor, desk, release, requestOf(t, actor, desk.own, release, null))
  if ('refused' in sent)
    throw new Error(`What was signed for after a death could not be sent: ${sent.refused}`)
  return { ...sent, release }
}
