import { z } from 'zod'

/** What can stand in the diary of a case. */
export const entryKinds = ['step', 'appointment'] as const
export type EntryKind = (typeof entryKinds)[number]

/** Who does a next step: a member of the agency (whose diary it stands in), another agency, or the person. There is no fourth. */
export const doerKinds = ['member', 'agency', 'person'] as const

/** What became of it. *Missed* is an appointment that nobody came to; it is never kept without what got in the way. */
export const outcomes = ['happened', 'moved', 'cancelled', 'missed'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * What can get in the way of coming, after the barriers that services name: somebody's interference first, then safety, reach,
 * means, health, fit, and what the agency itself did.
 */
export const barriers = [
  'interference',
  'not-safe-then',
  'not-reached',
  'transport',
  'childcare',
  'money',
  'work',
  'health',
  'language',
  'access',
  'place',
  'trust',
  'mixed-up',
  'ours',
  'no-longer-wanted',
  'other',
] as const
export type Barrier = (typeof barriers)[number]

const short = z.string().trim().max(200)
const long = z.string().trim().max(2000)

const Doer = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('member') }),
  z.strictObject({ is: z.literal('agency'), name: short.min(1) }),
  z.strictObject({ is: z.literal('person') }),
])
export type Doer = Readonly<z.infer<typeof Doer>>

const Came = z.strictObject({
  outcome: z.enum(outcomes),
  at: z.iso.datetime(),
  by: z.string().max(200),
  words: long,
  /** What got in the way; empty where nobody could be asked yet, and then a next step to ask was written. */
  barriers: z.array(z.enum(barriers)),
})
export type Came = Readonly<z.infer<typeof Came>>

/** What is sealed of a next step or an appointment. */
export const EntryBody = z.strictObject({
  kind: z.enum(entryKinds),
  words: short.min(1),
  doer: Doer,
  /** How long an appointment is meant to last. */
  minutes: z.number().int().min(5).max(600).nullable(),
  place: short,
  /** What paper or a calendar entry for the person may say of it, beside day and time. Empty: day and time alone. */
  theirWords: short,
  came: Came.nullable(),
  /** The entry that this one was moved from. */
  earlier: z.uuid().nullable(),
  /** How and when the person was given day and time. */
  told: z.array(z.strictObject({ how: z.enum(['print', 'calendar']), at: z.iso.datetime() })),
})
export type EntryBody = Readonly<z.infer<typeof EntryBody>>

/** A next step or appointment of a case, opened. */
export interface Entry {
  readonly id: string
  readonly caseId: string
  readonly ownerId: string
  readonly state: 'open' | 'over'
  readonly dueAt: Date
  readonly version: number
  readonly body: EntryBody
}

/** A worker's own task, of no case. */
export const TaskBody = z.strictObject({ words: short.min(1) })
export interface Task {
  readonly id: string
  readonly dueAt: Date
  readonly words: string
}
