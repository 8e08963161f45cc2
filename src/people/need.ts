import { z } from 'zod'

/** What somebody wants help with: their own words, and a code of the directory beside. Sealed with the case. */
export const Need = z.object({
  id: z.string().min(1).max(40),
  /** A code of the directory's list of needs; empty while no code fits. */
  code: z.string().max(60).default(''),
  words: z.string().max(2000).default(''),
})
export type Need = z.infer<typeof Need>

/** The needs in the person's own order. */
export const Needs = z.array(Need).max(20)
