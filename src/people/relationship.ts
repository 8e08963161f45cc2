import { z } from 'zod'

import { roleSources } from './card.ts'

/** What one person of a case is to another. Never a label for life: each has a source and its days. */
export const relationshipRoles = [
  'survivor',
  'personCausingHarm',
  'parent',
  'child',
  'sibling',
  'carer',
  'other',
] as const
export type RelationshipRole = (typeof relationshipRoles)[number]

/** What a named specialist found who looked at both accounts. Only the last lets a role change. */
export const reviewOutcomes = ['first-stands', 'both-kept', 'role-changes'] as const
export type ReviewOutcome = (typeof reviewOutcomes)[number]

export const CounterReview = z.object({
  specialist: z.string().min(1).max(200),
  outcome: z.enum(reviewOutcomes),
  words: z.string().min(1).max(2000),
  on: z.string().max(10),
  by: z.string().max(40),
})
export type CounterReview = Readonly<z.infer<typeof CounterReview>>

const day = z.string().max(10).default('')

/** `who` is `role` to `to`; both are cards of the case. */
export const Relationship = z.object({
  id: z.string().min(1).max(40),
  who: z.string().max(40),
  to: z.string().max(40),
  role: z.enum(relationshipRoles),
  source: z.enum(roleSources),
  since: day,
  until: day,
  /** Who wrote it down: somebody else reviews it where it stands against what was said first. */
  by: z.string().max(40),
  review: CounterReview.nullable().default(null),
})
export type Relationship = Readonly<z.infer<typeof Relationship>>

export const Relationships = z.array(Relationship).max(60)
export type Relationships = readonly Relationship[]
