/** Below this, a number is not shown (DESIGN 4: by country): so few could be recognised. */
const smallestShown = { uk: 5, us: 10 } as const
const monthsShown = 12

/** A number as it may be shown: none, so many, or too few to say. */
export type Shown = { readonly count: number } | { readonly fewerThan: number }

/** Repeats over a year, as a lead may see them. */
export interface RepeatTrend {
  readonly months: readonly { readonly month: string; readonly shown: Shown }[]
  /** By group over the whole year; null where a group is so small that the others would give it away. */
  readonly groups: readonly { readonly group: string; readonly count: number }[] | null
}

/** The first month that is shown, for a day in it. */
export function firstMonth(today: string): string {
  const month = Temporal.PlainDate.from(today)
    .with({ day: 1 })
    .subtract({ months: monthsShown - 1 })
  return month.toString()
}

/**
 * The trend of a year. A month below the limit of the country says only that it is below it. Groups are told only together:
 * when one of them is small, none is, since the rest would give it away.
 */
export function trendOf(
  rows: readonly { readonly month: string; readonly group: string; readonly count: number }[],
  pack: 'uk' | 'us',
  today: string,
): RepeatTrend {
  const limit = smallestShown[pack]
  const first = Temporal.PlainYearMonth.from(firstMonth(today).slice(0, 7))
  const months = Array.from({ length: monthsShown }, (_, at) => first.add({ months: at }).toString())
  const inMonth = (month: string) => sum(rows.filter((row) => row.month === month))
  const byGroup = [...Map.groupBy(rows, (row) => row.group)].map(([group, all]) => ({
    group,
    count: sum(all),
  }))
  const small = byGroup.some(({ count }) => count < limit)
  // With a hidden month beside told groups, the whole would be told twice and the hidden month with it.
  const hidden = months.some((month) => isSmall(inMonth(month), limit))
  return {
    months: months.map((month) => ({ month, shown: shownOf(inMonth(month), limit) })),
    groups: small || hidden ? null : byGroup.toSorted((a, b) => b.count - a.count),
  }
}

function shownOf(count: number, limit: number): Shown {
  return isSmall(count, limit) ? { fewerThan: limit } : { count }
}

function isSmall(count: number, limit: number): boolean {
  return count > 0 && count < limit
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((all, { count }) => all + count, 0)
}
