import { randomUUIDv7 } from 'node:crypto'

import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import {
  type DecisionContext,
  decisionProblems,
  decisionState,
  mayDecide,
  wantsSecond,
} from './decision.rules.ts'
import { decisionOf, insertDecision, writeDecision } from './decision.store.ts'
import type {
  DecisionRecord,
  DecisionRefusal,
  DecisionState,
  KeptDecision,
  StoredDecision,
} from './decision.ts'
import { databaseNow } from './release.store.ts'
import type { NotSigned } from './signing.actions.ts'
import { isSector } from './sharing.ts'

/** Where a decision is read and written from. */
export interface DecisionAt {
  readonly id: string
  readonly version: number
}

/** Keeps a decision with its reasons, and writes down who made it. Nothing goes yet. */
export async function makeDecision(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  to: { readonly partyId: string; readonly agency: string; readonly sector: string },
  given: DecisionRecord,
  context: DecisionContext,
): Promise<{ readonly id: string } | NotSigned | DecisionRefusal> {
  const { rules } = context
  if (!mayDecide(rules.law)) return { refused: 'no-decision' }
  const problems = decisionProblems(given, context)
  if (problems.length > 0) return { refused: 'problems', problems }
  const now = await databaseNow(db)
  const id = randomUUIDv7()
  const kept: KeptDecision = {
    law: rules.law?.id ?? '',
    rulesVersion: rules.version,
    recipient: { ...to, sector: isSector(to.sector) ? to.sector : 'other' },
    record: given,
    by: signed(actor, now),
    secondWanted: given.decision === 'share' && wantsSecond(rules.law),
    second: null,
    toldLater: null,
    sent: null,
    ended: null,
  }
  await insertDecision(db, key, { id, madeBy: actor.accountId, kept })
  await record(db, actor, {
    kind: 'decision.made',
    of: key,
    detail: {
      decision: id,
      to: to.partyId,
      outcome: given.decision,
      items: given.items.map((item) => item.kind),
      told: given.told,
      rules: [rules.version],
    },
  })
  return { id }
}

/** The second person says yes or no, in their own words. Whoever decided cannot be the second. */
export async function secondDecision(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  at: DecisionAt,
  answer: { readonly agrees: boolean; readonly why: string },
): Promise<StoredDecision | DecisionRefusal> {
  const held = await heldAt(db, key, at, ['waiting'])
  if ('refused' in held) return held
  if (held.kept.by.accountId === actor.accountId) return { refused: 'same-person' }
  const now = await databaseNow(db)
  const kept = { ...held.kept, second: { ...signed(actor, now), ...answer } }
  await writeDecision(db, key, at, kept)
  await record(db, actor, {
    kind: 'decision.seconded',
    of: key,
    detail: { decision: held.id, to: held.recipientId, agrees: answer.agrees },
  })
  return after(held, kept)
}

/** The decision as it may be sent now: agreed, not over, the row held. */
export async function decisionToSend(
  db: Tx,
  key: CaseKey,
  at: DecisionAt,
): Promise<StoredDecision | DecisionRefusal> {
  const held = await heldAt(db, key, at, ['agreed'])
  if ('refused' in held) return held
  const now = await databaseNow(db)
  return held.endsAt.getTime() <= now.getTime() ? { refused: 'over' } : held
}

/** Puts down that it went, in the transaction that sends. */
export async function markSent(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  held: StoredDecision,
  where: { readonly envelopeId: string; readonly threadId: string },
): Promise<void> {
  const kept = { ...held.kept, sent: { ...signed(actor, await databaseNow(db)), ...where } }
  await writeDecision(db, key, held, kept)
}

/** The person was told after all: when, by whom and how. */
export async function tellPerson(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  at: DecisionAt,
  how: string,
): Promise<StoredDecision | DecisionRefusal> {
  const held = await heldAt(db, key, at, ['waiting', 'agreed', 'sent', 'ended'])
  if ('refused' in held) return held
  if (held.kept.record.told === 'yes' || held.kept.toldLater !== null) return { refused: 'not-now' }
  const kept = { ...held.kept, toldLater: { ...signed(actor, await databaseNow(db)), how } }
  await writeDecision(db, key, at, kept)
  await record(db, actor, {
    kind: 'decision.told',
    of: key,
    detail: { decision: held.id, to: held.recipientId },
  })
  return after(held, kept)
}

/** Looked at again and ended: the caller closes what was sent. */
export async function endDecision(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  at: DecisionAt,
  why: string,
): Promise<StoredDecision | DecisionRefusal> {
  const held = await heldAt(db, key, at, ['waiting', 'agreed', 'sent'])
  if ('refused' in held) return held
  const kept = { ...held.kept, ended: { ...signed(actor, await databaseNow(db)), why } }
  await writeDecision(db, key, at, kept)
  await record(db, actor, {
    kind: 'decision.ended',
    of: key,
    detail: { decision: held.id, to: held.recipientId },
  })
  return after(held, kept)
}

async function heldAt(
  db: Tx,
  key: CaseKey,
  at: DecisionAt,
  states: readonly DecisionState[],
): Promise<StoredDecision | DecisionRefusal> {
  const held = await decisionOf(db, key, at.id, true)
  if (held === null) return { refused: 'no-decision' }
  if (held.version !== at.version) return { refused: 'changed-meanwhile' }
  return states.includes(held.state) ? held : { refused: 'not-now' }
}

function after(held: StoredDecision, kept: KeptDecision): StoredDecision {
  return { ...held, kept, state: decisionState(kept), version: held.version + 1 }
}

function signed(actor: Actor, now: Date) {
  return { accountId: actor.accountId, name: actor.displayName, at: now.toISOString() }
}
