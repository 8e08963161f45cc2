import { z } from 'zod'

/** The people a worker knows outside work, as they wrote them: one name a line, each with the spellings it may have. */
export const KnownPeople = z.object({
  names: z.array(z.string().min(1).max(120)).max(100).default([]),
})
export type KnownPeople = z.infer<typeof KnownPeople>
