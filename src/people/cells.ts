import { type CaseKey, openCase, sealCase } from '#platform/access'
import { readJson } from '#platform/crypto'
import type { z } from 'zod'

import { AbuseHistory } from './abuse.ts'
import { AccessNeeds } from './access-needs.ts'
import { type Card, type CardBody, StoredCard } from './card.ts'
import { Chosen } from './chosen.ts'
import { Counted } from './counted.ts'
import { Coercion } from './coercion.ts'
import { Danger } from './danger.ts'
import { Effects } from './effect.ts'
import { Helpers } from './who-helps.ts'
import { Needs } from './need.ts'
import { ProgressHistory } from './need-progress.ts'
import { NoteBody } from './note.ts'
import { Pattern } from './pattern.ts'
import { OwnWords } from './own-words.ts'
import { Relationships } from './relationship.ts'
import { SafeContact } from './safe-contact.ts'
import type { SheetKind } from './sheet.ts'
import { Answers } from './situation.ts'
import { Strengths } from './strength.ts'
import { Urgency } from './urgency.ts'
import { Supports } from './support.ts'
import { Together } from './together.ts'
import { Wishes } from './wish.ts'

/** What each page of a case holds. */
export const sheetSchemas = {
  contact: SafeContact,
  needs: Needs,
  situation: Answers,
  wishes: Wishes,
  danger: Danger,
  chosen: Chosen,
  'access-needs': AccessNeeds,
  urgency: Urgency,
  strengths: Strengths,
  abuse: AbuseHistory,
  effects: Effects,
  pattern: Pattern,
  coercion: Coercion,
  progress: ProgressHistory,
  'own-words': OwnWords,
  relationships: Relationships,
  support: Supports,
  together: Together,
  counted: Counted,
  helpers: Helpers,
} as const satisfies Readonly<Record<SheetKind, z.ZodType>>

export type SheetValue<K extends SheetKind> = z.output<(typeof sheetSchemas)[K]>

/** Seals one page of a case; bound to case, page and key version. */
export function sealSheet(key: CaseKey, kind: SheetKind, value: unknown): Uint8Array {
  return sealCase(key, 'people.sheet', 'body', sheetCell(key.caseId, kind), value)
}

/** Opens one page; throws Unopenable when it was moved or changed. */
export function openSheet<K extends SheetKind>(key: CaseKey, kind: K, body: Uint8Array): SheetValue<K> {
  const value = openCase(key, 'people.sheet', 'body', sheetCell(key.caseId, kind), body)
  return sheetSchemas[kind].parse(value) as SheetValue<K>
}

/** Seals a card whole, with the names nobody is shown. */
export function sealCard(key: CaseKey, id: string, card: StoredCard): Uint8Array {
  return sealCase(key, 'people.card', 'body', id, card)
}

/** Opens a card whole, with the names and roles nobody is shown. */
export function openStoredCard(key: CaseKey, id: string, body: Uint8Array): StoredCard {
  return StoredCard.parse(openCase(key, 'people.card', 'body', id, body))
}

/** Opens a card as a reader may see it. */
export function openCard(
  key: CaseKey,
  row: { readonly id: string; readonly body: Uint8Array; readonly version: number },
): Card {
  const { formerNames: _names, formerRoles: _roles, ...card } = openStoredCard(key, row.id, row.body)
  const shown: CardBody = card
  return { ...shown, id: row.id, version: row.version }
}

/** What a search looks at on a card: read as it was checked when it was sealed, since thousands are opened for one search. */
export function readNames(
  text: string,
): Pick<StoredCard, 'name' | 'legalName' | 'sayAloud' | 'role' | 'formerNames'> {
  return readJson(text) as StoredCard
}

/** Seals a note; bound to its own id. */
export function sealNote(key: CaseKey, id: string, note: NoteBody): Uint8Array {
  return sealCase(key, 'people.note', 'body', id, note)
}

/** Opens a note; throws Unopenable when it was moved or changed. */
export function openNote(key: CaseKey, id: string, body: Uint8Array): NoteBody {
  return NoteBody.parse(openCase(key, 'people.note', 'body', id, body))
}

function sheetCell(caseId: string, kind: SheetKind): string {
  return `${caseId}/${kind}`
}
