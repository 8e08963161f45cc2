import type { OwnRow } from './setting.ts'
import type { Row } from './table.ts'
import { tokensOf } from './token.rules.ts'

/** The most rows of its own that an agency can have, phrases of one row, and words of one phrase: looking stays cheap. */
export const most = { rows: 50, phrases: 5, words: 10 } as const

/** Why wording cannot be looked for as typed. */
export type OwnRefusal = 'phrases-missing' | 'phrases-many' | 'phrase-long'

/** The phrases of a box, one a line, as they will be looked for; or why they cannot be. */
export function phrasesOf(typed: string): readonly string[] | OwnRefusal {
  const lines = typed.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' '))
  const phrases = [...new Set(lines.filter((line) => tokensOf(line).length > 0))]
  if (phrases.length === 0) return 'phrases-missing'
  if (phrases.length > most.phrases) return 'phrases-many'
  return phrases.some((phrase) => tokensOf(phrase).length > most.words) ? 'phrase-long' : phrases
}

/** A row of the agency's own as the helper reads it: its words just as they stand, in any spelling of either country. */
export function rowOf(own: OwnRow): Row {
  return {
    id: own.id,
    row: 0,
    severity: 2,
    // Words alone: no sign of the table's notation is left in a folded word.
    patterns: own.phrases.map((phrase) => wordsIn(phrase)),
    why: own.why,
    suggest: [own.instead],
    source: 'own',
  }
}

function wordsIn(phrase: string): string {
  return tokensOf(phrase)
    .map((token) => token.word)
    .join(' ')
}

/** The agency's own rows on their way to the browser. */
export function ownText(own: readonly OwnRow[]): string {
  return JSON.stringify(own.map(rowOf))
}

/** The same rows where they arrive; what a page does not carry is none. */
export function ownRows(text: string): readonly Row[] {
  return text === '' ? [] : (JSON.parse(text) as readonly Row[])
}
