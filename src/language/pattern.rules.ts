import { formsOf, spellingsOf } from './inflection.rules.ts'
import sets from './word-sets.json' with { type: 'json' }

/** One place of a pattern: the words that may stand there, or null for any word; `optional` when none may stand there too. */
export interface Place {
  readonly words: ReadonlySet<string> | null
  readonly optional: boolean
}

export type Pattern = readonly Place[]

const named: Readonly<Record<string, string>> = sets.sets

/**
 * Reads a pattern. Words are parted by spaces: `a|b` is either word, `~fail` every form of the verb, `@child` a named set,
 * `just?` may be missing, `_2` stands for up to two words of any kind. No pattern repeats without end, so none can run away.
 */
export function patternOf(text: string): Pattern {
  return text.split(' ').flatMap((part): Pattern => {
    const gap = /^_(\d)$/.exec(part)
    if (gap) return Array.from({ length: Number(gap[1]) }, () => ({ words: null, optional: true }))
    return [{ words: wordsOf(part.replaceAll('?', '')), optional: part.includes('?') }]
  })
}

/** The words that `a|~b|@c` stands for. */
export function wordsOf(part: string): ReadonlySet<string> {
  return new Set(part.split('|').flatMap(alternative))
}

function alternative(part: string): readonly string[] {
  if (part.startsWith('~')) return formsOf(part.slice(1))
  if (!part.startsWith('@')) return spellingsOf(part)
  const set = named[part.slice(1)]
  if (set === undefined) throw new Error(`no set of words is called ${part}`)
  return set.split('|')
}
