import fc from 'fast-check'
import { expect, test } from 'vitest'

import { asksStill, mayComeFromAbuse, sessionRefusal, toldOf } from './session.rules.ts'
import { type Barrier, barriers, SessionBody, sessionWays } from './session.ts'

const session = fc.record({
  went: fc.constantFrom(...sessionWays),
  barriers: fc.uniqueArray(fc.constantFrom(...barriers)),
  tell: fc.boolean(),
  words: fc.constantFrom('', 'canary words'),
})

test('nobody is written down as not having come, or moved, without what got in the way or that nobody asked yet', () => {
  fc.assert(
    fc.property(session, (given) => {
      const refusal = sessionRefusal(given)
      const none = given.barriers.filter((each) => ['not-asked-yet', 'prefers-not-to-say'].includes(each))
      if (given.went === 'attended') expect(refusal).toBeNull()
      else if (given.barriers.length === 0) expect(refusal).toEqual({ refused: 'barriers-missing' })
      else if (none.length > 0 && given.barriers.length > 1)
        expect(refusal).toEqual({ refused: 'not-asked-alone' })
      else expect(refusal).toBeNull()
    }),
    { seed: 8 },
  )
})

test('what got in the way travels only where the person wants that, and never that nobody asked', () => {
  fc.assert(
    fc.property(session, (given) => {
      const told = toldOf(SessionBody.parse({ ...given, on: '2026-11-20' }))
      if (!given.tell) expect([told.barriers, told.words]).toEqual([[], ''])
      expect(told.barriers).not.toContain('not-asked-yet')
      expect(told.barriers).not.toContain('prefers-not-to-say')
    }),
    { seed: 8 },
  )
})

test('not asked yet is a next step; what may be the abuse leads back to safety, not to the person’s will', () => {
  const missed = (...all: Barrier[]) => ({ went: 'not-attended' as const, barriers: all })
  expect(asksStill(missed('not-asked-yet'))).toBe(true)
  expect(asksStill(missed('prefers-not-to-say'))).toBe(false)
  expect(mayComeFromAbuse(missed('interference'))).toBe(true)
  expect(mayComeFromAbuse(missed('no-longer-wanted'))).toBe(false)
})
