import { z } from 'zod'

/** What a legal hold rests on. */
export const holdGrounds = ['court', 'claim', 'complaint', 'investigation', 'other'] as const

const words = z.string().trim().max(1000)

/** The sealed part of a hold: why nothing may be destroyed, and later why it may again. */
export const LegalHoldBody = z.strictObject({
  ground: z.enum(holdGrounds),
  reason: words,
  liftedReason: words.nullable(),
})
export type LegalHoldBody = Readonly<z.infer<typeof LegalHoldBody>>

/** A hold as whoever may see the case reads it. */
export interface LegalHold extends LegalHoldBody {
  readonly id: string
  readonly placedAt: Date
  readonly placedBy: string
  readonly liftedAt: Date | null
  readonly liftedBy: string | null
}
