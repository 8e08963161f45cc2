import { z } from 'zod'

/** One answer to one facet. Unknown and *not now* are answers: asked on a day, by nobody pressed. */
export const Answer = z.object({
  state: z.enum(['known', 'unknown', 'not-now']),
  value: z.union([z.string().max(60), z.number()]).nullable(),
  /** ISO date on which it was asked. */
  askedOn: z.string().max(10),
})
export type Answer = z.infer<typeof Answer>

/** Answers by facet id. */
export const Answers = z.record(z.string().max(60), Answer)
export type Answers = Readonly<Record<string, Answer>>
