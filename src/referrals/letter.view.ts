import { facetById, needByCode } from '#directory'
import { valueText } from '#people'
import { recordLine, type Term, wordFor, type Words } from '#platform/i18n'

import { type Handling, handlingAt } from './handling.ts'
import type { HelperLine } from './who-helps.ts'
import { introductionRows, meetingRows } from './introduction-letter.view.ts'
import type { Letter } from './letter.ts'
import type { NamedContact } from './named-contact.ts'
import { sessionLines } from './session-lines.view.ts'
import type { Contact } from './thread.ts'

/** One line of a letter: what it is, and what it says. */
export interface LetterRow {
  readonly key: string
  readonly value: string
}

/** What a letter is called. */
export function letterTitle(t: Words, letter: Letter): string {
  const unasked = letter.about === 'answer' && letter.unasked === true
  return t(`referrals.letter-title.${unasked ? 'message' : letter.about}`)
}

/** What a letter says, line by line, in the reader's words. */
export function letterRows(t: Words, letter: Letter): readonly LetterRow[] {
  return rowsOf(t, letter).filter((row) => row.value !== '')
}

function rowsOf(t: Words, letter: Letter): readonly LetterRow[] {
  switch (letter.about) {
    case 'ask':
      return [
        { key: t('referrals.letter.service'), value: letter.service.name },
        ...pictureRows(t, letter.facets),
        { key: t('referrals.letter.needs'), value: needsText(t, letter.needs) },
        { key: t('referrals.letter.with'), value: letter.withSomeone ? t('referrals.letter.with-yes') : '' },
        { key: t('referrals.letter.ring-back'), value: contactText(t, letter.ringBack) },
      ]
    case 'request':
      return requestRows(t, letter)
    case 'question':
      return [
        { key: t('referrals.letter.question'), value: letter.text },
        { key: t('referrals.letter.ring-back'), value: contactText(t, letter.ringBack) },
      ]
    case 'answer':
      return [{ key: t(`referrals.letter.${letter.unasked ? 'message' : 'answer'}`), value: letter.text }]
    case 'introduction':
    case 'introduction-step':
    case 'met':
      return introductionRows(t, letter)
    case 'named-contact':
      return [{ key: t('referrals.letter.named-person'), value: namedText(t, letter) }]
    case 'helpers':
      return letter.lines.map((line) => ({ key: line.agency, value: helperText(t, line) }))
    case 'reopened':
      return [{ key: t('referrals.letter.why-again'), value: letter.why }]
    case 'unreached':
      return unreachedRows(t, letter)
    case 'session':
      return sessionLines(t, letter)
    case 'correction':
      return correctionRows(t, letter)
    case 'not-needed':
      return [{ key: t('referrals.letter.not-needed'), value: t('referrals.letter.not-needed-text') }]
    case 'ended':
      return endedRows(t, letter)
    default:
      return decisionRows(t, letter)
  }
}

/** A referral: how it has to lie in the records first, then what was released and the frame it was agreed in. */
function requestRows(t: Words, letter: Extract<Letter, { about: 'request' }>): readonly LetterRow[] {
  return [
    { key: t('referrals.letter.amends'), value: amendsText(t, letter) },
    ...withoutRows(t, letter),
    ...handlingRows(t, letter.handling),
    { key: t('referrals.letter.service'), value: letter.service.name },
    ...letter.items.map((item) => ({ key: item.title, value: item.text })),
    { key: t('referrals.letter.safe-contact'), value: letter.safeContact.join('\n') },
    {
      key: t(letter.onGround ? 'referrals.letter.purpose-ground' : 'referrals.letter.purpose'),
      value: letter.purpose,
    },
    {
      key: t('referrals.letter.comes-back'),
      value: t(`referrals.comes-back.${letter.comesBack}`),
    },
    {
      key: t('referrals.letter.until'),
      value: letter.until ? t.dateTime(letter.until) : '',
    },
    { key: t('referrals.letter.redisclosure'), value: letter.redisclosure ?? '' },
    { key: t('referrals.letter.part2-notice'), value: letter.part2?.notice ?? '' },
    { key: t('referrals.letter.part2-consent'), value: letter.part2?.consent ?? '' },
    { key: t('referrals.letter.answer-to'), value: contactText(t, letter.answerTo) },
  ]
}

/** How it ended, as far as the person lets it be said. */
function endedRows(t: Words, letter: Extract<Letter, { about: 'ended' }>): readonly LetterRow[] {
  return [
    {
      key: t('referrals.letter.outcome'),
      value: t(`referrals.outcome.${letter.outcome ?? 'only-ended'}`),
    },
    { key: t('referrals.letter.own-words'), value: letter.words },
  ]
}

/** How often it was tried, and what could help. */
function unreachedRows(t: Words, letter: Extract<Letter, { about: 'unreached' }>): readonly LetterRow[] {
  return [
    { key: t('referrals.letter.tries'), value: t.number(letter.tries) },
    {
      key: t('referrals.letter.helps'),
      value: letter.helps.map((each) => t(`referrals.unreached.${each}`)).join('\n'),
    },
  ]
}

function correctionRows(t: Words, letter: Extract<Letter, { about: 'correction' }>): readonly LetterRow[] {
  return [
    {
      key: t('referrals.letter.correction'),
      value: t(letter.changed ? 'referrals.letter.corrected' : 'referrals.letter.disputed'),
    },
    { key: t('referrals.letter.was'), value: letter.says },
    { key: t('referrals.letter.should'), value: letter.should },
    { key: t('referrals.letter.statement'), value: letter.statement },
  ]
}

/** A change says first that it takes the place of what came before, and what is new. */
function amendsText(t: Words, letter: Extract<Letter, { about: 'request' }>): string {
  if (!letter.amends) return ''
  const { changed = [] } = letter
  return changed.length === 0
    ? t('referrals.letter.amends-same')
    : t('referrals.letter.amends-new', { what: t.list([...changed]) })
}

/** That it came without agreement stands first, with whether the person knows. */
function withoutRows(t: Words, { without }: Extract<Letter, { about: 'request' }>): readonly LetterRow[] {
  if (without === undefined) return []
  return [
    {
      key: t('referrals.without.key'),
      value: t(without.personKnows ? 'referrals.without.knows' : 'referrals.without.does-not-know'),
    },
    { key: t('referrals.without.why'), value: without.why },
    { key: t('referrals.without.ground'), value: without.ground },
  ]
}

function decisionRows(
  t: Words,
  letter: Extract<Letter, { about: 'accepted' | 'would-take' | 'waiting' | 'declined' }>,
): readonly LetterRow[] {
  const ring = { key: t('referrals.letter.named-person'), value: contactText(t, letter.person) }
  switch (letter.about) {
    case 'would-take':
      return [{ key: t('referrals.letter.decision'), value: t(`referrals.would-take.${letter.how}`) }, ring]
    case 'accepted':
      return [
        {
          key: t('referrals.letter.starts-on'),
          value: letter.startsOn === null ? '' : t.date(letter.startsOn),
        },
        ring,
        ...(letter.first === null ? [] : meetingRows(t, letter.first)),
        { key: t('referrals.letter.note'), value: letter.note },
      ]
    case 'waiting':
      return [
        { key: t('referrals.letter.place'), value: letter.place === null ? '' : t.number(letter.place) },
        {
          key: t('referrals.letter.expected-on'),
          value: letter.expectedOn === null ? '' : t.date(letter.expectedOn),
        },
        ring,
        { key: t('referrals.letter.note'), value: letter.note },
      ]
    case 'declined':
      return [
        { key: t('referrals.letter.reason'), value: t(`referrals.reason.${letter.reason}`) },
        {
          key: t('referrals.letter.effect'),
          value: letter.effectOfAbuse === undefined ? '' : t(`referrals.effect.${letter.effectOfAbuse}`),
        },
        {
          key: t('referrals.letter.same-day'),
          value: [letter.sameDay?.service, letter.sameDay?.person].filter(Boolean).join(', '),
        },
        { key: t('referrals.letter.in-words'), value: letter.sentence },
        {
          key: t('referrals.letter.next-door'),
          value: letter.next.map((door) => [door.name, door.phone].filter(Boolean).join(', ')).join('\n'),
        },
        ring,
      ]
  }
}

/** How the letter has to lie in a record that others may read: first, and in every block, so that nobody pastes the one without the other. */
function handlingRows(t: Words, handling: readonly Handling[]): readonly LetterRow[] {
  const sentences = handling.map((each) => t(`referrals.handling.${each}`))
  return [{ key: t('referrals.letter.handling'), value: sentences.join('\n') }]
}

/** Whom to ring: while the named person is away, whoever stands in comes first. */
export function namedText(
  t: Words,
  { person, awayUntil }: Pick<NamedContact, 'person' | 'awayUntil'>,
): string {
  if (awayUntil === null) return contactText(t, person)
  const named = [person.name, person.phone].filter((part) => part !== '').join(', ')
  const away = t('referrals.contact.away', { name: named, date: t.date(awayUntil) })
  return person.cover === '' ? away : `${person.cover}\n${away}`
}

/** One agency that helps: names, work, telephone, and the next step. */
export function helperText(t: Words, line: HelperLine): string {
  const { person, role, phone, next } = line
  const who = [person, role, phone].filter((part) => part !== '').join(', ')
  return [who, next === '' ? '' : t('releases.held.helper-next', { next })]
    .filter((part) => part !== '')
    .join('\n')
}

/** The details that matter, in plain words. */
export function pictureRows(
  t: Words,
  facets: Readonly<Record<string, string | number>>,
): readonly LetterRow[] {
  return Object.entries(facets).flatMap(([id, value]) => {
    const words = facetById(id, t.pack)
    if (words === null) return []
    return [{ key: words.label, value: valueText(t, id, value) }]
  })
}

function needsText(t: Words, codes: readonly string[]): string {
  return codes.map((code) => needByCode(code)?.label ?? code).join('\n')
}

/** A person to ring, with who stands in. */
function contactText(t: Words, contact: Contact): string {
  const first = [contact.name, contact.phone].filter((part) => part !== '').join(', ')
  return contact.cover === '' ? first : `${first}\n${t('referrals.letter.cover', { cover: contact.cover })}`
}

/** The word of a letter that other sectors hear otherwise. */
const termOf: Readonly<Partial<Record<Letter['about'], Term>>> = {
  request: 'referral',
  ended: 'case-closed',
}

/** One plain block to paste into any record system, in the words of the sector that pastes it. */
export function recordText(
  t: Words,
  head: { readonly title: string; readonly agency: string; readonly at: Date },
  letter: Letter,
): string {
  // Every letter that is about somebody; a referral carries it itself.
  const about = !['ask', 'request', 'not-needed'].includes(letter.about)
  const rows = [...(about ? handlingRows(t, handlingAt(t.sector)) : []), ...letterRows(t, letter)]
  const lines = rows
    .filter((row) => row.value !== '')
    .map((row) =>
      row.value.includes('\n')
        ? `${row.key}:\n  ${row.value.replaceAll('\n', '\n  ')}`
        : `${row.key}: ${row.value}`,
    )
  const term = termOf[letter.about]
  const title = term === undefined ? head.title : capital(wordFor(term, t.sector, t.pack))
  const line = term === undefined ? '' : recordLine(term, t.sector, t.pack)
  return [`${title} (${head.agency}, ${t.dateTime(head.at)})`, ...lines, ...(line === '' ? [] : [line])].join(
    '\n',
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
