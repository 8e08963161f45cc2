import { addressCleaner, leftOut } from '#directory'

import { spokenHere } from './access-needs.ts'
import type { CardRole } from './card.ts'
import { type Found, type FoundKind, type LetterRead, longestLetter } from './letter.ts'
import { namesIn } from './letter-names.rules.ts'

type Piece = Pick<Found, 'kind' | 'value'> & Partial<Pick<Found, 'readsLike' | 'interpreter'>>

const months = 'January|February|March|April|May|June|July|August|September|October|November|December'
const wants =
  /\b(would like|would prefer|wants?|wish(?:es)?|hopes?|asks? for|asked for|is asking|looking for|requests?|needs? (?:help|somebody|someone|support|a|to))\b/i
const place = /\b(refuge|shelter|safe ?house|safe accommodation|sanctuary|transitional housing)\b/i
const leadsThere =
  /\b(address|street|road|lane|avenue|drive|close|court|crescent|terrace|square|gardens|grove|mews|boulevard|postcode|zip)\b|\b(at|in|on|near|opposite|behind) (?:the )?\p{Lu}/u
const mostFound = 60
/** A note holds 8000 characters; what is left is for its heading. */
const longestPart = 7700

/** Cleans away whatever has the shape of an address. */
const withoutAddresses = addressCleaner([], true)

/** Names of languages as letters write them, each with its code. */
const languages: ReadonlyMap<string, string> = new Map(
  spokenHere.map((code) => [nameOfLanguage(code).toLowerCase(), code]),
)

/**
 * Reads a referral letter by plain rules, here and nowhere else. Every proposal stands in the letter word for word, beside its
 * sentence; nothing is kept by reading. An address is never proposed.
 */
export function readLetter(text: string): LetterRead {
  const sentences = sentencesOf(text.slice(0, longestLetter))
  const pieces = sentences.flatMap((sentence, at) =>
    placeIsTold(sentence) ? [] : piecesIn(sentence).map((piece) => ({ piece, sentence: at })),
  )
  const known = new Map<string, { piece: Piece; sentence: number }>()
  for (const each of pieces) {
    const key = `${each.piece.kind}|${each.piece.value.toLowerCase()}`
    const before = known.get(key)
    if (before === undefined || tellsMore(each.piece, before.piece)) known.set(key, each)
  }
  const found = [...known.values()]
    .toSorted((a, b) => a.sentence - b.sentence)
    .slice(0, mostFound)
    .map(({ piece, sentence }, at) => ({
      readsLike: null,
      interpreter: false,
      ...piece,
      sentence,
      id: String(at),
    }))
  return { sentences, found }
}

/** The letter as it may be kept, to its end: without addresses, and without any sentence that says where a refuge or shelter is. */
export function letterToKeep(text: string): string {
  const lines = sentencesOf(text).map((sentence) =>
    placeIsTold(sentence) ? leftOut : withoutAddresses(sentence),
  )
  return lines.join('\n')
}

/** A text as parts that each fit a note, with nothing left out; a line stays whole where it fits one. */
export function noteParts(text: string): readonly string[] {
  const parts: string[] = []
  for (const piece of text.split('\n').flatMap(pieceLines)) {
    const last = parts.at(-1)
    if (last === undefined || last.length + 1 + piece.length > longestPart) parts.push(piece)
    else parts[parts.length - 1] = `${last}\n${piece}`
  }
  return parts.filter((part) => part.trim() !== '')
}

function pieceLines(line: string): readonly string[] {
  const pieces: string[] = []
  let rest = line
  while (rest.length > longestPart) {
    // Never between the two halves of one character.
    const end = /[\uD800-\uDBFF]$/.test(rest.slice(0, longestPart)) ? longestPart - 1 : longestPart
    pieces.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...pieces, rest]
}

/** The code of a language as it was found. */
export function languageFound(value: string): string {
  return languages.get(value.toLowerCase()) ?? ''
}

/** The years in “aged 34”. */
export function yearsFound(value: string): number {
  return Number(/\d{1,3}/.exec(value)?.[0] ?? '0')
}

/** Sentences, and lines where a letter is a list. A title or an initial ends none. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => line.split(/(?<=[.!?]["”’)]?)\s+(?=["“(]?[\p{Lu}\d])/u))
    .reduce<string[]>((all, part) => {
      const before = all.at(-1)
      if (before !== undefined && /\b(?:Mr|Mrs|Ms|Dr|St|Mx|No)\.$/.test(before))
        return [...all.slice(0, -1), `${before} ${part}`]
      all.push(part)
      return all
    }, [])
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function placeIsTold(sentence: string): boolean {
  return place.test(sentence) && (leadsThere.test(sentence) || withoutAddresses(sentence) !== sentence)
}

function piecesIn(sentence: string): readonly Piece[] {
  return [
    ...namesIn(sentence).map(({ value, readsLike }) => ({ kind: 'name' as const, value, readsLike })),
    ...telephonesIn(sentence),
    ...all(sentence, 'email', /[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}/g),
    ...all(sentence, 'age', /\b(?:aged? \d{1,2}\b|\d{1,2}[- ]years?[- ]old\b)/gi),
    ...languagesIn(sentence),
    ...datesIn(sentence),
    ...(wants.test(sentence) && withoutAddresses(sentence) === sentence && sentence.length <= 1000
      ? [{ kind: 'want' as const, value: sentence }]
      : []),
  ]
}

function all(sentence: string, kind: FoundKind, pattern: RegExp): readonly Piece[] {
  return [...sentence.matchAll(pattern)].map(([value]) => ({ kind, value: value.replace(/[.]$/, '') }))
}

function telephonesIn(sentence: string): readonly Piece[] {
  const dates = datesIn(sentence).map(({ value }) => value)
  return [...sentence.matchAll(/(?<![\d/])(?:\+|\(?\d)[\d ().-]{5,18}\d(?![\d/])/g)]
    .map(([value]) => value.trim())
    .filter((value) => {
      const digits = value.replaceAll(/\D/g, '').length
      return digits >= 7 && digits <= 15 && !dates.some((date) => value.includes(date))
    })
    .map((value) => ({ kind: 'telephone' as const, value }))
}

function languagesIn(sentence: string): readonly Piece[] {
  if (!/\b(speaks?|spoken|interpreter|language|interpret)\b/i.test(sentence)) return []
  const interpreter = /\binterpret/i.test(sentence)
  return [...languages.keys()].flatMap((name) => {
    const match = new RegExp(`(?<!\\p{L})${name.replaceAll(/[()]/g, '.')}(?!\\p{L})`, 'iu').exec(sentence)
    return match === null ? [] : [{ kind: 'language' as const, value: match[0], interpreter }]
  })
}

function datesIn(sentence: string): readonly Piece[] {
  const patterns = [
    new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)? (?:${months})(?: \\d{4})?\\b`, 'g'),
    new RegExp(`\\b(?:${months}) \\d{1,2}(?:st|nd|rd|th)?(?:, \\d{4})?\\b`, 'g'),
    /\b\d{4}-\d{2}-\d{2}\b/g,
    /\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b/g,
  ]
  return patterns.flatMap((pattern) => all(sentence, 'date', pattern))
}

/** Of a name met twice, the place counts that says who they read like, and being named as causing harm most of all. */
function tellsMore(piece: Piece, before: Piece): boolean {
  return piece.kind === 'name' && weight(piece.readsLike) > weight(before.readsLike)
}

function weight(role: CardRole | null | undefined): number {
  return role === 'personCausingHarm' ? 3 : role === 'child' ? 2 : role === 'survivor' ? 1 : 0
}

function nameOfLanguage(code: string): string {
  const signed: Readonly<Record<string, string>> = {
    bfi: 'British Sign Language',
    ase: 'American Sign Language',
  }
  return signed[code] ?? new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code
}
