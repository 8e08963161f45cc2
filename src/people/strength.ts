import { z } from 'zod'

const Said = z.object({
  words: z.string().min(1).max(1000),
  /** ISO date on which it was written down. */
  on: z.string().max(10).default(''),
})

/** What is strong about somebody, and what they do to keep themselves and others safe. It stands first, on every page and on paper. */
export const Strengths = z.object({
  strengths: z.array(Said).max(20).default([]),
  acts: z.array(Said).max(20).default([]),
})
export type Strengths = z.infer<typeof Strengths>
