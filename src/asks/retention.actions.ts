import { eraseSheet, onHold, openForWork } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { databaseNow } from '#releases'

import { type DuePart, dueParts } from './retention.rules.ts'
import type { RetentionField } from './retention.ts'
import { endedCases, keepDecision } from './retention.store.ts'

type RetentionRefusal =
  | { readonly refused: 'no-case' }
  | { readonly refused: 'not-due' }
  | { readonly refused: 'legal-hold' }

/** The parts of one case that are due now. */
export async function dueOf(db: Tx, actor: Actor, caseId: string): Promise<readonly DuePart[]> {
  const now = await databaseNow(db)
  const [ended] = await endedCases(db, actor.partyId, now, caseId)
  return ended === undefined ? [] : dueParts(actor.pack, ended, now)
}

/** One decision about one part that is due: destroyed at once, or kept for some months, with the reason. */
export async function decideRetention(
  db: Tx,
  actor: Actor,
  caseId: string,
  wish: {
    readonly field: Exclude<RetentionField, 'case'>
    readonly decision: 'keep' | 'destroy'
    readonly months: number
    readonly reason: string
  },
): Promise<{ readonly done: true } | RetentionRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { key } = opened
  const due = (await dueOf(db, actor, caseId)).find((each) => each.rule.field === wish.field)
  if (due === undefined) return { refused: 'not-due' }
  if (wish.decision === 'destroy' && (await onHold(db, actor.partyId, caseId))) {
    await record(db, actor, { kind: 'hold.stopped', of: key, detail: { what: wish.field } })
    return { refused: 'legal-hold' }
  }
  if (wish.decision === 'destroy') await eraseSheet(db, actor, caseId, wish.field)
  const now = await databaseNow(db)
  const keepUntil = wish.decision === 'keep' ? later(now, wish.months) : null
  const body = { decision: wish.decision, rule: due.rule.id, reason: wish.reason }
  await keepDecision(db, key, { field: wish.field, by: actor.accountId, keepUntil, body })
  const detail = { what: wish.field, decision: wish.decision, rule: due.rule.id }
  await record(db, actor, { kind: 'retention.decided', of: key, detail })
  return { done: true }
}

function later(now: Date, months: number): Date {
  const at = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('UTC')
  return new Date(at.add({ months }).epochMilliseconds)
}
