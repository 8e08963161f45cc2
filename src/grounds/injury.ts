import { z } from 'zod'

import { Done, Told } from './told.ts'

const line = z.string().trim().max(200)
const text = z.string().trim().max(4000)

/** The facts of a report of an adult's injury, and no others: there is no place for a note, a history or a file. */
export const injuryFacts = ['who', 'injury', 'when', 'where'] as const

/** How it was made. Nothing is sent from here: police take it in their own way. */
export const injuryWays = ['telephone', 'online', 'in-writing'] as const

/** A report of an adult's injury that the law of the place demands: a thing of its own that opens nothing of the case. */
export const Injury = z.strictObject({
  kind: z.literal('injury'),
  rulesVersion: z.string().max(100),
  law: z.string().max(40).nullable(),
  /** The row of the pack that allows it, as `us-x1:injury-report`. */
  row: z.string().max(100),
  facts: z.record(z.enum(injuryFacts), text.min(1)),
  /** The person was told before, or the reason why not yet. */
  told: Told,
  /** Safety was planned before anything went. */
  planned: Done,
  written: Done,
  made: z
    .strictObject({
      to: line.min(1),
      way: z.enum(injuryWays),
      reference: line,
      rules: z.array(z.string()),
      ...Done.shape,
    })
    .nullable(),
  notMade: z.strictObject({ why: text.min(1), ...Done.shape }).nullable(),
})
export type Injury = Readonly<z.infer<typeof Injury>>
