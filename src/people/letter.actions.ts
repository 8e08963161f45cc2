import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { AccessNeeds } from './access-needs.ts'
import { saveCard } from './card.actions.ts'
import { CardBody } from './card.ts'
import { startCase } from './case.actions.ts'
import type { Chosen } from './letter.ts'
import { languageFound, yearsFound } from './letter.rules.ts'
import type { NoteClass } from './note-class.ts'
import { addNote } from './note.actions.ts'
import type { ContactWay, SafeContact } from './safe-contact.ts'
import { saveAccessNeeds, saveContact, saveNeeds, saveSituation } from './sheet.actions.ts'

/** What a letter is written into a case with. */
export interface LetterContext {
  readonly zone: string
  readonly today: string
  readonly newId: () => string
  /** Who wrote it, as the worker says; empty where nobody said. */
  readonly from: string
  /** The letter as it may be kept, as one note after another; none where nobody asked for it. */
  readonly kept: readonly string[]
  readonly noteClass: NoteClass | undefined
  /** What was chosen and has no page of its own, as notes. */
  readonly rest: readonly string[]
}

/**
 * Writes what was chosen of a letter into a new case as one act, each part with the referrer as its source. A number or address
 * is kept and not used: only the person can say that it is safe.
 */
export async function startFromLetter(
  db: Tx,
  actor: Actor,
  chosen: readonly Chosen[],
  at: LetterContext,
): Promise<{ readonly caseId: string; readonly harmNamed: boolean }> {
  const { caseId } = await startCase(db, actor)
  const first = { caseId, version: 0 }
  const cards = cardsOf(chosen, at.today)
  const notSafe: string[] = []
  for (const card of cards) {
    const saved = await saveCard(db, actor, { caseId, id: null, version: 0 }, card, at.today)
    if ('id' in saved && card.role === 'personCausingHarm') notSafe.push(saved.id)
  }
  const contact = contactOf(chosen, at, notSafe)
  if (contact !== null) await saveContact(db, actor, first, contact)
  const needs = valuesOf(chosen, 'want').map((words) => ({ id: at.newId(), code: '', words }))
  if (needs.length > 0) await saveNeeds(db, actor, first, needs.slice(0, 20))
  const access = accessOf(chosen)
  if (access !== null) await saveAccessNeeds(db, actor, first, access)
  const [age] = valuesOf(chosen, 'age')
  if (age !== undefined) {
    const from = { how: 'letter' as const, who: at.from, on: at.today }
    const answer = { state: 'known' as const, value: yearsFound(age) * 12, askedOn: at.today, from }
    await saveSituation(db, actor, first, { age: answer })
  }
  const letter = { from: at.from, on: at.today }
  const noteClass = at.noteClass === undefined ? {} : { noteClass: at.noteClass }
  const notes = [
    ...at.kept.map((words) => ({ words, more: { letter, ...noteClass } })),
    ...at.rest.map((words) => ({ words, more: {} })),
  ]
  // Notes stand newest first: a moment apart, the parts of a letter are read in its order.
  const now = Date.now()
  for (const [place, { words, more }] of notes.entries())
    await addNote(db, actor, caseId, words, { ...more, writtenAt: new Date(now - place) })
  return { caseId, harmNamed: notSafe.length > 0 }
}

function valuesOf(chosen: readonly Chosen[], kind: Chosen['found']['kind']): readonly string[] {
  return chosen.filter(({ found }) => found.kind === kind).map(({ found }) => found.value)
}

/** A card for each name that was given a role; a case without a survivor among them begins with one who has no name yet. */
function cardsOf(chosen: readonly Chosen[], today: string): readonly CardBody[] {
  const named = chosen.flatMap(({ found, role }) => (role === null ? [] : [{ name: found.value, role }]))
  const people = named.some(({ role }) => role === 'survivor')
    ? named
    : [{ name: '', role: 'survivor' as const }, ...named]
  return people.map((each) => CardBody.parse({ ...each, roleSource: 'referrer', roleSince: today }))
}

function contactOf(
  chosen: readonly Chosen[],
  at: LetterContext,
  notSafe: readonly string[],
): SafeContact | null {
  const way = (channel: 'call' | 'email', value: string): ContactWay => ({
    id: at.newId(),
    channel,
    value,
    whoElseSees: 'not-known',
    zone: at.zone,
    whenever: false,
    safe: [],
    unsafe: [],
    callAs: 'neutral',
    voicemail: 'no',
    ifSomeoneElse: 'hang-up',
    content: 'neutral',
    envelope: 'no',
    trustedPersonRef: null,
  })
  const ways = [
    ...valuesOf(chosen, 'telephone').map((value) => way('call', value)),
    ...valuesOf(chosen, 'email').map((value) => way('email', value)),
  ]
  if (ways.length === 0) return null
  return {
    nothingAtAll: false,
    ways: ways.slice(0, 10),
    nameSafeToSay: null,
    hasCodeWord: false,
    language: null,
    interpreter: null,
    reminders: 'no',
    calendar: 'no',
    printing: 'no',
    notSafe: [...notSafe],
    verifiedAt: null,
    verifiedBy: null,
    changedBecause: null,
  }
}

function accessOf(chosen: readonly Chosen[]): AccessNeeds | null {
  const language = chosen.find(({ found }) => found.kind === 'language')?.found
  if (language === undefined) return null
  return AccessNeeds.parse({
    language: languageFound(language.value),
    interpreter: language.interpreter ? 'yes' : 'not-known',
  })
}
