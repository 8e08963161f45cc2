import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'

import { countPlanted } from '../planted-count.ts'
import { actionFaults } from './faults-actions.ts'
import { conflictFaults } from './faults-conflicts.ts'
import { openRerun, type Rerun, withFault } from './rerun.ts'

const faults = [...actionFaults, ...conflictFaults]

test('every piece is still there', () => {
  for (const fault of faults) expect(withFault(fault)).toContain(fault.to)
})

/** Each of these begins a world of its own, so only the full figures try them. */
describe.runIf(process.env['ANYDOOR_PROVE'] !== undefined)('with the full figures', () => {
  const files = [...new Set(faults.map((fault) => fault.by))]
  const without = new Map<string, number>()
  let rerun: Rerun

  beforeAll(async () => {
    rerun = await openRerun({ testServerDoor: inject('testServerDoor') })
  })
  afterAll(() => rerun?.close())

  test.each(files)('without a fault %s is green', async (by) => {
    const { tests, red, broken } = await rerun.run(by, null)
    expect({ red, broken }).toEqual({ red: [], broken: [] })
    without.set(by, tests)
  })

  test.each(faults.map((fault) => [fault.what, fault.by, fault] as const))(
    '%s — by %s',
    async (_what, by, fault) => {
      const { tests, red, broken } = await rerun.run(by, fault)
      countPlanted(inject('plantedBook'), 'rule', 1, Number(red.length > 0))
      expect({ tests, broken }).toEqual({ tests: without.get(by), broken: [] })
      expect(red).not.toEqual([])
    },
  )
})
