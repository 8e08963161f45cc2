import { z } from 'zod'

import { retentionFields, type RetentionField } from './retention.ts'
import file from './retention-rules.json' with { type: 'json' }

/** How long one part of a case is kept after the case has ended. */
const RetentionRule = z.strictObject({
  id: z.string(),
  field: z.enum(retentionFields),
  months: z.int().min(1).max(1200),
  source: z.string().min(1),
  standing: z.enum(['unverified', 'design', 'seen']),
  owner: z.string().min(1),
  reviewedOn: z.iso.date(),
  reviewedBySurvivors: z.union([z.iso.date(), z.literal('not yet')]),
})
export type RetentionRule = Readonly<z.infer<typeof RetentionRule>>

const rules = z
  .strictObject({ uk: z.array(RetentionRule).min(1), us: z.array(RetentionRule).min(1) })
  .parse(file)

/** The rules of a country, one a part. */
export function retentionRules(pack: 'uk' | 'us'): readonly RetentionRule[] {
  return rules[pack]
}

/** A part whose time is over. */
export interface DuePart {
  readonly rule: RetentionRule
  readonly since: Date
}

/**
 * The parts of an ended case that are due: they hold something, their time after the end is over, and nobody decided to keep
 * them longer. Nothing is destroyed by this: a person decides.
 */
export function dueParts(
  pack: 'uk' | 'us',
  ended: {
    readonly endedAt: Date
    readonly holds: readonly RetentionField[]
    readonly keptUntil: ReadonlyMap<RetentionField, Date>
  },
  now: Date,
): readonly DuePart[] {
  return rules[pack].flatMap((rule) => {
    const since = monthsLater(ended.endedAt, rule.months)
    const kept = ended.keptUntil.get(rule.field)
    const due = ended.holds.includes(rule.field) && since <= now && (kept === undefined || kept <= now)
    return due ? [{ rule, since }] : []
  })
}

/** The shortest time of any rule: what ended later than this cannot be due. */
export function earliestEnd(pack: 'uk' | 'us', now: Date): Date {
  return monthsLater(now, -Math.min(...rules[pack].map((rule) => rule.months)))
}

function monthsLater(from: Date, months: number): Date {
  const at = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO('UTC')
  return new Date(at.add({ months }).epochMilliseconds)
}
