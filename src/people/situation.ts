import { z } from 'zod'

import { ToldFrom } from './told.ts'

/** Every answer that is not a value: each is written down as such, so that nobody reads a refusal or a full room as *not known*. */
export const openAnswers = ['unknown', 'not-now', 'not-private', 'declined'] as const
export type OpenAnswer = (typeof openAnswers)[number]

/**
 * One answer to one facet. Unknown, *not now*, *not asked: not private* and *prefers not to say* are answers: asked, or left
 * alone, on a day, by nobody pressed.
 */
export const Answer = z.object({
  state: z.enum(['known', ...openAnswers]),
  value: z.union([z.string().max(60), z.number()]).nullable(),
  /** ISO date on which it was asked. */
  askedOn: z.string().max(10),
  /** Where it was told before, when it was not asked again: a letter, another agency, another file, a form. */
  from: ToldFrom.optional(),
})
export type Answer = z.infer<typeof Answer>

/** Answers by facet id. */
export const Answers = z.record(z.string().max(60), Answer)
export type Answers = Readonly<Record<string, Answer>>
