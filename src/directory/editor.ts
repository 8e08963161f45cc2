import { z } from 'zod'
import type { Condition } from '#engine/space'
import type { ConditionChoices } from './clause-form.rules.ts'
import { facets } from './facet.ts'
import { capacityStates } from './listing.ts'

const weeks = z.coerce.number().min(0).max(520).optional()

/** Room and wait, as an editor says it today. */
export const CapacityForm = z
  .object({
    state: z.enum(capacityStates),
    places: z.coerce.number().int().min(0).max(100_000).optional(),
    waitWeeks: weeks,
    waitWeeksTo: weeks,
    note: z.string().max(500).default(''),
    why: z.string().max(500).default(''),
  })
  .refine((form) => form.waitWeeksTo === undefined || form.waitWeeksTo >= (form.waitWeeks ?? 0), {
    path: ['waitWeeksTo'],
    message: 'directory.capacity.wait-order',
  })
export type CapacityForm = z.output<typeof CapacityForm>

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
    act: z.enum(['save', 'look', 'remove']).default('save'),
  })
  .refine((form) => form.act !== 'save' || form.sentence !== '', {
    path: ['sentence'],
    message: 'directory.clause.sentence-missing',
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
  | { readonly act: 'remove' }
  | { readonly act: 'save'; readonly sentence: string; readonly condition: Condition; readonly soft: boolean }

/** What a person decides about a held record. */
export const HeldForm = z.object({
  decision: z.enum(['confidential', 'open', 'refuse'], 'directory.held.choose'),
})
export type HeldForm = z.output<typeof HeldForm>

/** A record that waits for a person. */
export interface HeldRecord {
  readonly id: string
  readonly path: string
  readonly sourceId: string
  /** ISO instant. */
  readonly heldAt: string
  readonly name: string
  readonly organizationName: string
  readonly problems: readonly { readonly rule: string; readonly at: string; readonly message: string }[]
  readonly record: unknown
}

/** Why an editor's act was not done; each has a sentence under `directory.refusal`. */
export type EditorRefusal = { readonly refused: 'missing' } | { readonly refused: 'already-decided' }
