import {
  AccessNeeds,
  addNote,
  type Answers,
  type CardBody,
  closeForTeam,
  type Need,
  type SafeContact,
  saveAccessNeeds,
  openFile,
  saveCard,
  saveChosen,
  saveContact,
  saveDanger,
  saveKnown,
  saveNeeds,
  saveSituation,
  saveWishes,
  setDue,
  setUrgency,
  startCase,
  writeFirstContact,
} from '#people'
import { diaryCells } from '#diary'
import { linkCells } from '#accountability'
import { serviceByCode } from '#directory'
import { ownCopyCells } from '#envelopes'
import { filledCells } from '#intake'
import { planCells } from '#plans'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { paperCells } from '#papers'
import { threadCells } from '#referrals'
import { releaseCells } from '#releases'

import type { CastPerson } from './cast.ts'
import { backdateCase } from './demo.store.ts'
import { daysAgo, type Making } from './make.ts'
import type { Hand } from './staff.actions.ts'
import { tellStory } from './story.actions.ts'

/** Case ids by the person's id in the cast. */
export type Cases = ReadonlyMap<string, string>

/** Opens the case of each person of the cast as their worker would, page by page, and puts it into the past. */
export async function makeCases(
  at: Making,
  people: readonly CastPerson[],
  hands: ReadonlyMap<string, Hand>,
): Promise<Cases> {
  const made = await Promise.all(
    people.map(async (person) => {
      const hand = hands.get(person.worker)
      if (hand === undefined) throw new Error(`${person.id} has no worker.`)
      const caseId = await hand.act((db, actor) => fillCase(db, actor, person, at.now))
      const lastWord = Math.min(person.openedDaysAgo, ...person.notes.map((note) => note.daysAgo))
      await backdateCase(at.owner, caseId, daysAgo(at.now, person.openedDaysAgo), daysAgo(at.now, lastWord))
      at.progress.step()
      return [person.id, caseId] as const
    }),
  )
  return new Map(made)
}

/** Writes down whom somebody of the cast knows outside work. */
export async function makeKnown(at: Making, hands: ReadonlyMap<string, Hand>): Promise<void> {
  for (const person of at.world.agencies.flatMap((agency) => agency.staff)) {
    const names = person.knows ?? []
    if (names.length > 0) await hands.get(person.id)?.act((db, actor) => saveKnown(db, actor, 0, names))
  }
}

/** Closes the cases that are for a few only, with everything that other rooms keep in them. */
export async function closeCases(at: Making, cases: Cases, hands: ReadonlyMap<string, Hand>): Promise<void> {
  for (const person of at.world.people.filter((each) => each.closed === true)) {
    const caseId = cases.get(person.id)
    if (caseId === undefined) continue
    const cells = [
      filledCells,
      planCells,
      linkCells,
      paperCells,
      diaryCells,
      threadCells,
      ownCopyCells,
      releaseCells,
    ]
    const excluded = (person.notFor ?? []).flatMap((id) => hands.get(id)?.kept.accountId ?? [])
    await hands
      .get(person.worker)
      ?.act((db, actor) => saved(closeForTeam(db, actor, caseId, { excluded, cells })))
  }
}

async function fillCase(db: Tx, actor: Actor, person: CastPerson, now: Temporal.Instant): Promise<string> {
  const { caseId } = await startCase(db, actor)
  const first = { caseId, version: 0 }
  for (const card of cardsOf(person)) {
    const since = daysAgo(now, card.sinceDaysAgo).toISOString().slice(0, 10)
    await saved(saveCard(db, actor, { caseId, id: null, version: 0 }, card.body, since))
  }
  await saved(saveContact(db, actor, first, contactOf(person, actor, now)))
  await saved(saveNeeds(db, actor, first, needsOf(person)))
  await saved(saveSituation(db, actor, first, answersOf(person, now)))
  if (person.careful !== undefined) {
    await saved(saveDanger(db, actor, first, { ...person.careful, colleagues: [], names: [] }, []))
  }
  if (person.chosen !== undefined) {
    const file = await openFile(db, actor, caseId)
    const since = daysAgo(now, person.contact.verifiedDaysAgo).toISOString().slice(0, 10)
    const worker = { account: '', ...person.chosen, since }
    if (file !== null) await saved(saveChosen(db, actor, file, 0, worker, { today: since, because: '' }))
  }
  await saved(saveWishes(db, actor, first, { list: [...person.wishes], words: '' }))
  await tellStory(db, actor, caseId, person, now)
  for (const note of [...(await earlierAnswers(db, person)), ...notesOf(person)].toSorted(oldestFirst)) {
    await saved(addNote(db, actor, caseId, note.words, { writtenAt: daysAgo(now, note.daysAgo) }))
  }
  if (person.dueInDays !== undefined) {
    const due = new Date(daysAgo(now, 0).getTime() + person.dueInDays * 86_400_000)
    await saved(setDue(db, actor, caseId, due))
  }
  if (person.access !== undefined)
    await saved(saveAccessNeeds(db, actor, first, AccessNeeds.parse(person.access)))
  await fillUrgency(db, actor, first, person, now)
  return caseId
}

/** How soon the person had to hear from us, and that they did, each at its own hour. */
async function fillUrgency(
  db: Tx,
  actor: Actor,
  at: Parameters<typeof setUrgency>[2],
  { urgency }: CastPerson,
  now: Temporal.Instant,
): Promise<void> {
  if (urgency === undefined) return
  const { level, because, met } = urgency
  const setAt = now.subtract({ hours: urgency.hoursAgo })
  await saved(setUrgency(db, actor, at, { level, because }, new Date(setAt.epochMilliseconds)))
  if (met === undefined) return
  const soon = new Date(setAt.add({ hours: 1 }).epochMilliseconds)
  await saved(writeFirstContact(db, actor, { ...at, version: 1 }, met, soon))
}

/** Whom the case is opened for comes first. */
function cardsOf(person: CastPerson) {
  return person.cards
    .toSorted((a, b) => Number(b.client) - Number(a.client))
    .map((card) => {
      const { name, sayAloud, role, roleSource, note } = card
      const body: CardBody = { name, sayAloud, role, roleSource, note, pronoun: '', roleSince: '' }
      return { body, sinceDaysAgo: card.sinceDaysAgo }
    })
}

function contactOf(person: CastPerson, actor: Actor, now: Temporal.Instant): SafeContact {
  const { nothingAtAll, ways, nameSafeToSay, language, interpreter } = person.contact
  return {
    nothingAtAll,
    ways,
    nameSafeToSay,
    language,
    interpreter,
    hasCodeWord: person.contact.codeWord !== null,
    reminders: 'no',
    calendar: 'no',
    printing: 'no',
    notSafe: [],
    verifiedAt: daysAgo(now, person.contact.verifiedDaysAgo).toISOString(),
    verifiedBy: actor.displayName,
    changedBecause: null,
  }
}

function needsOf(person: CastPerson): readonly Need[] {
  return person.needs.map((need, index) => ({ id: `need-${index + 1}`, ...need }))
}

/** Every answer with the day it was asked: what is known, what the person does not know, and *not now*. */
function answersOf(person: CastPerson, now: Temporal.Instant): Answers {
  const askedOn = daysAgo(now, person.openedDaysAgo).toISOString().slice(0, 10)
  const known = Object.entries(person.facets).map(([facet, value]) => [facet, 'known', value] as const)
  const unknown = (person.notKnown ?? []).map((facet) => [facet, 'unknown', null] as const)
  const notNow = (person.notNow ?? []).map((facet) => [facet, 'not-now', null] as const)
  return Object.fromEntries(
    [...known, ...unknown, ...notNow].map(([facet, state, value]) => [facet, { state, value, askedOn }]),
  )
}

/** Notes, and what is good to know for a call. */
function notesOf(person: CastPerson) {
  const { note, verifiedDaysAgo } = person.contact
  const contact = note === '' ? [] : [{ daysAgo: verifiedDaysAgo, words: note }]
  return [...person.notes, ...contact]
}

/** What other services answered before, written down with their own words. */
async function earlierAnswers(db: Tx, person: CastPerson) {
  const answers = person.earlierAnswers.map(async ({ service, daysAgo: days, answer, words }) => {
    const name = (await serviceByCode(db, service))?.name ?? service
    return { daysAgo: days, words: `${name}: ${answer === 'held' ? 'not yet' : 'no'}. “${words}”` }
  })
  return Promise.all(answers)
}

function oldestFirst(a: { readonly daysAgo: number }, b: { readonly daysAgo: number }): number {
  return b.daysAgo - a.daysAgo
}

/** The answer of an act that nothing can refuse here; a refusal is a fault of the cast. */
async function saved<T extends object>(act: Promise<T>): Promise<T> {
  const done = await act
  if ('refused' in done) throw new Error(`The demo was refused: ${String(done.refused)}`)
  return done
}
