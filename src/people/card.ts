import { z } from 'zod'

/** Who somebody is in the relationship this case is about. Never a label for life: each has its source. */
export const cardRoles = ['survivor', 'personCausingHarm', 'child', 'other'] as const
export type CardRole = (typeof cardRoles)[number]

/** Who says so. */
export const roleSources = ['said-so', 'worker', 'referrer', 'court', 'other'] as const
export type RoleSource = (typeof roleSources)[number]

/** What somebody may stand as in a record elsewhere; each lets them speak for the person, or hear of them. */
export const recordedRoles = ['carer', 'next-of-kin', 'nearest-relative', 'emergency-contact'] as const

/** Where somebody is recorded as what, and whether that was changed since. */
const Recorded = z.object({
  as: z.array(z.enum(recordedRoles)).max(4),
  where: z.string().max(300),
  changed: z.boolean(),
})

/** What a worker may write on a card. Empty texts are answers too: not known yet. */
export const CardBody = z.object({
  name: z.string().max(120).default(''),
  /** The name on papers, only where a form needs it: shown on the card alone, found by no search. */
  legalName: z.string().max(120).optional(),
  /** Names that may be said aloud or left in a message; the name to use is not one of them unless it stands here. */
  sayAloud: z.array(z.string().min(1).max(120)).max(6).default([]),
  pronoun: z.string().max(40).default(''),
  role: z.enum(cardRoles),
  roleSource: z.enum(roleSources).default('said-so'),
  /** ISO date on which the role was written down. */
  roleSince: z.string().max(10).default(''),
  note: z.string().max(500).default(''),
  recorded: Recorded.optional(),
})
export type CardBody = z.infer<typeof CardBody>

/** The sealed cell: what is on the card, and names no longer used, which nobody is shown and no search finds. */
export const StoredCard = CardBody.extend({
  formerNames: z.array(z.string()).default([]),
  formerRoles: z
    .array(z.object({ role: z.enum(cardRoles), source: z.enum(roleSources), until: z.string() }))
    .default([]),
})
export type StoredCard = z.infer<typeof StoredCard>

/** One person in a case as a reader sees them. */
export interface Card extends CardBody {
  readonly id: string
  readonly version: number
}
