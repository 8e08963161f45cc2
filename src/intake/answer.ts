import { z } from 'zod'

/** Why there is no answer. A question may also be left open: then nothing is kept of it. */
export const reasons = ['unknown', 'not-private', 'declined'] as const
export type Reason = (typeof reasons)[number]

/** The longest answer in words. */
export const longestAnswer = 8000

const Value = z.union([z.boolean(), z.number(), z.string().max(longestAnswer), z.array(z.string().max(500))])
export type Value = z.output<typeof Value>

export const Answer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('answered'), value: Value }),
  z.object({ state: z.enum(reasons) }),
])
export type Answer = z.output<typeof Answer>

/** Answers by the question's id. */
export type Answers = ReadonlyMap<string, Answer>

/** What is sealed of a filled form: its name, so that a list need not open the form, and the answers. */
export const AnswersBody = z.object({
  title: z.string(),
  answers: z.array(z.object({ question: z.string(), answer: Answer })),
})
export type AnswersBody = z.output<typeof AnswersBody>

/** A form that was filled in for a case, as FHIR calls its states. */
export interface FilledForm {
  readonly id: string
  readonly formId: string
  /** The version of the form that the answers were given to. */
  readonly formVersion: number
  readonly state: 'in-progress' | 'completed' | 'amended'
  readonly startedAt: Date
  readonly updatedAt: Date
  readonly updatedBy: string
  readonly version: number
  readonly title: string
  readonly answers: Answers
}
