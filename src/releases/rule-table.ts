import { z } from 'zod'
import { basisIds, packIds, recordIds, roleIds } from './sharing.ts'

const cell = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.union([
    z.literal('any'),
    z.array(z.enum(values)).min(1),
    z.strictObject({ anyBut: z.array(z.enum(values)).min(1) }),
  ])

const reasons = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.partialRecord(z.enum(values), z.string().min(1))

const factId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

const need = z.union([
  factId,
  z.strictObject({
    need: factId,
    when: z.array(factId).optional(),
    records: z.array(z.enum(recordIds)).optional(),
  }),
])

/** One row of a rule table, as the data files hold it. */
export const RuleRow = z.strictObject({
  id: z.string().regex(/^[a-z]{2,}-\d+$/),
  part: z.enum(['condition', 'pair']),
  from: cell(roleIds),
  to: cell(roleIds),
  records: cell(recordIds),
  bases: cell(basisIds),
  /** The row speaks only where all of these are so. */
  when: z.array(factId).default([]),
  /** The row is silent where any of these is so. */
  unless: z.array(factId).default([]),
  outcome: z.enum(['A', 'N', 'F', 'F*']),
  needs: z.array(need).default([]),
  /** What together turns this row's F into an A; empty: nothing does. */
  override: z.array(factId).default([]),
  /** No other ground will do: another basis is refused by this row. */
  only: z.boolean().default(false),
  /** Pair rows that silence this condition when they decide. */
  except: z.array(z.string()).default([]),
  /** Pair rows further down that would answer otherwise where both match: this order is meant. */
  before: z.array(z.string()).default([]),
  max: z
    .strictObject({
      days: z.int().positive(),
      ceiling: z.int().positive(),
      oneTime: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  sources: z.array(z.string()).min(1),
  owner: z.string().min(1),
  reviewedOn: z.iso.date(),
  reviewedBySurvivors: z.iso.date().nullable().default(null),
})
export type RuleRow = Readonly<z.infer<typeof RuleRow>>

/** A whole rule table with its sources; standing says how far each source was read. */
export const RuleTable = z.strictObject({
  id: z.enum(packIds),
  version: z.string().min(1),
  title: z.string().min(1),
  note: z.string().min(1),
  reviewBy: z.iso.date(),
  sources: z.record(
    z.string(),
    z.strictObject({ title: z.string(), standing: z.enum(['seen', 'seen-in-part', 'unverified', 'design']) }),
  ),
  /** Values of a column that no row names, and why the rows for *any* are enough for them. */
  leftToAnyRow: z
    .strictObject({
      from: reasons(roleIds),
      to: reasons(roleIds),
      records: reasons(recordIds),
      bases: reasons(basisIds),
    })
    .partial()
    .default({}),
  rows: z.array(RuleRow).min(1),
})
export type RuleTable = Readonly<z.infer<typeof RuleTable>>
