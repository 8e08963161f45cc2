import type { RequestStatus, TaskStatus } from './task-status.ts'

/** A referral in one word, ours, and in the words of FHIR. */
interface StatusRow {
  readonly request: RequestStatus
  readonly task: TaskStatus
  /** A code of our own beside the status; absent: none stands there. */
  readonly business?: BusinessStatus
  /** A fixed reason; `any`: one of the reasons for a no, or words, must be said. */
  readonly reason?: TaskReason | 'any'
  readonly setBy: 'sender' | 'receiver' | 'sender or receiver' | 'system'
}

/** Our own codes beside Task.status, with what a reader is shown. */
export const businessStatuses = {
  seen: 'The letter was opened',
  'information-asked': 'A question waits for its answer',
  overdue: 'The time for an answer is over',
  'waiting-list': 'On the waiting list',
  'taken-up-again': 'Accepted, after nobody could reach the person for a while',
  'not-reached-yet': 'The person could not be reached for now',
  'session-attended': 'A session took place',
  'session-moved': 'A session was moved',
  'session-not-attended': 'A session did not take place',
  met: 'The person says that they have met',
} as const
export type BusinessStatus = keyof typeof businessStatuses

/** Our own reasons beside those of a no. */
export const taskReasons = {
  'unable-to-contact': 'The person could not be reached',
  'withdrawn-by-person': 'The person does not want it any more',
  'consent-ended': 'The permission has ended',
  undone: 'Taken back at once by whoever did it',
} as const
export type TaskReason = keyof typeof taskReasons

const live = 'active'

/**
 * Every status that crosses (standards.md 4.3; crosswalk/referral-status.json), and what we know beyond it: sessions and *met* are in
 * progress with a code of our own; a no after a yes is a Task that failed, as the guide has no arrow from accepted to rejected.
 */
export const referralStatuses = {
  draft: { request: 'draft', task: 'draft', setBy: 'sender' },
  sent: { request: live, task: 'requested', setBy: 'sender' },
  seen: { request: live, task: 'requested', business: 'seen', setBy: 'receiver' },
  'more-information-asked': {
    request: live,
    task: 'requested',
    business: 'information-asked',
    setBy: 'receiver',
  },
  'no-answer': { request: live, task: 'requested', business: 'overdue', setBy: 'system' },
  'not-reached-yet': { request: live, task: 'requested', business: 'not-reached-yet', setBy: 'receiver' },
  accepted: { request: live, task: 'accepted', setBy: 'receiver' },
  'waiting-list': { request: live, task: 'accepted', business: 'waiting-list', setBy: 'receiver' },
  declined: { request: live, task: 'rejected', reason: 'any', setBy: 'receiver' },
  'declined-later': { request: live, task: 'failed', reason: 'any', setBy: 'receiver' },
  'in-progress': { request: live, task: 'in-progress', setBy: 'receiver' },
  'accepted-again': { request: live, task: 'in-progress', business: 'taken-up-again', setBy: 'receiver' },
  'waiting-list-again': { request: live, task: 'in-progress', business: 'waiting-list', setBy: 'receiver' },
  'session-attended': { request: live, task: 'in-progress', business: 'session-attended', setBy: 'receiver' },
  'session-moved': { request: live, task: 'in-progress', business: 'session-moved', setBy: 'receiver' },
  'session-not-attended': {
    request: live,
    task: 'in-progress',
    business: 'session-not-attended',
    setBy: 'receiver',
  },
  met: { request: live, task: 'in-progress', business: 'met', setBy: 'sender or receiver' },
  paused: { request: live, task: 'on-hold', reason: 'unable-to-contact', setBy: 'receiver' },
  completed: { request: 'completed', task: 'completed', setBy: 'receiver' },
  'could-not-reach': { request: live, task: 'failed', reason: 'unable-to-contact', setBy: 'receiver' },
  'closed-after-a-no': { request: 'revoked', task: 'rejected', reason: 'any', setBy: 'sender or receiver' },
  'closed-after-a-later-no': {
    request: 'revoked',
    task: 'failed',
    reason: 'any',
    setBy: 'sender or receiver',
  },
  'withdrawn-by-person': {
    request: 'revoked',
    task: 'cancelled',
    reason: 'withdrawn-by-person',
    setBy: 'sender or receiver',
  },
  'consent-ended': { request: 'revoked', task: 'cancelled', reason: 'consent-ended', setBy: 'system' },
  'cancelled-by-sender': { request: 'revoked', task: 'cancelled', reason: 'any', setBy: 'sender' },
  'ended-when-withdrawn': { request: 'revoked', task: 'completed', setBy: 'system' },
  undone: { request: live, task: 'cancelled', reason: 'undone', setBy: 'sender or receiver' },
  'sent-in-error': { request: 'entered-in-error', task: 'entered-in-error', setBy: 'sender' },
} as const satisfies Readonly<Record<string, StatusRow>>
export type ReferralStatus = keyof typeof referralStatuses

/** What a ServiceRequest and its Task say together, in codes. A reason in words alone is `words`. */
export interface StatusCodes {
  readonly request: RequestStatus
  readonly task: TaskStatus
  readonly business: string | null
  readonly reason: string | null
}

/** Our word for what the two resources say; null where no word of ours says it. */
export function statusFrom(codes: StatusCodes): ReferralStatus | null {
  const rows = Object.entries(referralStatuses) as readonly (readonly [ReferralStatus, StatusRow])[]
  const near = rows.filter(
    ([, row]) =>
      row.request === codes.request && row.task === codes.task && (row.business ?? null) === codes.business,
  )
  const exact = near.find(([, row]) => (row.reason ?? null) === codes.reason)
  const any = codes.reason === null ? undefined : near.find(([, row]) => row.reason === 'any')
  return (exact ?? any)?.[0] ?? null
}
