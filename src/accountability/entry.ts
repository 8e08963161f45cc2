import { z } from 'zod'

/** Who tells, or does. The person who was harmed and their family are not among them: nothing of theirs stands here. */
export const sources = [
  'police',
  'probation',
  'court',
  'programme',
  'housing',
  'health',
  'childrens-services',
  'school',
  'youth-service',
  'other-agency',
  'themselves',
] as const

/** What an agency can do about the person causing harm. */
export const measures = [
  'arrest-or-bail',
  'order',
  'order-breach',
  'licence',
  'programme',
  'disruption',
  'tenancy',
  'health-review',
  'talk',
  'childrens-plan',
  'youth-programme',
  'family-support',
  'other',
] as const
export type Measure = (typeof measures)[number]

/** What was seen to change, attendance at a programme among it. */
export const changes = [
  'attends',
  'missed',
  'left',
  'excluded',
  'completed',
  'waiting',
  'no-place',
  'less-harm',
  'same-harm',
  'more-harm',
  'kept-order',
  'broke-order',
] as const

/** What a notice of danger may say. */
export const dangers = [
  'threat',
  'weapon',
  'looking-for',
  'knows-where',
  'released',
  'left-programme',
  'worse-state',
  'other',
] as const

const line = z.string().trim().max(120)
const text = z.string().trim().max(2000)

/** Who of which agency does what; by when stands in the clear column. */
export const Action = z.strictObject({
  kind: z.literal('action'),
  source: z.enum(sources),
  agency: line,
  who: line,
  measure: z.enum(measures),
  words: text,
  result: z.strictObject({ outcome: z.enum(['done', 'not-done']), words: text, on: z.iso.date() }).nullable(),
})
export type Action = Readonly<z.infer<typeof Action>>

/** A change in behaviour, who saw it and when. */
export const Change = z.strictObject({
  kind: z.literal('change'),
  source: z.enum(sources),
  agency: line,
  change: z.enum(changes),
  on: z.iso.date(),
  words: text,
})

/** A programme or another agency tells of danger. It comes in, and nothing goes back. */
export const Notice = z.strictObject({
  kind: z.literal('notice'),
  source: z.enum(sources),
  agency: line,
  who: line,
  dangers: z.array(z.enum(dangers)),
  on: z.iso.date(),
  words: text,
  /** What was done about it. */
  answer: z.strictObject({ words: text, on: z.iso.date() }).nullable(),
})

export const EntryBody = z.discriminatedUnion('kind', [Action, Change, Notice])
export type EntryBody = Readonly<z.infer<typeof EntryBody>>

/** One entry as read. */
export interface Entry {
  readonly id: string
  readonly state: 'open' | 'closed'
  readonly dueAt: Date | null
  readonly version: number
  readonly body: EntryBody
}
