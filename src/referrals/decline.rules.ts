import { needsSameDay } from './keeping.rules.ts'
import type { NoLacks } from './keeping.ts'
import type { Decision } from './letter.ts'

/**
 * What a no still lacks; null: nothing. Nobody is turned away for danger before a service that acts today is named. Where the other side
 * does not hear of the no, nobody there will ask that service: whoever says no names who there said that they have the person.
 */
export function noLacks(no: Extract<Decision, { about: 'declined' }>, told: boolean): NoLacks | null {
  if (!needsSameDay(no.reason)) return null
  if ((no.sameDay?.service ?? '') === '') return 'same-day'
  return !told && (no.sameDay?.person ?? '') === '' ? 'same-day-person' : null
}
