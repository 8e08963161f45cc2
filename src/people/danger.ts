import { z } from 'zod'

/** Whom to be careful of, in the person's words. `colleagues` are staff of this agency who must not see the case, `names` those the person named without knowing if or how they are written here. */
export const Danger = z.object({
  afraidOf: z.string().max(2000).default(''),
  safeToTalkTo: z.string().max(2000).default(''),
  notSafeToTalkTo: z.string().max(2000).default(''),
  colleagues: z.array(z.string().max(40)).max(20).default([]),
  names: z.array(z.string().min(1).max(120)).max(20).default([]),
})
export type Danger = z.infer<typeof Danger>
