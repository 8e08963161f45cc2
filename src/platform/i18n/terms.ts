import type { Pack } from '#platform/config'

import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }
import { createWords } from './words.ts'

/** A word that means one thing in one room and another next door. */
export type Term = keyof typeof uk.i18n.term

/** How a word is read: each sector reads it in one of these ways. */
export type Reading = keyof typeof uk.i18n.reading

/** Every such word, in the order of the reference. */
export const terms = Object.keys(uk.i18n.term) as readonly Term[]

/** Every way of reading. */
export const readings = Object.keys(uk.i18n.reading) as readonly Reading[]

const readingOfSector: Readonly<Record<string, Reading>> = {
  'domestic-abuse': 'domestic-abuse',
  'child-welfare': 'child-welfare',
  'mental-health': 'health',
  'child-mental-health': 'health',
  'primary-care': 'health',
  'substance-use': 'health',
  education: 'education',
  police: 'justice',
  'abuse-intervention': 'justice',
}

const wordsFor = createWords([{ uk, us }])

/** How a sector reads; null where it has no reading of its own (housing, a partnership, the operator). */
export function readingOf(sector: string | undefined): Reading | null {
  return readingOfSector[sector ?? ''] ?? null
}

/** The ways of reading, the reader's own first. */
export function readingsFor(sector: string | undefined): readonly Reading[] {
  const own = readingOf(sector)
  return own === null ? readings : [own, ...readings.filter((each) => each !== own)]
}

/** Who reads so, as a heading. */
export function readingName(reading: Reading, pack: Pack): string {
  return wordsFor({ pack })(`i18n.reading.${reading}`)
}

/** The word itself, as it is heard. */
export function termName(term: Term, pack: Pack): string {
  return wordsFor({ pack })(`i18n.term.${term}.word`)
}

/** What the word means to those who read so. */
export function meaningOf(term: Term, reading: Reading, pack: Pack): string {
  return wordsFor({ pack })(`i18n.term.${term}.means.${reading}`)
}

/** What Anydoor does about the word. */
export function aboutTerm(term: Term, pack: Pack): string {
  return wordsFor({ pack })(`i18n.term.${term}.here`)
}

/** What to write instead of the bare word, for a reader of this sector: what is meant, and what must not be heard. */
export function wordFor(term: Term, sector: string | undefined, pack: Pack): string {
  return bySector(`i18n.term.${term}.say`, sector, pack)
}

/** The sentence that goes beside the word into the record system of an agency of this sector; empty where none is needed. */
export function recordLine(term: Term, sector: string | undefined, pack: Pack): string {
  const words = wordsFor({ pack })
  return words.has(`i18n.term.${term}.record.default`)
    ? bySector(`i18n.term.${term}.record`, sector, pack)
    : ''
}

function bySector(key: string, sector: string | undefined, pack: Pack): string {
  const words = wordsFor({ pack })
  const own = `${key}.${readingOf(sector) ?? 'default'}`
  return words.has(own) ? words(own) : words(`${key}.default`)
}
