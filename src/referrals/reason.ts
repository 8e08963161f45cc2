import { z } from 'zod'

import file from './reasons.json' with { type: 'json' }

const Reason = z.strictObject({
  code: z.string(),
  /** Nobody is turned away for danger before somebody else has them today. */
  needsSameDay: z.boolean().default(false),
  asksEffectOfAbuse: z.boolean().default(false),
})
export type Reason = Readonly<z.infer<typeof Reason>>

/** Why a service says no, as data; their sentences are words under `referrals.reason`. */
export const reasons: readonly Reason[] = z.array(Reason).parse(file.reasons)

/** The codes, in the order of the list. */
export const reasonCodes = reasons.map((reason) => reason.code) as [string, ...string[]]
