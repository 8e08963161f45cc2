import { z } from 'zod'

import { Done, Told } from './told.ts'

const line = z.string().trim().max(200)
const text = z.string().trim().max(4000)

/** What was heard: harm to a child, or that a child was near abuse of somebody else and nothing more. */
export const concernSorts = ['harm', 'exposure'] as const

/** The facts of a report, and no others: there is no place for a file, a note or a history. */
export const reportFacts = ['child', 'where', 'what', 'when', 'who', 'now'] as const

/** How a report was made. */
export const reportWays = ['telephone', 'online', 'in-writing', 'here'] as const

/** Somebody was asked without names, or there was no time for it. */
const Consulted = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('asked'),
    whom: line.min(1),
    question: text.min(1),
    answer: text.min(1),
    ...Done.shape,
  }),
  z.strictObject({ state: z.literal('no-time'), ...Done.shape }),
])

/** A mandated report: a thing of its own, with its own facts, that opens nothing of the case. */
export const Report = z.strictObject({
  kind: z.literal('report'),
  rulesVersion: z.string().max(100),
  /** The law under which it was looked at, as `us-wa`; null where none is said. */
  law: z.string().max(40).nullable(),
  sort: z.enum(concernSorts),
  /** Hours that the pack leaves from hearing to reporting; 0 is at once. */
  clockHours: z.int().min(0).max(720),
  consulted: Consulted,
  facts: z.partialRecord(z.enum(reportFacts), text.min(1)).nullable(),
  told: Told.nullable(),
  written: Done.nullable(),
  made: z
    .strictObject({
      to: line.min(1),
      way: z.enum(reportWays),
      reference: line,
      envelopeId: z.uuid().nullable(),
      rules: z.array(z.string()),
      ...Done.shape,
    })
    .nullable(),
  notMade: z.strictObject({ why: text.min(1), ...Done.shape }).nullable(),
})
export type Report = Readonly<z.infer<typeof Report>>
