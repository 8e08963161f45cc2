import type { Court, GoneItem, Order } from './court.ts'
import type { Done, Told } from './told.ts'

/** Where a paper from a court stands. Only *sent* let something go; only *sent* and *ended* open the case's export again. */
export const courtStates = ['received', 'counsel', 'told', 'answered', 'ordered', 'sent', 'ended'] as const
export type CourtState = (typeof courtStates)[number]

/** One step that somebody takes. */
export type CourtAct =
  | { readonly act: 'counsel'; readonly who: string; readonly advice: string }
  | { readonly act: 'tell'; readonly told: Told }
  | { readonly act: 'answer'; readonly made: boolean; readonly words: string }
  | { readonly act: 'order'; readonly order: Omit<Order, keyof Done> }
  | { readonly act: 'end'; readonly why: NonNullable<Court['ended']>['why'] }
  | {
      readonly act: 'send'
      readonly items: readonly GoneItem[]
      readonly to: string
      /** The law of the place wants the person told first; a reason why not yet is not enough then. */
      readonly mustTell: boolean
    }

/** Refused, with the rule of `ground-rules.json` that says so. */
export interface CourtRefused {
  readonly refused: 'rule'
  readonly rule: 'court-1' | 'court-2' | 'court-3' | 'court-5'
}

/** The state follows from what was done; nobody sets it. */
export function courtState(court: Court): CourtState {
  if (court.gone !== null) return 'sent'
  if (court.ended !== null) return 'ended'
  if (court.order !== null) return 'ordered'
  if (court.objection !== null) return 'answered'
  if (court.told !== null) return 'told'
  return court.counsel === null ? 'received' : 'counsel'
}

const next: Readonly<Record<CourtState, readonly CourtAct['act'][]>> = {
  received: ['counsel', 'end'],
  counsel: ['tell', 'end'],
  told: ['tell', 'answer', 'end'],
  answered: ['tell', 'order', 'end'],
  ordered: ['tell', 'send'],
  sent: ['tell'],
  ended: ['tell'],
}

/** What can be done now. Whoever was told already need not be told again. */
export function courtActs(court: Court): readonly CourtAct['act'][] {
  const acts = next[courtState(court)]
  return court.told?.state === 'told' ? acts.filter((act) => act !== 'tell') : acts
}

/** Export of the whole case waits from the day the paper came until something went by an order, or nothing will. */
export function locksExport(court: Court): boolean {
  return !['sent', 'ended'].includes(courtState(court))
}

/** The paper after one step, or the rule that refuses it. */
export function courtAfter(court: Court, step: CourtAct, done: Done): Court | CourtRefused {
  if (!courtActs(court).includes(step.act)) return { refused: 'rule', rule: 'court-1' }
  switch (step.act) {
    case 'counsel':
      return { ...court, counsel: { who: step.who, advice: step.advice, ...done } }
    case 'tell':
      return { ...court, told: step.told }
    case 'answer':
      return { ...court, objection: { made: step.made, words: step.words, ...done } }
    case 'order':
      return { ...court, order: { ...step.order, ...done } }
    case 'end':
      return { ...court, ended: { why: step.why, ...done } }
    default:
      return sent(court, step, done)
  }
}

/** What is so by now, in the words of the rule tables. */
export function courtFacts(court: Court): readonly string[] {
  const { order, counsel, told, request } = court
  const facts: readonly (readonly [string, boolean])[] = [
    ['judges-order', order !== null],
    ['exact-items', order !== null],
    ['protective-steps', order !== null],
    ['counsel-reviewed', counsel !== null],
    ['person-told-or-reason', told !== null],
    ['judge-named-this-reader', order?.recipient.readerNamed ?? false],
    ['subpoena-with-order', order !== null && request.sort === 'subpoena'],
  ]
  return facts.flatMap(([fact, so]) => (so ? [fact] : []))
}

function sent(
  court: Court,
  step: Extract<CourtAct, { readonly act: 'send' }>,
  done: Done,
): Court | CourtRefused {
  const named = court.order?.items ?? []
  const keys = step.items.map((item) => item.key)
  if (keys.length === 0 || keys.some((key) => !named.includes(key)))
    return { refused: 'rule', rule: 'court-2' }
  if (step.mustTell && court.told?.state !== 'told') return { refused: 'rule', rule: 'court-5' }
  if (step.to !== court.order?.recipient.name) return { refused: 'rule', rule: 'court-3' }
  return { ...court, gone: { items: [...step.items], ...done } }
}
