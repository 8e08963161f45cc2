import { afterAll, beforeAll, expect, inject, test } from 'vitest'

import { countPlanted } from '../planted-count.ts'
import { historyFaults } from './faults-histories.ts'
import { openRerun, type Rerun, withFault } from './rerun.ts'

/** Each of these begins a world of its own: the full figures try all, a usual run the first. */
const tried = process.env['ANYDOOR_PROVE'] === undefined ? historyFaults.slice(0, 2) : historyFaults

let rerun: Rerun

beforeAll(async () => {
  rerun = await openRerun({ testServerDoor: inject('testServerDoor') })
})
afterAll(() => rerun?.close())

test.each(tried.map((fault) => [fault.what, fault] as const))(
  'a history finds it: %s',
  async (_what, fault) => {
    const { red, broken } = await rerun.run(fault.by, fault)
    countPlanted(inject('plantedBook'), 'history', 1, Number(red.length === 1))
    expect({ red: red.length, broken }).toEqual({ red: 1, broken: [] })
  },
  300_000,
)

test('every piece is still there', () => {
  for (const fault of historyFaults) expect(withFault(fault)).toContain(fault.to)
})
