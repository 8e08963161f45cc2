import type { ThreadState } from '#envelopes'

import { heldBack, smallest, withTotals } from './hold-back.rules.ts'
import type { Side, ThreadKind } from './thread.ts'

/** Where a thread ends up in the picture, in the order of the columns. */
export const ends = [
  'unanswered',
  'waiting',
  'under-way',
  'met',
  'declined',
  'ended',
  'withdrawn',
  'untold',
] as const
export type End = (typeof ends)[number]

const endOfState: Readonly<Partial<Record<ThreadState, End>>> = {
  sent: 'unanswered',
  received: 'unanswered',
  question: 'unanswered',
  waiting: 'waiting',
  accepted: 'under-way',
  unreached: 'under-way',
  started: 'under-way',
  met: 'met',
  declined: 'declined',
  ended: 'ended',
  withdrawn: 'withdrawn',
}

/** The column of a thread. Where no answer may come back, nobody can say that there was none. */
export function endOf(state: ThreadState, told: boolean): End {
  const end = endOfState[state] ?? 'under-way'
  return end === 'unanswered' && !told ? 'untold' : end
}

/** The months of a picture: how many up to now, or one whole quarter that has ended. */
export interface Period {
  readonly since: Date
  readonly until: Date
}

export const spans = [1, 3, 6, 12] as const

/** The last so many months, the current one among them, in whole months. */
export function lastMonths(now: Temporal.Instant, zone: string, months: number): Period {
  const month = now.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth()
  return periodFrom(month.subtract({ months: months - 1 }), months, zone)
}

/**
 * Quarters that have ended, newest first, as `2026-3`. What leaves the agency is only ever a whole quarter: of two periods that
 * overlap, one could be subtracted from the other.
 */
export function endedQuarters(now: Temporal.Instant, zone: string): readonly string[] {
  const month = now.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth()
  const first = month.subtract({ months: (month.month - 1) % 3 })
  return Array.from({ length: 4 }, (_, at) => {
    const of = first.subtract({ months: 3 * (at + 1) })
    return `${of.year}-${(of.month + 2) / 3}`
  })
}

/** The months of a quarter. */
export function quarterMonths(quarter: string, zone: string): Period {
  const [year = 0, of = 1] = quarter.split('-').map(Number)
  return periodFrom(Temporal.PlainYearMonth.from({ year, month: of * 3 - 2 }), 3, zone)
}

function periodFrom(first: Temporal.PlainYearMonth, months: number, zone: string): Period {
  const start = (of: Temporal.PlainYearMonth) =>
    new Date(of.toPlainDate({ day: 1 }).toZonedDateTime(zone).epochMilliseconds)
  return { since: start(first), until: start(first.add({ months })) }
}

/** One line of the picture: with whom, and how many stand where. */
export interface FlowRow {
  readonly key: string
  readonly counts: readonly number[]
}

/** Counts by partner or by kind of partner, the largest first; questions without a name and referrals together or one of them. */
export function flowRows(
  states: readonly {
    readonly otherParty: string
    readonly sector: string
    readonly kind: ThreadKind
    readonly state: ThreadState
    readonly told: boolean
    readonly threads: number
  }[],
  by: 'partner' | 'sector',
  kind: ThreadKind | null,
): readonly FlowRow[] {
  const rows = new Map<string, number[]>()
  for (const each of states) {
    if (kind !== null && each.kind !== kind) continue
    const key = by === 'partner' ? each.otherParty : each.sector
    const counts = rows.get(key) ?? ends.map(() => 0)
    const at = ends.indexOf(endOf(each.state, each.told))
    counts[at] = (counts[at] ?? 0) + each.threads
    rows.set(key, counts)
  }
  return [...rows]
    .map(([key, counts]) => ({ key, counts }))
    .toSorted((a, b) => total(b.counts) - total(a.counts) || a.key.localeCompare(b.key))
}

/** A number as it is shown; null: held back. */
export type Shown = number | null

/** The table of a picture with its sums: columns that nobody stands in are left out. */
export interface FlowTable {
  readonly ends: readonly End[]
  readonly rows: readonly { readonly key: string; readonly shown: readonly Shown[] }[]
  readonly totals: readonly Shown[]
}

/** Inside the agency every number is shown: whoever sees the table may open every thread in it. */
export function wholeTable(rows: readonly FlowRow[]): FlowTable {
  return tableOf(rows, null)
}

/** As it may leave the agency: small numbers held back, and as many others that none can be worked out. */
export function tableToGive(rows: readonly FlowRow[], pack: 'uk' | 'us'): FlowTable {
  return tableOf(rows, smallest[pack])
}

function tableOf(rows: readonly FlowRow[], limit: number | null): FlowTable {
  const met = ends.filter((_, at) => rows.some((row) => (row.counts[at] ?? 0) > 0))
  const cells = rows.map((row) => met.map((end) => row.counts[ends.indexOf(end)] ?? 0))
  const table = withTotals(cells, met.length)
  const held = limit === null ? null : heldBack(table, limit)
  const shown = table.map((row, r) => row.map((count, c) => (held?.[r]?.[c] === true ? null : count)))
  return {
    ends: met,
    rows: rows.map(({ key }, at) => ({ key, shown: shown[at] ?? [] })),
    totals: shown.at(-1) ?? [],
  }
}

/** Counts of reasons, small ones together as too few to say: no sum stands beside them, so that nothing can be taken from it. */
export function reasonsShown(
  counts: readonly { readonly reason: string; readonly count: number }[],
  pack: 'uk' | 'us',
): readonly { readonly reason: string; readonly shown: Shown }[] {
  return counts.map(({ reason, count }) => ({ reason, shown: count < smallest[pack] ? null : count }))
}

/** The sides of the picture: what this agency sent, and what it was asked. */
export const flowSides = ['from', 'to'] as const satisfies readonly Side[]

function total(counts: readonly number[]): number {
  return counts.reduce((all, each) => all + each, 0)
}
