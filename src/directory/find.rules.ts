import type { Wanted, WhereAbouts } from './find.ts'
import { cellsAround } from './place.rules.ts'

/** Words of a search that count, at most six: what more is typed would not change much and would cost. */
export const mostWords = 6

/** Everything but the words, as a text-search query; the lexemes of filters begin with a sign that no word has. */
export function filterQuery(wanted: Wanted, pack: 'uk' | 'us'): string {
  return all([
    lexeme(`§pack=${pack}`),
    wanted.need === '' ? '' : lexeme(`§need=${wanted.need}`),
    wanted.language === '' ? '' : lexeme(`§lang=${wanted.language.toLowerCase()}`),
    wanted.access === '' ? '' : lexeme(`§access=${wanted.access}`),
    // A service that has not said stays in the list: it may be the one.
    wanted.age === '' ? '' : any([lexeme(`§age=${wanted.age}`), lexeme('§age=unsaid')]),
  ])
}

/** Services that say they work there. */
export function thereQuery(place: WhereAbouts): string {
  return any(place.names.map((name) => lexeme(`§in=${name}`)))
}

/** Services that are for everywhere. */
export const everywhereQuery = lexeme('§wide')

/** Confidential services: they stay in the list whatever the distance, by region only. */
export const keptQuery = lexeme('§kept')

/** Quarter degrees around the place. */
export function cellQuery(place: WhereAbouts, miles: number): string {
  return place.point === null
    ? ''
    : any(cellsAround(place.point, miles).map((cell) => lexeme(`§cell=${cell}`)))
}

/** How many things narrow a search, its place and its country apart. */
export function narrowings({ words, need, language, access, age }: Wanted): number {
  return [words, need, language, access, age].filter((part) => part !== '').length
}

/** At least `count` of the words. */
export function wordsQuery(stems: readonly string[], count: number): string {
  return any(combinations(stems, count).map((some) => all(some.map(lexeme))))
}

/** All of the parts that say something. */
export function all(parts: readonly string[]): string {
  return joined(parts, ' & ')
}

/** Any of the parts that say something. */
export function any(parts: readonly string[]): string {
  return joined(parts, ' | ')
}

/** A text as one lexeme of a query, whatever it holds. */
export function lexeme(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

function joined(parts: readonly string[], by: string): string {
  const said = parts.filter((part) => part !== '')
  return said.length < 2 ? (said[0] ?? '') : `(${said.join(by)})`
}

function combinations<T>(from: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]]
  return from.flatMap((first, at) =>
    combinations(from.slice(at + 1), count - 1).map((rest) => [first, ...rest]),
  )
}
