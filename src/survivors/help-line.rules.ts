import type { HelpLine, HelpLineChanges } from './help-line.ts'

/** Days after which a checked line must be looked at again (us-domain 4.5). */
export const CHECK_EVERY_DAYS = 90

export type Freshness = 'checked' | 'old' | 'never'

/** How far a line can be relied on today. A check dated in the future counts as none. */
export function freshness(line: HelpLine, today: Temporal.PlainDate): Freshness {
  if (line.checkedOn === null) return 'never'
  const { days } = today.since(Temporal.PlainDate.from(line.checkedOn), { largestUnit: 'day' })
  if (days < 0) return 'never'
  return days > CHECK_EVERY_DAYS ? 'old' : 'checked'
}

/** The lines of an installation: what shipped, without what it took away, with its checks and its own in front. */
export function changedLines(shipped: readonly HelpLine[], changes: HelpLineChanges): readonly HelpLine[] {
  return [...changes.added, ...shipped]
    .filter((line) => !changes.removed.includes(line.id))
    .map((line) => ({ ...line, checkedOn: changes.checked[line.id] ?? line.checkedOn }))
}

/** The lines somebody must check before people rely on them; shown to the operator at start and in readiness. */
export function linesToCheck(lines: readonly HelpLine[], today: Temporal.PlainDate): readonly HelpLine[] {
  return lines.filter((line) => freshness(line, today) !== 'checked')
}
