import sets from './word-sets.json' with { type: 'json' }
import { type Country, patternsOf, type Row } from './table.ts'

const named: Readonly<Record<string, string>> = sets.sets

/** One reading of what a row looks for, to be recognised by: the first of every choice, what may be missing left out. */
export function sampleOf(row: Row, country: Country): string {
  const [pattern = ''] = patternsOf(row, country)
  return pattern
    .split(' ')
    .filter((part) => !part.includes('?') && !/^_\d$/.test(part))
    .map((part) => part.split('|')[0] ?? '')
    .map((word) =>
      word.startsWith('@') ? (named[word.slice(1)]?.split('|')[0] ?? '') : word.replace('~', ''),
    )
    .join(' ')
}
