/** Which lead hears of what is late, and how many tries and quiet days are enough; null: as it is everywhere. */
export interface ChaseSetting {
  readonly leadId: string | null
  /** After how many tries somebody counts as not reached. */
  readonly tries: number | null
  /** After how many days somebody looks again where no day was planned. */
  readonly lookAgainDays: number | null
  /** After how many days a person who is not reached is looked at again. */
  readonly unreachedDays: number | null
}

/** A thread whose answer is late, for one reader. */
export interface Late {
  readonly threadId: string
  /** Told as a lead, because the worker was told before. */
  readonly asLead: boolean
}

/** What happened to a thread without the reader. */
export const noticeKinds = ['given', 'taken-away', 'changed'] as const
export type NoticeKind = (typeof noticeKinds)[number]

export interface Notice {
  readonly threadId: string
  readonly kind: NoticeKind
  readonly at: Date
}

/** What came of asking again for an answer. */
export type Nudge = 'asked' | 'no-thread' | 'not-now' | 'not-due' | 'asked-today'
