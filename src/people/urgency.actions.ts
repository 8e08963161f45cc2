import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { setDue } from './case.actions.ts'
import { readFile, openForWork } from './open.actions.ts'
import type { Saved } from './sheet.ts'
import { type SheetAt, writeUrgency } from './sheet.actions.ts'
import type { UrgencyId } from './urgency.ts'
import { owedBy, urgencyAfter } from './urgency.rules.ts'

/** A level changes only with a reason: the next reader must know why the clock stands where it does. */
export interface NoReason {
  readonly refused: 'urgency-needs-reason'
}

/** Nothing is owed, so no first contact can be written down. */
export interface NothingOwed {
  readonly refused: 'nothing-owed'
}

/** Sets how urgent a case is, and with it the time at which it comes first in its worker’s list. */
export async function setUrgency(
  db: Tx,
  actor: Actor,
  at: SheetAt,
  set: { readonly level: UrgencyId; readonly because: string },
  now: Date = new Date(),
): Promise<Saved | NoReason> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { urgency: before } = await readFile(db, opened)
  if (before !== null && before.level !== set.level && set.because === '')
    return { refused: 'urgency-needs-reason' }
  const urgency = urgencyAfter(before, { ...set, by: actor.accountId, now }, actor.pack)
  const saved = await writeUrgency(db, actor, at, urgency)
  if ('refused' in saved) return saved
  await setDue(db, actor, at.caseId, owedBy(urgency))
  return saved
}

/** Writes down that a first contact has been: nothing is owed any more, and another day that was set stays. */
export async function writeFirstContact(
  db: Tx,
  actor: Actor,
  at: SheetAt,
  words: string,
  now: Date = new Date(),
): Promise<Saved | NothingOwed> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { urgency, dueAt } = await readFile(db, opened)
  const owed = owedBy(urgency)
  if (urgency === null || owed === null) return { refused: 'nothing-owed' }
  const met = { at: now.toISOString(), by: actor.accountId, words }
  const saved = await writeUrgency(db, actor, at, { ...urgency, met })
  if ('refused' in saved) return saved
  if (dueAt?.getTime() === owed.getTime()) await setDue(db, actor, at.caseId, null)
  return saved
}
