import { z } from 'zod'

import { roleSources } from './card.ts'
import { openAnswers } from './situation.ts'

/** How the abuse is. *Not known*, *not now*, *not asked* and *prefers not to say* are answers too. */
export const abuseStates = ['ongoing', 'on-and-off', 'ended', ...openAnswers] as const
export type AbuseState = (typeof abuseStates)[number]

/** How it was said to be on one day: since when, until when, when it was last known to happen, and who says so. */
export const AbuseStatus = z.object({
  state: z.enum(abuseStates),
  /** A day, a month or a year as remembered; empty while nobody said. */
  from: z.string().max(10).default(''),
  until: z.string().max(10).default(''),
  lastKnown: z.string().max(10).default(''),
  source: z.enum(roleSources).default('said-so'),
  words: z.string().max(1000).default(''),
  /** The answer among the details that matter where it was given there, without dates. */
  value: z.string().max(60).nullable().default(null),
  /** ISO date on which it was said. */
  on: z.string().max(10),
})
export type AbuseStatus = z.infer<typeof AbuseStatus>

/** Every status that was written down, newest first. */
export const AbuseHistory = z.array(AbuseStatus).max(200)
export type AbuseHistory = readonly AbuseStatus[]
