import { z } from 'zod'

/** Why there is no answer. A question may also be left open: then nothing is kept of it. */
export const reasons = ['unknown', 'not-private', 'declined'] as const
export type Reason = (typeof reasons)[number]

/** The longest answer in words. */
export const longestAnswer = 8000

const Value = z.union([z.boolean(), z.number(), z.string().max(longestAnswer), z.array(z.string().max(500))])
export type Value = z.output<typeof Value>

/**
 * Which earlier form an answer was taken from when it was not asked again, and the day that form was last written; no form where
 * the details of the case said it, asked on that day.
 */
const TakenFrom = z.object({ form: z.string().nullable(), on: z.string() })
export type TakenFrom = z.output<typeof TakenFrom>

export const Answer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('answered'), value: Value, from: TakenFrom.optional() }),
  z.object({ state: z.enum(reasons) }),
])
export type Answer = z.output<typeof Answer>

/** Answers by the question's id. */
export type Answers = ReadonlyMap<string, Answer>

/** What is sealed of a filled form: its name, so that a list need not open the form, and the answers. */
export const AnswersBody = z.object({
  title: z.string(),
  answers: z.array(z.object({ question: z.string(), answer: Answer })),
  /** What the worker thinks, beside what a form with values adds up to. */
  judgement: z.string().max(longestAnswer).default(''),
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
  /** What the worker thinks, beside the sum; empty where nothing was written. */
  readonly judgement: string
}
