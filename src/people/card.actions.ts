import { randomUUIDv7 } from 'node:crypto'

import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { CardBody, CardRole, StoredCard } from './card.ts'
import { changedCard } from './card.rules.ts'
import { cardRows, type CardRow, deleteCard, insertCard, updateCard } from './card.store.ts'
import { touchCase } from './case.store.ts'
import { openStoredCard, sealCard } from './cells.ts'
import { tryConflicts } from './conflict.actions.ts'
import { counterRefused, type ReviewFirst } from './counter.rules.ts'
import { openForWork } from './open.actions.ts'
import { readSheet } from './sheet.actions.ts'
import type { ChangedMeanwhile, NoCase } from './sheet.ts'

/** What a card's saving names: no id for a new person, else the version it was read at. */
export interface CardAt {
  readonly caseId: string
  readonly id: string | null
  readonly version: number
}

/**
 * Saves the card of one person. Whoever was first wins: the second is told, and nothing is written. A card that is gone
 * answers as one that changed. The names on it are tried for conflicts of interest.
 */
export async function saveCard(
  db: Tx,
  actor: Actor,
  at: CardAt,
  body: CardBody,
  today: string = Temporal.Now.plainDateISO().toString(),
): Promise<{ readonly id: string; readonly version: number } | ChangedMeanwhile | NoCase | ReviewFirst> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { key } = opened
  const id = at.id ?? randomUUIDv7()
  const rows = await cardRows(db, key.partyId, [key.caseId])
  const row = rows.find((card) => card.id === at.id)
  if (at.id !== null && row?.version !== at.version) return { refused: 'changed-meanwhile' }
  const before = row === undefined ? null : openStoredCard(key, row.id, row.body)
  const refused = before === null ? null : await turnedRound(db, key, { ...before, id }, body.role, rows)
  if (refused !== null) return refused
  const sealed = sealCard(key, id, changedCard(before, body, today))
  const place = { partyId: key.partyId, caseId: key.caseId, id, version: at.version }
  if (row === undefined) {
    await insertCard(db, { party_id: key.partyId, case_id: key.caseId, id, body: sealed })
  } else if (!(await updateCard(db, place, sealed))) return { refused: 'changed-meanwhile' }
  await touchCase(db, key.partyId, key.caseId)
  await record(db, actor, { kind: 'case.changed', of: key, detail: { what: 'card', card: id } })
  tryConflicts(db, actor, key.caseId)
  return { id, version: row === undefined ? 1 : at.version + 1 }
}

/** A change of role that turns the two sides round, unless a review lets it. */
async function turnedRound(
  db: Tx,
  key: CaseKey,
  before: StoredCard & { readonly id: string },
  after: CardRole,
  rows: readonly CardRow[],
): Promise<ReviewFirst | null> {
  if (before.role === after) return null
  const others = rows
    .filter((card) => card.id !== before.id)
    .map((card) => openStoredCard(key, card.id, card.body))
  return counterRefused(before, after, others, (await readSheet(db, key, 'relationships')) ?? [])
}

/** Takes a person out of the case, with every name that stood on their card. */
export async function removeCard(
  db: Tx,
  actor: Actor,
  caseId: string,
  id: string,
): Promise<{ readonly done: true } | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null || !(await deleteCard(db, actor.partyId, caseId, id))) return { refused: 'no-case' }
  await touchCase(db, actor.partyId, caseId)
  await record(db, actor, {
    kind: 'case.changed',
    of: opened.key,
    detail: { what: 'card-removed', card: id },
  })
  return { done: true }
}
