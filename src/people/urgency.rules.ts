import { z } from 'zod'

import { type Urgency, type UrgencyId, urgencyIds } from './urgency.ts'
import file from './urgency-levels.json' with { type: 'json' }

const Level = z.strictObject({
  id: z.string(),
  level: z.enum(urgencyIds),
  /** Hours in which a first contact is owed; null: none is. */
  hours: z.int().min(1).max(1000).nullable(),
  source: z.string().min(1),
  standing: z.enum(['unverified', 'design', 'seen']),
  owner: z.string().min(1),
  reviewedOn: z.iso.date(),
  reviewedBySurvivors: z.union([z.iso.date(), z.literal('not yet')]),
})

const levels = z.strictObject({ uk: z.array(Level).min(1), us: z.array(Level).min(1) }).parse(file)

/** The levels of a country, the most urgent first. */
export function urgencyLevels(pack: 'uk' | 'us') {
  return levels[pack].toSorted((a, b) => (a.hours ?? 9999) - (b.hours ?? 9999))
}

/** By when a first contact is owed at this level, counted from the moment at which somebody turned to us. */
export function firstContactBy(pack: 'uk' | 'us', level: UrgencyId, from: Date): Date | null {
  const hours = levels[pack].find((each) => each.level === level)?.hours ?? null
  return hours === null ? null : new Date(from.getTime() + hours * 3_600_000)
}

/**
 * Urgency after a change. The clock starts when the level is set; a contact that has been stays written down only while the
 * level does not rise above what it was met for.
 */
export function urgencyAfter(
  before: Urgency | null,
  set: { readonly level: UrgencyId; readonly because: string; readonly by: string; readonly now: Date },
  pack: 'uk' | 'us',
): Urgency {
  const { level, because, by, now } = set
  const rises = before === null || urgencyIds.indexOf(level) < urgencyIds.indexOf(before.level)
  const met = rises ? null : before.met
  return {
    level,
    setAt: now.toISOString(),
    setBy: by,
    because,
    dueAt: firstContactBy(pack, level, now)?.toISOString() ?? null,
    met,
    before: before === null ? [] : [...before.before, pastOf(before)].slice(-40),
  }
}

/** When a first contact is still owed; null where none is, or it has been. */
export function owedBy(urgency: Urgency | null): Date | null {
  return urgency === null || urgency.met !== null || urgency.dueAt === null ? null : new Date(urgency.dueAt)
}

function pastOf({ level, setAt, setBy, because }: Urgency) {
  return { level, setAt, setBy, because }
}
