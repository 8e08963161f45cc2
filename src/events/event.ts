/** What can have happened to a referral; what an event of it is called says nothing of what the referral is about. */
export const eventTypes = [
  'received',
  'sent',
  'updated',
  'message',
  'due',
  'ended',
  'reopened',
  'test',
] as const
export type EventType = (typeof eventTypes)[number]

/** An event as it is kept: which referral, and the state that this side sees. A test is about none. */
export interface EventRow {
  readonly id: string
  readonly type: EventType
  readonly threadId: string | null
  readonly state: string | null
  /** To the minute. */
  readonly at: Date
}

/** Why sending did not reach; each has its sentence under `events.trouble`. */
export type Trouble = 'unreachable' | 'refused-address' | 'not-allowed' | 'too-slow' | 'moved' | 'answered-no'

/** How far sending an event has come. */
export type DeliveryState = 'waiting' | 'delivered' | 'dead'

/** One line of the page of what was sent. */
export interface Delivery {
  readonly eventId: string
  readonly type: EventType
  readonly at: Date
  readonly state: DeliveryState
  readonly tries: number
  readonly status: number | null
  readonly trouble: Trouble | null
  readonly triedAt: Date | null
  readonly nextAt: Date
}
