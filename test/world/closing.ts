import { closeWork, type ClosingSaid } from '#diary'

import type { Person } from './agencies.ts'

/** An ending that nothing stands against: what they wanted is done, and they know. */
export const plainEnding: ClosingSaid = {
  reason: 'done',
  outcome: 'better',
  outcomeWords: '',
  wayBack: 'Ring the same number and ask for anybody.',
  after: 'as-now',
  afterWords: '',
  knows: 'yes',
  knowsWords: '',
  spoken: null,
}

/** Ends a case as its worker would. */
export async function endCaseOf(person: Person, caseId: string): Promise<void> {
  const how = { second: false, open: [] }
  const done = await person.act((db, actor) => closeWork(db, actor, caseId, plainEnding, how))
  if ('refused' in done || done.state !== 'ended') throw new Error('The case did not end.')
}

/** The same ending as the page posts it. */
export const endingTyped: Readonly<Record<string, string>> = {
  reason: 'done',
  outcome: 'better',
  wayBack: plainEnding.wayBack,
  after: 'as-now',
  knows: 'yes',
}
