import { folded, nameFit } from './name-search.rules.ts'

/**
 * Whether a name that somebody wrote down answers to one of the names of a person: all of its words begin words of that name,
 * as in the search, in whatever order; a single word must be the whole name, since a first name alone is shared by too many.
 */
export function answersTo(written: string, names: readonly string[]): boolean {
  return spellings(written).some((name) =>
    name.includes(' ')
      ? (nameFit(names.flatMap(spellings), name) ?? 2) < 2
      : names.some((each) => spellings(each).includes(name)),
  )
}

/** Who of these people is meant by one of the written names. */
export function whoAnswers<T>(
  written: readonly string[],
  people: readonly T[],
  namesOf: (person: T) => readonly string[],
): readonly T[] {
  return people.filter((person) => written.some((name) => answersTo(name, namesOf(person))))
}

/** The lines of a field as names: one a line, each once. */
export function namesTyped(text: string): readonly string[] {
  const names = text.split('\n').map((name) => name.trim().replace(/\s+/g, ' '))
  return [...new Set(names.filter((name) => folded(name) !== ''))]
}

/** A name as it may be written: marks left out, two letters for one, and run together at hyphens and apostrophes. */
function spellings(name: string): readonly string[] {
  const long = name
    .replace(/[äæ]/giu, 'ae')
    .replace(/[öøœ]/giu, 'oe')
    .replace(/ü/giu, 'ue')
    .replace(/å/giu, 'aa')
  const joined = name.replace(/['’ʼ-]/gu, '')
  return [...new Set([name, long, joined].map(folded))].filter((each) => each !== '')
}
