import { facetById, needByCode } from '#directory'
import { type CaseFile, chosenWorker, throughSentence, valueText } from '#people'
import { partTitle, type SafetyPlan, saysSomething } from '#plans'
import type { Words } from '#platform/i18n'

import { contactData, contactLines, interpreterLine } from './contact-words.view.ts'
import { itemKey } from './kept-release.ts'
import { enoughToSayHello, type ItemChoice } from './release-items.rules.ts'

/** One thing that may go along: what it is, what it would say, and whether it is there from the start. */
export interface HeldItem {
  readonly key: string
  readonly kind: ItemChoice['kind']
  readonly ref: string | null
  /** What the person reads as the item's name. */
  readonly title: string
  readonly text: string
  readonly data?: unknown
  readonly start: 'chosen' | 'offered' | 'on-request'
}

interface Held extends ItemChoice {
  /** Where the thing has a name of its own. */
  readonly title?: string
  readonly words: string
  readonly data?: unknown
}

/**
 * What a case holds that could go along, each with its exact words; *enough to say hello* first and chosen. Of its plans only the
 * parts of a safety plan that is handed in are there, each a thing of its own and none of them chosen.
 */
export function heldItems(
  t: Words,
  file: CaseFile,
  askedFacets: ReadonlySet<string>,
  safetyPlan: SafetyPlan | null = null,
): readonly HeldItem[] {
  const name = nameItem(t, file)
  const contact = contactItem(t, file)
  const needs = needItems(file)
  const details = detailItems(t, file)
  const others = [...otherItems(t, file), ...planItems(t, safetyPlan)]
  const all = new Map(
    [...name, ...contact, ...needs, ...details, ...others].map((held) => [itemKey(held), held]),
  )
  const groups = enoughToSayHello({
    hasNameToUse: name.length > 0,
    hasSafeContact: contact.length > 0,
    needs: needs.map(({ ref, words }) => ({ id: ref ?? '', words })),
    details: details.map(({ ref, words }) => ({ id: ref ?? '', words, asked: askedFacets.has(ref ?? '') })),
    others,
  })
  const shown = (start: HeldItem['start']) => (choice: ItemChoice) => {
    const key = itemKey(choice)
    const held = all.get(key)
    return {
      key,
      kind: choice.kind,
      ref: choice.ref,
      title: held?.title ?? t(`releases.item.${choice.kind}`),
      text: held?.words ?? '',
      ...(held?.data === undefined ? {} : { data: held.data }),
      start,
    }
  }
  return [
    ...groups.chosen.map(shown('chosen')),
    ...groups.offered.map(shown('offered')),
    ...groups.onRequest.map(shown('on-request')),
  ]
}

/** The person the case is kept for, by the name to use; empty while nobody has said one. */
export function nameToUse(file: Pick<CaseFile, 'survivor' | 'cards'>): string {
  return subjectCard(file)?.name ?? ''
}

function subjectCard(file: Pick<CaseFile, 'survivor' | 'cards'>) {
  return file.survivor ?? file.cards.find((card) => card.role === 'child') ?? null
}

function nameItem(t: Words, file: CaseFile): readonly Held[] {
  const card = subjectCard(file)
  if (card === null || card.name === '') return []
  const { name, sayAloud, pronoun } = card
  const words = [
    name,
    ...(pronoun === '' ? [] : [t('releases.held.pronoun', { pronoun })]),
    ...(sayAloud.length === 0 ? [] : [t('releases.held.say-aloud', { names: t.list(sayAloud) })]),
  ].join('\n')
  return [{ kind: 'name-to-use', ref: null, words, data: { name, sayAloud, pronoun } }]
}

function contactItem(t: Words, file: CaseFile): readonly Held[] {
  if (file.contact === null) return []
  // A worker of ours is no news to whoever hears from us. One of another agency would tell of that agency, so they stand alone below.
  const worker = chosenWorker(file)
  const through = worker === null || worker.account === '' ? [] : [throughSentence(t, worker)]
  const words = [...through, ...contactLines(t, file.contact)].join('\n')
  return [{ kind: 'safe-contact', ref: null, words, data: contactData(file.contact) }]
}

function needItems(file: CaseFile): readonly Held[] {
  return file.needs.flatMap((need) => {
    const label = needByCode(need.code)?.label ?? ''
    const words = [label, need.words].filter((part) => part !== '').join(': ')
    const data = { id: need.id, code: need.code, words: need.words }
    return words === '' ? [] : [{ kind: 'what-they-want' as const, ref: need.id, words, data }]
  })
}

function detailItems(t: Words, file: CaseFile): readonly Held[] {
  return Object.entries(file.answers).flatMap(([id, answer]) => {
    const facet = facetById(id, t.pack)
    if (facet === null || answer.state !== 'known' || answer.value === null) return []
    const value = valueText(t, facet.id, answer.value)
    const words = t('releases.held.detail', { value, date: t.date(answer.askedOn) })
    const data = { facet: id, value: answer.value, askedOn: answer.askedOn }
    return [{ kind: 'matching-detail' as const, ref: id, title: facet.label, words, data }]
  })
}

function planItems(t: Words, plan: SafetyPlan | null): readonly Held[] {
  return (plan?.parts ?? []).filter(saysSomething).map((part) => {
    const name = partTitle(t, part)
    const title = t('releases.held.plan-part', { part: name })
    return {
      kind: 'safety-plan-part' as const,
      ref: part.id,
      title,
      words: part.words === '' ? name : part.words,
    }
  })
}

function otherItems(t: Words, file: CaseFile): readonly Held[] {
  const subject = subjectCard(file)?.id
  const children = file.cards.filter(
    (card) => card.role === 'child' && card.id !== subject && card.name !== '',
  )
  const unsafe = [
    ...file.personsCausingHarm.map((card) => card.name).filter((name) => name !== ''),
    ...(file.danger?.notSafeToTalkTo ? [file.danger.notSafeToTalkTo] : []),
  ]
  const access =
    file.contact?.interpreter?.wanted === true ? interpreterLine(t, file.contact.interpreter.note) : ''
  const worker = chosenWorker(file)
  const elsewhere = worker === null || worker.account !== '' ? '' : throughSentence(t, worker)
  const held: readonly Held[] = [
    { kind: 'access-needs', ref: null, words: access },
    { kind: 'children-names-and-ages', ref: null, words: t.list(children.map((card) => card.name)) },
    { kind: 'people-not-safe', ref: null, words: unsafe.join('\n') },
    { kind: 'own-words', ref: 'chosen-worker', title: t('releases.held.chosen-worker'), words: elsewhere },
    { kind: 'attendance', ref: null, words: t('releases.held.attendance') },
  ]
  return held.filter(({ words }) => words !== '')
}
