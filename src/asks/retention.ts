import { z } from 'zod'

/** The parts of a case that have a time of their own; `case` is all of it. */
export const retentionFields = ['contact', 'situation', 'wishes', 'danger', 'notes', 'case'] as const
export type RetentionField = (typeof retentionFields)[number]

/** Why something is kept longer, or was destroyed; sealed. */
export const RetentionBody = z.strictObject({
  decision: z.enum(['keep', 'destroy']),
  rule: z.string().max(60),
  reason: z.string().trim().max(1000),
})
export type RetentionBody = Readonly<z.infer<typeof RetentionBody>>

/** The newest decision about one part of a case. */
export interface RetentionDecision extends RetentionBody {
  readonly field: RetentionField
  readonly decidedAt: Date
  readonly keepUntil: Date | null
}
