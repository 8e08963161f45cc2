import { z } from 'zod'

import { urgencyIds } from '#people'

/** How soon an answer is asked for: as urgent as the case, or at once because somebody is in the room. */
export const replyLevels = ['in-the-room', ...urgencyIds] as const
export type ReplyLevel = (typeof replyLevels)[number]

/** What an answer is owed to. */
export const repliedKinds = ['ask', 'referral'] as const
export type RepliedKind = (typeof repliedKinds)[number]

const standing = {
  source: z.string().min(1),
  standing: z.enum(['unverified', 'design', 'seen']),
  owner: z.string().min(1),
  reviewedOn: z.iso.date(),
  reviewedBySurvivors: z.union([z.iso.date(), z.literal('not yet')]),
}

const Reply = z.strictObject({
  id: z.string(),
  kind: z.enum([...repliedKinds, 'answer']),
  level: z.enum([...replyLevels, 'any']),
  /** Counted round the clock. */
  minutes: z.int().min(1).max(60_000).nullable(),
  /** Until the end of the working day. */
  workingDays: z.int().min(1).max(60).nullable(),
  ...standing,
})

const Quiet = z.strictObject({ id: z.string(), days: z.int().min(1).max(365), ...standing })

const Country = z.strictObject({
  replies: z.array(Reply).min(1),
  tries: z.strictObject({ id: z.string(), count: z.int().min(1).max(20), ...standing }),
  /** How long it may be quiet where no day was planned, and where somebody is not reached. */
  lookAgain: Quiet,
  unreached: Quiet,
})

/** The times of each country, as its table has them. */
export const ReplyTimes = z.strictObject({ uk: Country, us: Country })

/** What two agencies agreed instead, in hours round the clock. */
export interface AgreedTime {
  readonly kind: RepliedKind
  readonly level: (typeof urgencyIds)[number]
  readonly hours: number
}
