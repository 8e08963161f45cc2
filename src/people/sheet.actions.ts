import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { historyAfterDetails } from './abuse.rules.ts'
import type { AccessNeeds } from './access-needs.ts'
import { touchCase } from './case.store.ts'
import { openSheet, sealSheet, sheetSchemas, type SheetValue } from './cells.ts'
import type { Chosen } from './chosen.ts'
import { contactToKeep } from './contact-apart.rules.ts'
import type { Danger } from './danger.ts'
import type { Need } from './need.ts'
import { openForWork } from './open.actions.ts'
import type { SafeContact } from './safe-contact.ts'
import type { Saved, SheetKind } from './sheet.ts'
import { sheetRows, writeSheet } from './sheet.store.ts'
import type { Answers } from './situation.ts'
import type { Urgency } from './urgency.ts'
import type { Story } from './story.ts'
import type { Wishes } from './wish.ts'

/** Which page of which case, and the version it was read at: 0 when nothing was written yet. */
export interface SheetAt {
  readonly caseId: string
  readonly version: number
}

/** Saves how to be in touch safely. */
export function saveContact(db: Tx, actor: Actor, at: SheetAt, contact: SafeContact): Promise<Saved> {
  return saveSheet(db, actor, at, 'contact', contactToKeep(contact))
}

/** Saves what the person wants help with, in their words and order. */
export function saveNeeds(db: Tx, actor: Actor, at: SheetAt, needs: readonly Need[]): Promise<Saved> {
  return saveSheet(db, actor, at, 'needs', [...needs])
}

/**
 * Saves the answers to the details that matter; *unknown* and *not now* are kept as answers. What they say of the abuse goes into
 * its history in the same act.
 */
export async function saveSituation(db: Tx, actor: Actor, at: SheetAt, answers: Answers): Promise<Saved> {
  const saved = await saveSheet(db, actor, at, 'situation', answers)
  if ('version' in saved) await noteAbuse(db, actor, at.caseId, answers)
  return saved
}

/** Saves one page of what the case tells: strengths, the abuse and what it does, how each need is now. */
export function saveStory<K extends keyof Story>(
  db: Tx,
  actor: Actor,
  at: SheetAt,
  kind: K,
  value: Story[K],
): Promise<Saved> {
  return saveSheet(db, actor, at, kind, value as SheetValue<K>)
}

/** Saves what the person would like of a service. */
export function saveWishes(db: Tx, actor: Actor, at: SheetAt, wishes: Wishes): Promise<Saved> {
  return saveSheet(db, actor, at, 'wishes', wishes)
}

/** Saves what the person needs to take part. */
export function saveAccessNeeds(db: Tx, actor: Actor, at: SheetAt, access: AccessNeeds): Promise<Saved> {
  return saveSheet(db, actor, at, 'access-needs', access)
}

/** Saves how urgent the case is; the case's own day goes along in urgency.actions. */
export function writeUrgency(db: Tx, actor: Actor, at: SheetAt, urgency: Urgency): Promise<Saved> {
  return saveSheet(db, actor, at, 'urgency', urgency)
}

/** Saves whom to be careful of. Naming a colleague here closes the case for them: `saveDanger` in careful.actions does both. */
export function writeDanger(db: Tx, actor: Actor, at: SheetAt, danger: Danger): Promise<Saved> {
  return saveSheet(db, actor, at, 'danger', danger)
}

/** Saves whom the person chose as the way to them: `saveChosen` in chosen.actions asks first whether that is safe. */
export function writeChosen(db: Tx, actor: Actor, at: SheetAt, chosen: Chosen): Promise<Saved> {
  return saveSheet(db, actor, at, 'chosen', chosen)
}

async function noteAbuse(db: Tx, actor: Actor, caseId: string, answers: Answers): Promise<void> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return
  const { key } = opened
  const row = (await sheetRows(db, key.partyId, caseId)).find((sheet) => sheet.kind === 'abuse')
  const history = row === undefined ? [] : openSheet(key, 'abuse', row.body)
  const after = historyAfterDetails(history, answers, Temporal.Now.plainDateISO())
  if (after !== null) await saveSheet(db, actor, { caseId, version: row?.version ?? 0 }, 'abuse', after)
}

/** One page of an opened case, with the version that a saving must name; null while nothing is written. */
export async function readSheet<K extends SheetKind>(
  db: Tx,
  key: CaseKey,
  kind: K,
): Promise<SheetValue<K> | null> {
  const row = (await sheetRows(db, key.partyId, key.caseId)).find((each) => each.kind === kind)
  return row === undefined ? null : openSheet(key, kind, row.body)
}

/** Every page of an opened case that was written, whole and as it was saved. */
export async function everySheet(db: Tx, key: CaseKey): Promise<readonly SheetValue<SheetKind>[]> {
  const rows = await sheetRows(db, key.partyId, key.caseId)
  return rows.map((row) => openSheet(key, row.kind, row.body))
}

/** Saves one page whole over the version it was read at. */
export async function saveSheet<K extends SheetKind>(
  db: Tx,
  actor: Actor,
  at: SheetAt,
  kind: K,
  value: SheetValue<K>,
): Promise<Saved> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { key } = opened
  const body = sealSheet(key, kind, sheetSchemas[kind].parse(value))
  const place = { partyId: key.partyId, caseId: key.caseId, kind }
  const version = await writeSheet(db, place, at.version, body, actor.accountId)
  if (version === null) return { refused: 'changed-meanwhile' }
  await touchCase(db, key.partyId, key.caseId)
  await record(db, actor, { kind: 'case.changed', of: key, detail: { what: kind } })
  return { version }
}
