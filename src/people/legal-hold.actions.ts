import { randomUUIDv7 } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { touchCase } from './case.store.ts'
import type { LegalHoldBody } from './legal-hold.ts'
import { endHold, holdsOf, insertHold } from './legal-hold.store.ts'
import { openForWork } from './open.actions.ts'
import type { NoCase } from './sheet.ts'

type HoldRefusal = NoCase | { readonly refused: 'already-held' } | { readonly refused: 'not-held' }

/** Puts a legal hold on a case: from now on nothing of it is destroyed, by anybody. One hold at a time. */
export async function placeHold(
  db: Tx,
  actor: Actor,
  caseId: string,
  why: Pick<LegalHoldBody, 'ground' | 'reason'>,
): Promise<{ readonly id: string } | HoldRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { key } = opened
  if ((await holdsOf(db, key)).some((hold) => hold.liftedAt === null)) return { refused: 'already-held' }
  const id = randomUUIDv7()
  await insertHold(db, key, { id, by: actor.accountId, body: { ...why, liftedReason: null } })
  await touchCase(db, actor.partyId, caseId)
  await record(db, actor, { kind: 'hold.placed', of: key, detail: { hold: id, ground: why.ground } })
  return { id }
}

/** Lifts the hold that is in force, with the reason. */
export async function liftHold(
  db: Tx,
  actor: Actor,
  caseId: string,
  why: string,
): Promise<{ readonly id: string } | HoldRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { key } = opened
  const hold = (await holdsOf(db, key)).find((each) => each.liftedAt === null)
  if (hold === undefined) return { refused: 'not-held' }
  const body = { ground: hold.ground, reason: hold.reason, liftedReason: why }
  await endHold(db, key, { id: hold.id, by: actor.accountId, body })
  await touchCase(db, actor.partyId, caseId)
  await record(db, actor, { kind: 'hold.lifted', of: key, detail: { hold: hold.id } })
  return { id: hold.id }
}
