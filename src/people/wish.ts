import { z } from 'zod'

/** What a person may prefer of a service. The order of the list is theirs: the first counts first. */
export const Wish = z.union([
  z.object({
    about: z.enum(['ledBy', 'languages', 'workerGender', 'place', 'modelOfWork']),
    oneOf: z.array(z.string().min(1).max(80)).min(1).max(12),
  }),
  z.object({ about: z.literal('remote'), is: z.boolean() }),
  z.object({ about: z.enum(['cost', 'waitWeeks']), atMost: z.number().min(0).max(520) }),
])

export type Wish = z.infer<typeof Wish>

/** Wishes in the person's order, and anything else in their own words. */
export const Wishes = z.object({
  list: z.array(Wish).max(10).default([]),
  words: z.string().max(1000).default(''),
})
export type Wishes = z.infer<typeof Wishes>
