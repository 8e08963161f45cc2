import fc from 'fast-check'
import { expect, test } from 'vitest'

import { delayAfter, rateGuard, rateGuards } from './limits.ts'

test('the wait grows and never becomes a lock', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map(delayAfter)).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30])
})

test('no minute lets more through than twice what it may: what was saved and what came in', () => {
  const steps = fc.array(fc.integer({ min: -1000, max: 5000 }), { minLength: 50, maxLength: 300 })
  fc.assert(
    fc.property(steps, (gaps) => {
      const guard = rateGuard(10)
      let now = 0
      const passed: number[] = []
      for (const gap of gaps) {
        now += gap
        if (guard.take(now)) passed.push(now)
      }
      const span = Math.max(...passed) - Math.min(...passed)
      expect(passed.length).toBeLessThanOrEqual(10 + Math.ceil((span / 60_000) * 10) + 1)
    }),
    { numRuns: 200, seed: 7 },
  )
})

test('after a pause there is room again', () => {
  const guard = rateGuard(2)
  expect([guard.take(0), guard.take(0), guard.take(0)]).toEqual([true, true, false])
  expect(guard.take(30_000)).toBe(true)
})

test('who empties one bucket keeps nobody out of another, and no more of them are kept than may be', () => {
  const guards = rateGuards(2, 3)
  const take = (key: string) => guards.take(key, 0)
  expect([take('a'), take('a'), take('a'), take('b')]).toEqual([true, true, false, true])
  // Still in use, it stays while others come; let be for longest, it is the one that goes.
  expect([take('c'), take('a'), take('d'), take('a')]).toEqual([true, false, true, false])
  expect([take('e'), take('f'), take('g'), take('a')]).toEqual([true, true, true, true])
})
