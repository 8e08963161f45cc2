import { actOf, type CaseFile, gateNow, mayContact, type ContactAnswer, type ContactWay } from '#people'

import type { Try, TryResult } from './thread.ts'

/** How often somebody was tried since they were last reached. What came of an appointment is no try, and counts for nothing here. */
export function triesSince(tries: readonly Try[]): number {
  const reached = tries.findLastIndex((each) => each.came === 'reached')
  return tries.length - reached - 1
}

/** Whether they count as not reached for now, which the worker says and no number says for them. */
export function maySayNotReached(tries: readonly Try[], enough: number): boolean {
  return triesSince(tries) >= enough
}

/** What may have come of a try on this way: only a call can be taken by somebody else or leave words on a machine. */
export function resultsOn(way: Pick<ContactWay, 'channel'>): readonly TryResult[] {
  const spoken = way.channel === 'call' ? (['somebody-else', 'neutral-message'] as const) : []
  return ['no-answer', ...spoken, 'not-working', 'reached']
}

/**
 * Whether safe contact let this try be, at the moment at which it was. Words on a machine are an act of their own. Two colleagues who
 * agreed open the rules of time for the hour in which they did.
 */
export function tryAnswer(
  file: Pick<CaseFile, 'contact'>,
  way: ContactWay,
  came: TryResult,
  at: Date,
): ContactAnswer {
  if (file.contact === null || came !== 'neutral-message') return gateNow(file, way, at)
  return mayContact(file.contact, { ...actOf(way), kind: 'voicemail', namesAgency: false }, at)
}
