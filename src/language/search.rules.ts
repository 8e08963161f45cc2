import type { Pattern } from './pattern.rules.ts'
import type { Token } from './token.rules.ts'

/** Where a pattern was found: its number, and the first and last word it covers. */
export interface Found {
  readonly pattern: number
  readonly first: number
  readonly last: number
}

/** Patterns made ready for looking. */
export interface Search {
  readonly patterns: readonly Pattern[]
  /** Which patterns can begin with a word. */
  readonly beginning: ReadonlyMap<string, readonly number[]>
  /** How many places all patterns have: the most that one word can cost, times the number of its steps. */
  readonly places: number
}

/** Counts what looking costs, so that a test can show it grows with the text and no faster. */
export interface Steps {
  count: number
}

/** Makes patterns ready. */
export function searchFor(patterns: readonly Pattern[]): Search {
  const beginning = new Map<string, number[]>()
  for (const [number, pattern] of patterns.entries()) {
    const words = new Set(reachable(pattern, 0).flatMap((at) => [...(pattern[at]?.words ?? [])]))
    for (const word of words) beginning.set(word, [...(beginning.get(word) ?? []), number])
  }
  return { patterns, beginning, places: patterns.reduce((sum, pattern) => sum + pattern.length, 0) }
}

interface Open {
  readonly pattern: number
  readonly at: number
  readonly first: number
}

/**
 * Finds every place where a pattern stands, within one sentence. One walk over the words: at each, every pattern is at no
 * place twice, so a word never costs more than all patterns have places.
 */
export function foundIn(search: Search, tokens: readonly Token[], steps: Steps): readonly Found[] {
  const found: Found[] = []
  let open: readonly Open[] = []
  for (const [index, token] of tokens.entries()) {
    const begun = (search.beginning.get(token.word) ?? []).map((pattern) => ({
      pattern,
      at: 0,
      first: index,
    }))
    const going = token.before === 'none' ? [...open, ...begun] : begun
    const next = new Map<number, Open>()
    for (const one of going) {
      for (const at of matching(search.patterns[one.pattern] ?? [], one.at, token.word, steps)) {
        const key = one.pattern * 64 + at + 1
        // Whoever began earlier comes first and stays.
        if (!next.has(key)) next.set(key, { ...one, at: at + 1 })
      }
    }
    open = [...next.values()]
    for (const one of open) {
      if (isWhole(search.patterns[one.pattern] ?? [], one.at))
        found.push({ pattern: one.pattern, first: one.first, last: index })
    }
  }
  return found
}

function matching(pattern: Pattern, from: number, word: string, steps: Steps): readonly number[] {
  return reachable(pattern, from).filter((at) => {
    steps.count++
    const place = pattern[at]
    return place !== undefined && (place.words === null || place.words.has(word))
  })
}

/** The places that may come next: up to the first that may not be missing. */
function reachable(pattern: Pattern, from: number): readonly number[] {
  const places: number[] = []
  for (let at = from; at < pattern.length; at++) {
    places.push(at)
    if (!pattern[at]?.optional) break
  }
  return places
}

function isWhole(pattern: Pattern, at: number): boolean {
  return pattern.slice(at).every((place) => place.optional)
}
