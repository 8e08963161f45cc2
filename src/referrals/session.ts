import { z } from 'zod'

import { barriers as diaryBarriers } from '#diary'

/** How a session went. */
export const sessionWays = ['attended', 'moved', 'not-attended'] as const

/** Answers that name nothing: nobody could ask yet, and the person would rather not say. */
export const noAnswers = ['prefers-not-to-say', 'not-asked-yet'] as const

/** What got in the way, as the person says it: what the diary knows, and the two answers that name nothing. */
export const barriers = [...diaryBarriers, ...noAnswers] as const
export type Barrier = (typeof barriers)[number]

/** A session as the agency that was asked keeps it. */
export const SessionBody = z.object({
  went: z.enum(sessionWays),
  on: z.iso.date(),
  movedTo: z.iso.date().nullable().default(null),
  barriers: z.array(z.enum(barriers)).max(barriers.length).default([]),
  words: z.string().max(4000).default(''),
  /** The person wants the agency that sent them to know what got in the way. */
  tell: z.boolean().default(false),
})
export type SessionBody = Readonly<z.infer<typeof SessionBody>>

/** A session with its row. */
export interface KeptSession extends SessionBody {
  readonly id: string
  readonly version: number
  readonly madeAt: Date
}
