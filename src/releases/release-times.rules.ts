import { z } from 'zod'
import durationsData from './durations.json' with { type: 'json' }
import type { LawPack } from './law-pack.ts'
import { packField } from './law-pack.rules.ts'
import { formIds, itemKindIds } from './release.ts'
import type { FormId, ItemKindId, ReleaseMarks, ReleaseState } from './release.ts'
import { comesBackIds, roleIds } from './sharing.ts'
import type { ComesBack, PackId, RoleId } from './sharing.ts'

const dayMs = 86_400_000

/** Days before the end from which renewal is asked for. */
export const askAgainDays = 14

const durationRow = z.strictObject({
  id: z.string(),
  days: z.int().positive(),
  ceiling: z.int().positive(),
  from: z.array(z.enum(roleIds)).optional(),
  to: z.array(z.enum(roleIds)).optional(),
  work: z.array(z.enum(['hand-over', 'joint-work', 'emergency-contact'])).optional(),
  forms: z.array(z.enum(formIds)).optional(),
  items: z.array(z.enum(itemKindIds)).optional(),
  aboutChild: z.boolean().optional(),
  oneTime: z.boolean().default(false),
  reason: z.string(),
  standing: z.enum(['seen', 'design']),
})
type DurationRow = z.infer<typeof durationRow>

const durations = z
  .strictObject({
    note: z.string(),
    reviewedOn: z.iso.date(),
    us: z.array(durationRow),
    uk: z.array(durationRow),
  })
  .parse(durationsData)

/** What a release is for, as far as its length depends on it. */
export interface DurationQuestion {
  readonly pack: PackId
  readonly from: RoleId
  readonly to: RoleId
  readonly work: 'hand-over' | 'joint-work' | 'emergency-contact'
  readonly form: FormId
  readonly items: readonly ItemKindId[]
  readonly aboutChild: boolean
  /** The law of the state or nation; without one its strictest cap counts. */
  readonly law?: LawPack | null
}

/** How long a release lasts at first and at most, in days, and which rows said so. */
export interface Duration {
  readonly days: number
  readonly ceiling: number
  readonly oneTime: boolean
  readonly rows: readonly string[]
}

/** The shortest of every row that fits and of what the law of the place leaves; where no row does, one week and no more. */
export function durationFor(question: DurationQuestion): Duration {
  const rows = durations[question.pack].filter((row) => fits(row, question))
  const cap = capOf(question)
  const ceiling = Math.min(...rows.map((row) => row.ceiling), rows.length > 0 ? Infinity : 7, cap.ceiling)
  return {
    days: Math.min(ceiling, ...rows.map((row) => row.days), cap.days),
    ceiling,
    oneTime: rows.some((row) => row.oneTime),
    rows: [...rows.map((row) => row.id), ...cap.rows],
  }
}

/** What a pack caps: every release of a domestic abuse service in the United States, and elsewhere what a pack sets. */
function capOf({ pack, from, law = null }: DurationQuestion): {
  readonly days: number
  readonly ceiling: number
  readonly rows: readonly string[]
} {
  const most = packField(law, 'release-cap-days')
  const usual = packField(law, 'release-default-days')
  if (!advocacy.has(from) || (pack === 'uk' && !most.isSet))
    return { days: Infinity, ceiling: Infinity, rows: [] }
  return { days: usual.value, ceiling: most.value, rows: [most.row, usual.row] }
}

const advocacy: ReadonlySet<RoleId> = new Set(['DVA', 'COA', 'TRB'])

/** An end to offer beside the wait that is expected. */
export interface SuggestedEnd {
  readonly endsAt: Date
  readonly days: number
  /** The latest end that the rules leave. */
  readonly latest: Date
  /** False: the wait is longer than the permission may be; it will be asked again and the place is kept. */
  readonly coversWait: boolean
  readonly askAgainFrom: Date
}

/** The usual end, later where the wait needs it, never beyond the ceiling. `expectedWaitDays` null: not known. */
export function suggestEnd(given: {
  readonly now: Date
  readonly expectedWaitDays: number | null
  readonly kind: Pick<Duration, 'days' | 'ceiling'>
}): SuggestedEnd {
  const { now, kind } = given
  const wait = given.expectedWaitDays
  const wanted = wait === null ? kind.days : Math.max(kind.days, wait + askAgainDays)
  const days = Math.min(kind.ceiling, wanted)
  return {
    endsAt: daysAfter(now, days),
    days,
    latest: daysAfter(now, kind.ceiling),
    coversWait: wait === null || wait <= days,
    askAgainFrom: daysAfter(now, Math.max(0, days - askAgainDays)),
  }
}

/** A raised "danger changed", by the case. */
export interface DangerChange {
  readonly changedAt: Date
}

/** Where a release stands now; withdrawn and ended stay so, also when a clock goes back. */
export function releaseState(marks: ReleaseMarks, now: Date, danger: DangerChange | null): ReleaseState {
  const time = latestTime(marks, now).getTime()
  if (marks.withdrawnAt) return 'withdrawn'
  if (time >= marks.endsAt.getTime()) return 'expired'
  if (danger && danger.changedAt.getTime() >= marks.confirmedAt.getTime()) return 'suspended'
  return time < marks.startsAt.getTime() ? 'not-yet' : 'active'
}

/** The highest time known for a release; store it as `lastSeenAt` whenever the release is judged or touched. */
export function latestTime(marks: ReleaseMarks, now: Date): Date {
  return new Date(Math.max(now.getTime(), marks.lastSeenAt?.getTime() ?? 0))
}

/** Whether what the release lets come back reaches as far as this. */
export function mayComeBack(agreed: ComesBack, what: ComesBack): boolean {
  return comesBackIds.indexOf(what) <= comesBackIds.indexOf(agreed)
}

/** What may come back unless the person says otherwise. */
export function usualComesBack(pack: PackId): ComesBack {
  return pack === 'uk' ? 'decision-and-place' : 'nothing'
}

function fits(row: DurationRow, question: DurationQuestion): boolean {
  return (
    (row.from?.includes(question.from) ?? true) &&
    (row.to?.includes(question.to) ?? true) &&
    (row.work?.includes(question.work) ?? true) &&
    (row.forms?.includes(question.form) ?? true) &&
    (row.items?.some((item) => question.items.includes(item)) ?? true) &&
    (row.aboutChild === undefined || row.aboutChild === question.aboutChild)
  )
}

function daysAfter(from: Date, days: number): Date {
  return new Date(from.getTime() + days * dayMs)
}
