import { z } from 'zod'

/** Why a case ends. *Lost touch* is no reason by itself: it asks for a word with the chosen worker first. */
export const closingReasons = ['done', 'asked', 'elsewhere', 'moved', 'lost-touch', 'other'] as const
export const outcomeWords = ['better', 'mixed', 'same', 'worse', 'not-asked'] as const
export const afterWays = ['as-now', 'none', 'only'] as const
export const knowing = ['yes', 'unsafe', 'not-reached'] as const

const short = z.string().trim().max(200)
const long = z.string().trim().max(2000)

/** What is asked before a case ends. */
export const ClosingSaid = z.strictObject({
  reason: z.enum(closingReasons),
  /** How it is now, as the person judges it, in their words. */
  outcome: z.enum(outcomeWords),
  outcomeWords: long,
  /** How they can come back. */
  wayBack: long.min(1),
  /** How to be in touch afterwards. */
  after: z.enum(afterWays),
  afterWords: long,
  /** Whether they know that it ends; where they do not, why. */
  knows: z.enum(knowing),
  knowsWords: long,
  /** The word with the chosen worker: who, on which day, what they said. */
  spoken: z.strictObject({ name: short.min(1), on: z.iso.date(), words: long }).nullable(),
})
export type ClosingSaid = Readonly<z.infer<typeof ClosingSaid>>

/** What is sealed of the ending of a case. */
export const ClosingBody = z.strictObject({
  said: ClosingSaid,
  /** Whether appointments were missed before it: what the guard went by. */
  missed: z.boolean(),
  /** What was still open, sentence by sentence. */
  open: z.array(z.string().max(300)),
  /** The day by which something was to be done when it ended; it counts again from when the case is taken up. */
  dueAt: z.iso.datetime().nullable(),
  by: z.string().max(200),
  endedAt: z.iso.datetime().nullable(),
  again: z.strictObject({ at: z.iso.datetime(), by: z.string().max(200) }).nullable(),
})
export type ClosingBody = Readonly<z.infer<typeof ClosingBody>>

/** One ending of a case; a case that was taken up again may have several. */
export interface Closing {
  readonly id: string
  readonly caseId: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly confirmedBy: string | null
  readonly state: 'asked' | 'ended' | 'taken-back' | 'reopened'
  readonly body: ClosingBody
}
