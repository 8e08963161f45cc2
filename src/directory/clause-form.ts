import { z } from 'zod'
import { dateField } from '#platform/http'
import type { ConditionChoices } from './clause-form.rules.ts'
import { facets } from './facet.ts'
import type { Threshold } from './threshold.ts'

const listed = facets.flatMap((facet) => (facet.kind === 'integer' ? [] : [facet]))
const whole = facets.filter((facet) => facet.kind === 'integer')
const typed = z.string().max(20).default('')

/** One clause as the form sends it: the sentence people read, and `is-…`, `from-…`, `to-…` for each facet. */
export const ClauseForm = z
  .object({
    ...Object.fromEntries(listed.map(({ id, values }) => [`is-${id}`, z.array(z.enum(values)).default([])])),
    ...Object.fromEntries(
      whole.flatMap(({ id }) => [
        [`from-${id}`, typed],
        [`to-${id}`, typed],
      ]),
    ),
    sentence: z.string().max(1000).default(''),
    soft: z.array(z.literal('yes')).max(1).default([]),
    source: z.string().max(300).default(''),
    owner: z.string().max(300).default(''),
    reviewedOn: dateField({ wrong: 'directory.clause.reviewed-wrong' }).optional(),
    why: z.string().max(500).default(''),
    /** Save; look at what it does; take the made sentence; take the clause away. */
    act: z.enum(['save', 'look', 'say', 'remove']).default('save'),
  })
  .refine((form) => !isLater(form.reviewedOn), {
    path: ['reviewedOn'],
    message: 'directory.clause.reviewed-later',
  })
export type ClauseForm = z.output<typeof ClauseForm>

/** The choices in what a form sent, right or wrong. */
export function choicesIn(sent: Readonly<Record<string, unknown>>): ConditionChoices {
  const text = (name: string) => (typeof sent[name] === 'string' ? sent[name] : '')
  return {
    chosen: Object.fromEntries(
      listed.map(({ id }) => [
        id,
        [sent[`is-${id}`] ?? []].flat().filter((each) => typeof each === 'string'),
      ]),
    ),
    ranges: Object.fromEntries(
      whole.map(({ id }) => [id, { from: text(`from-${id}`), to: text(`to-${id}`) }]),
    ),
  }
}

/** What an editor does to one clause. */
export type ClauseAct =
  | { readonly act: 'remove'; readonly why: string }
  | ({ readonly act: 'save'; readonly why: string } & Omit<Threshold, 'forbiddenRule' | 'forbiddenFacets'>)

function isLater(day: string | undefined): boolean {
  if (day === undefined || !/^\d{4}-\d\d-\d\d$/.test(day)) return false
  // Why tomorrow: it may already be that day where the reader is.
  return Temporal.PlainDate.compare(day, Temporal.Now.plainDateISO('UTC').add({ days: 1 })) > 0
}
