import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'

import { countPlanted } from '../planted-count.ts'
import { caseFaults } from './faults-cases.ts'
import { groundFaults } from './faults-grounds.ts'
import { kindFaults } from './faults-kinds.ts'
import { releaseFaults } from './faults-releases.ts'
import { sharingFaults } from './faults-sharing.ts'
import { openRerun, type Rerun } from './rerun.ts'

const faults = [...releaseFaults, ...sharingFaults, ...groundFaults, ...kindFaults, ...caseFaults]
const files = [...new Set(faults.map((fault) => fault.by))]

let rerun: Rerun
const without = new Map<string, number>()

beforeAll(async () => {
  rerun = await openRerun({ testServerDoor: inject('testServerDoor') })
})
afterAll(() => rerun?.close())

describe('without a fault', () => {
  test.each(files)('%s is green', async (by) => {
    const { tests, red, broken } = await rerun.run(by, null)
    expect({ red, broken }).toEqual({ red: [], broken: [] })
    without.set(by, tests)
  })
})

describe('a fault in a rule is caught', () => {
  test.each(faults.map((fault) => [fault.what, fault.by, fault] as const))(
    '%s — by %s',
    async (_what, by, fault) => {
      const { tests, red, broken } = await rerun.run(by, fault)
      // The file was read to its end and every test of it was there: it is red for what it says, not because it does not load.
      expect({ tests, broken }).toEqual({ tests: without.get(by), broken: [] })
      countPlanted(inject('plantedBook'), 'rule', 1, Number(red.length > 0))
      expect(red).not.toEqual([])
    },
  )
})
