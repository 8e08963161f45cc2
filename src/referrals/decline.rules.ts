import { needsSameDay } from './keeping.rules.ts'
import type { NoLacks } from './keeping.ts'
import type { Decision } from './letter.ts'

/**
 * What a no still lacks; null: nothing. Nobody is turned away for danger before a service that acts today is named. Where the other side
 * does not hear of the no, nobody there will ask that service: whoever says no names who there said that they have the person. A reason
 * that no code has is said in words, and every no names who could say yes or who could know.
 */
export function noLacks(no: Extract<Decision, { about: 'declined' }>, told: boolean): NoLacks | null {
  const danger = needsSameDay(no.reason)
  if (danger && (no.sameDay?.service ?? '') === '') return 'same-day'
  if (danger && !told && (no.sameDay?.person ?? '') === '') return 'same-day-person'
  if (no.reason === 'other' && no.sentence.trim() === '') return 'sentence'
  return no.next.every(({ name }) => name.trim() === '') ? 'who' : null
}
