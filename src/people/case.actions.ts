import { randomUUIDv7 } from 'node:crypto'

import { type Actor, type CaseKey, newCaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { insertCase, touchCase, updateCase } from './case.store.ts'
import { isCaseworker } from './colleague.store.ts'
import { openForWork } from './open.actions.ts'
import type { NoCase } from './sheet.ts'

/**
 * Starts a case without a name; its key is made first, its row second. The worker who starts it keeps it, or a colleague.
 * `openedAt` is for what is brought over from elsewhere; else the database's clock.
 */
export async function startCase(
  db: Tx,
  actor: Actor,
  start: { readonly ownerId?: string; readonly openedAt?: Date } = {},
): Promise<{ readonly caseId: string; readonly key: CaseKey }> {
  const caseId = randomUUIDv7()
  const ownerId = start.ownerId ?? actor.accountId
  const key = await newCaseKey(db, actor, caseId)
  await insertCase(db, { partyId: actor.partyId, id: caseId, ownerId, openedAt: start.openedAt })
  await record(db, actor, { kind: 'case.opened', of: key, detail: { case: caseId, owner: ownerId } })
  return { caseId, key }
}

/** Why a case could not be given to somebody: they have no casework here, or they were named as not to see it. */
export interface NotAssigned {
  readonly refused: 'not-a-caseworker' | 'may-not-see'
}

/** Gives a case to another worker of the agency. In a closed case only to somebody on its team. */
export async function assignCase(
  db: Tx,
  actor: Actor,
  caseId: string,
  toAccountId: string,
): Promise<{ readonly done: true } | NotAssigned | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const worker = await isCaseworker(db, actor.partyId, caseId, toAccountId)
  if (worker !== 'yes') return { refused: worker === 'excluded' ? 'may-not-see' : 'not-a-caseworker' }
  await updateCase(db, actor.partyId, caseId, { owner_id: toAccountId })
  await touchCase(db, actor.partyId, caseId)
  await record(db, actor, {
    kind: 'case.changed',
    of: opened.key,
    detail: { what: 'owner', to: toAccountId },
  })
  return { done: true }
}

/** Sets or clears the day by which something is to be done. */
export async function setDue(
  db: Tx,
  actor: Actor,
  caseId: string,
  dueAt: Date | null,
): Promise<{ readonly done: true } | NoCase> {
  return change(db, actor, caseId, { due_at: dueAt }, 'due')
}

/**
 * Marks a case as ended or as worked on. What its closing asks is kept before, in the diary's room; the database takes no end
 * without it.
 */
export async function endCase(
  db: Tx,
  actor: Actor,
  caseId: string,
  state: 'active' | 'ended',
  dueAt: Date | null = null,
): Promise<{ readonly done: true } | NoCase> {
  return change(db, actor, caseId, { state, due_at: dueAt }, state)
}

async function change(
  db: Tx,
  actor: Actor,
  caseId: string,
  set: Parameters<typeof updateCase>[3],
  what: string,
): Promise<{ readonly done: true } | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  await updateCase(db, actor.partyId, caseId, set)
  await touchCase(db, actor.partyId, caseId)
  await record(db, actor, { kind: 'case.changed', of: opened.key, detail: { what } })
  return { done: true }
}
