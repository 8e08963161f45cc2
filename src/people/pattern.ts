import { z } from 'zod'

import { roleSources } from './card.ts'

/** What one person did, when, and what it did to each person of the case. Adult facts: no entry stands in the file of a child. */
export const PatternEntry = z.object({
  id: z.string().min(1).max(40),
  /** The card of whoever did it; empty while nobody is named. */
  by: z.string().max(40).default(''),
  from: z.string().max(10).default(''),
  until: z.string().max(10).default(''),
  done: z.string().min(1).max(2000),
  source: z.enum(roleSources).default('said-so'),
  /** What it did to whom, by their card. */
  effects: z
    .array(z.object({ card: z.string().max(40), words: z.string().min(1).max(1000) }))
    .max(12)
    .default([]),
  /** ISO date on which it was written down. */
  on: z.string().max(10),
})
export type PatternEntry = z.infer<typeof PatternEntry>

/** The pattern of behaviour, in the order of time. */
export const Pattern = z.array(PatternEntry).max(60)
export type Pattern = readonly PatternEntry[]
