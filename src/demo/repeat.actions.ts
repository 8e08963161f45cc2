import { countedBefore } from './demo.store.ts'
import type { Making } from './make.ts'
import type { Founded } from './staff.actions.ts'

/** How many questions were asked again in each of the last twelve months, this month last: fewer, since what was told is offered. */
const year = [24, 26, 21, 22, 18, 15, 16, 12, 11, 10, 12, 10]
const groups = ['person', 'abuse', 'home', 'children', 'contact']

/** Gives the agencies that families come to first a year of counted repeats, so that their leads see a trend. */
export async function makeRepeats(at: Making, founded: readonly Founded[]): Promise<void> {
  for (const { agency, partyId } of founded) {
    if (agency.sector !== 'domestic-abuse') continue
    for (const [month, count] of year.entries())
      await countedBefore(at.owner, partyId, year.length - 1 - month, groups, count)
  }
}
