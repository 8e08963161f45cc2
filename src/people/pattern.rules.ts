import type { Card } from './card.ts'
import type { Effect } from './effect.ts'
import type { Pattern, PatternEntry } from './pattern.ts'
import { lastDayOf } from './when.rules.ts'

/** The entries in the order of time; what nobody could date comes last, as it was written. */
export function inTime(pattern: Pattern): PatternEntry[] {
  const at = (entry: PatternEntry) => {
    const when = entry.from || entry.until
    return when === '' ? '9999-12-31' : lastDayOf(when).toString()
  }
  return pattern.toSorted((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0))
}

/** The pattern with one entry put in or changed. */
export function withEntry(pattern: Pattern, entry: PatternEntry): PatternEntry[] {
  const others = pattern.filter((each) => each.id !== entry.id)
  return inTime([...others, entry])
}

/** Whom it may have done something to: everybody of the case but those who cause harm. */
export function affectedBy(cards: readonly Card[]): readonly Card[] {
  return cards.filter((card) => card.role !== 'personCausingHarm')
}

/** What was done, for a thread that follows from an entry, and what was typed beside. */
export function doneIn(effect: Effect, pattern: Pattern): readonly string[] {
  const entry = pattern.find((each) => each.id === effect.entry)
  return [entry?.done ?? '', effect.done].filter((part) => part !== '')
}

/** The pages of a case that hold what was done to an adult. */
export const adultPages = ['abuse', 'effects', 'pattern', 'coercion'] as const

/**
 * Whether a page of a case may stand in the file of a child. Of what was done to an adult: nothing. A child's own account is
 * written in the child's own file, in the child's own voice; what was done to a parent is never copied there.
 */
export function mayStandInChildFile(page: string): boolean {
  return !(adultPages as readonly string[]).includes(page)
}
