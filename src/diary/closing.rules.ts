import type { Closing, ClosingSaid } from './closing.ts'

/** What the case itself says when somebody wants to end it. */
export interface ClosingFacts {
  /** The last appointment was missed, and nothing that happened came after it. */
  readonly missed: boolean
  /** The worker whom the person chose; null where nobody was chosen. */
  readonly chosen: string | null
}

export interface ClosingRefusal {
  readonly refused: 'closing-chosen-worker' | 'closing-second-lead' | 'closing-knows' | 'closing-after'
}

/** Whether this ending asks for a word with the chosen worker first. */
function asksChosenWorker(said: Pick<ClosingSaid, 'reason'>, facts: ClosingFacts): boolean {
  return facts.missed || said.reason === 'lost-touch'
}

/**
 * What becomes of a case that somebody wants to end: it ends, or it waits for a second lead. Nobody is discharged for not coming
 * before the chosen worker was spoken to ("closing or DNA-discharging a flagged person requires a check with the Idva or trusted
 * contact", Safe and Well 2019 as read for software; local practice, not law).
 */
export function closingTo(
  said: ClosingSaid,
  facts: ClosingFacts,
  secondAsked: boolean,
): { readonly state: 'ended' | 'asked' } | ClosingRefusal {
  if (said.knows !== 'yes' && said.knowsWords === '') return { refused: 'closing-knows' }
  if (said.after === 'only' && said.afterWords === '') return { refused: 'closing-after' }
  if (!asksChosenWorker(said, facts)) return { state: 'ended' }
  if (facts.chosen !== null)
    return said.spoken?.name === facts.chosen ? { state: 'ended' } : { refused: 'closing-chosen-worker' }
  // A second lead stands in only where there is nobody to speak to; a word with somebody else is no word with the chosen worker.
  return secondAsked ? { state: 'asked' } : { refused: 'closing-second-lead' }
}

/** Whether somebody may confirm an ending that waits: a lead, and never whoever asked for it. */
export function mayConfirm(
  closing: Pick<Closing, 'state' | 'askedBy'>,
  by: { readonly accountId: string; readonly leads: boolean },
): boolean {
  return closing.state === 'asked' && by.leads && closing.askedBy !== by.accountId
}

/** When something is due again in a case that is taken up: nothing counts as late for the time in which nobody was to work on it. */
export function dueAgain(dueAt: Date, today: Date): Date {
  return dueAt < today ? today : dueAt
}
