import { countRepeats } from '#people'

import type { Making } from './make.ts'
import type { Founded } from './staff.actions.ts'

/** How many questions were asked again in each of the last twelve months, this month last: fewer, since what was told is offered. */
const year = [24, 26, 21, 22, 18, 15, 16, 12, 11, 10, 12, 10]
const groups = ['person', 'abuse', 'home', 'children', 'contact'] as const

/** Gives the agencies that families come to first a year of counted repeats, so that their leads see a trend. */
export async function makeRepeats(at: Making, founded: readonly Founded[]): Promise<void> {
  const thisMonth = at.now.toZonedDateTimeISO('UTC').toPlainDate().with({ day: 1 })
  const repeats = year.flatMap((count, index) => {
    const month = thisMonth.subtract({ months: year.length - 1 - index }).toString()
    return Array.from({ length: count }, (_, n) => ({ month, group: groups[n % groups.length] ?? 'person' }))
  })
  for (const { agency, administrator } of founded)
    if (agency.sector === 'domestic-abuse')
      await administrator.act((db, actor) => countRepeats(db, actor.partyId, repeats))
}
