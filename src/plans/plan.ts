import { z } from 'zod'

/** The three plans of a case. They lie apart, are shown apart, printed apart, and never carry each other. */
export const planKinds = ['safety', 'suicide', 'child'] as const
export type PlanKind = (typeof planKinds)[number]

/** What a safety plan may have parts about; `own` is a part under a title of the person's own. */
export const safetyParts = [
  'signs',
  'at-home',
  'leaving',
  'take-along',
  'people',
  'signal',
  'children',
  'devices',
  'papers-and-money',
  'work-or-school',
  'animals',
  'afterwards',
  'keeps-me-going',
  'own',
] as const

const words = z.string().max(4000)
const line = z.string().max(120)
const day = z.union([z.literal(''), z.iso.date()])

/** One part, in the person's words. */
export const SafetyPart = z.object({
  id: z.string().min(1).max(40),
  about: z.enum(safetyParts),
  title: line,
  words,
})
export type SafetyPart = z.infer<typeof SafetyPart>

/** Their safety plan: the parts they chose, in their order. */
export const SafetyPlan = z.object({ parts: z.array(SafetyPart).max(30) })
export type SafetyPlan = z.infer<typeof SafetyPlan>

/** The texts of a plan for when somebody wants to die, in the order in which it is used. */
export const suicideTexts = [
  'worthLiving',
  'warningSigns',
  'ownWays',
  'peopleAndPlaces',
  'peopleToAsk',
  'whomToRing',
  'saferPlace',
] as const

/** A plan for when somebody wants to die: signs, own ways, people and places, whom to ring, a safer place. */
export const SuicidePlan = z.object({
  worthLiving: words,
  warningSigns: words,
  ownWays: words,
  peopleAndPlaces: words,
  peopleToAsk: words,
  whomToRing: words,
  saferPlace: words,
  /** Who made it together and agreed to it. */
  agreed: z.string().max(300),
  reviewedOn: day,
  reviewOn: day,
})
export type SuicidePlan = z.infer<typeof SuicidePlan>

/** Whose it is to do something for the children. */
export const stepOwners = ['survivor', 'harm', 'agency', 'other'] as const

/** One thing that somebody must do by a day. */
export const ChildStep = z.object({
  id: z.string().min(1).max(40),
  owner: z.enum(stepOwners),
  /** Name, or agency, of whoever does it. */
  who: line,
  what: z.string().max(1000),
  by: day,
  done: z.boolean(),
})
export type ChildStep = z.infer<typeof ChildStep>

/** A child-welfare plan: whose it is, what has to be different for the children, who must do what by when. */
export const ChildPlan = z.object({
  whose: z.string().max(200),
  different: words,
  /** What the survivor says to it; never left out where the plan is read. */
  survivorSays: words,
  steps: z.array(ChildStep).max(30),
  reviewOn: day,
})
export type ChildPlan = z.infer<typeof ChildPlan>

/** What each kind of plan holds. */
export const planSchemas = { safety: SafetyPlan, suicide: SuicidePlan, child: ChildPlan } as const
export type PlanOf<K extends PlanKind> = z.output<(typeof planSchemas)[K]>

const version = z.int().min(1)
/** The newest versions of the other plans when this one was saved, so that nobody has to open all to find three. */
const beside = z.array(z.uuid()).max(2).default([])

/** The sealed cell: one version of one plan, and which of the three it is. No version of one holds anything of another. */
export const StoredPlan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('safety'), version, beside, value: SafetyPlan }),
  z.object({ kind: z.literal('suicide'), version, beside, value: SuicidePlan }),
  z.object({ kind: z.literal('child'), version, beside, value: ChildPlan }),
])
export type StoredPlan = z.infer<typeof StoredPlan>

/** One version of a plan, as it was saved. */
export type Plan<K extends PlanKind = PlanKind> = Extract<StoredPlan, { kind: K }> & {
  readonly id: string
  readonly savedAt: Date
  readonly savedBy: string
}

/** The newest of each plan; null where nobody has written one. */
export interface Plans {
  readonly safety: Plan<'safety'> | null
  readonly suicide: Plan<'suicide'> | null
  readonly child: Plan<'child'> | null
}
