import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type AwayRefusal, mayBeAway } from './away.rules.ts'
import type { Away } from './away.ts'

const day = (at: number) => `2026-12-${String(at).padStart(2, '0')}`
const asked = fc.record({
  accountId: fc.constantFrom('a', 'b', 'c', 'd'),
  coverId: fc.constantFrom('a', 'b', 'c', 'd'),
  from: fc.integer({ min: 1, max: 20 }).map(day),
  until: fc.integer({ min: 1, max: 20 }).map(day),
})

test('whoever is let go is covered on every day by somebody who is here', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 12 }), (asks) => {
      const kept: Away[] = []
      for (const ask of asks)
        if ('may' in mayBeAway(ask, kept)) kept.push({ ...ask, id: String(kept.length) })
      for (let at = 1; at <= 20; at += 1) {
        const away = kept.filter((each) => each.from <= day(at) && day(at) <= each.until)
        const gone = away.map((each) => each.accountId)
        expect(new Set(gone).size).toBe(gone.length)
        expect(away.filter((each) => gone.includes(each.coverId))).toEqual([])
      }
    }),
  )
})

test('each refusal names its rule', () => {
  const other: Away = { id: '1', accountId: 'b', coverId: 'c', from: day(5), until: day(9) }
  const refused = (away: Omit<Away, 'id'>) => (mayBeAway(away, [other]) as AwayRefusal).refused
  const ask = { accountId: 'a', coverId: 'd', from: day(4), until: day(6) }
  expect(mayBeAway(ask, [other])).toEqual({ may: true })
  expect(refused({ ...ask, until: day(3) })).toBe('away-order')
  expect(refused({ ...ask, coverId: 'a' })).toBe('away-self')
  expect(refused({ ...ask, accountId: 'b' })).toBe('away-twice')
  expect(refused({ ...ask, coverId: 'b' })).toBe('away-cover-away')
  expect(refused({ ...ask, accountId: 'c' })).toBe('away-covering')
})
