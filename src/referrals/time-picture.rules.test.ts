import fc from 'fast-check'
import { expect, test } from 'vitest'

import { strip, timePicture, turnAfter } from './time-picture.rules.ts'

const day = (at: number) => new Date(Date.UTC(2026, 10, at))
const events = [
  { at: day(1), ours: true, kind: 'request' },
  { at: day(3), ours: false, kind: 'question' },
  { at: day(4), ours: true, kind: 'answer' },
  { at: day(9), ours: false, kind: 'decision' },
]

test('each wait lies with whoever is waited for, and says how long it was', () => {
  const picture = timePicture('from', events, { now: day(10), open: true, due: day(5), expected: day(11) })
  expect(picture.waits.map((wait) => wait.lane)).toEqual(['theirs', 'ours', 'theirs'])
  expect(picture.lasted.map((each) => (each ?? 0) / 86_400_000)).toEqual([2, 1, 5, 1])
  expect(picture.named.map((each) => each.kind)).toEqual(['due', 'expected', 'today'])
  expect(turnAfter('to', 'request')).toBe('ours')
  expect(turnAfter('to', 'question')).toBe('theirs')
  expect(turnAfter('to', 'decision')).toBeNull()
})

test('what is over does not wait until today', () => {
  const picture = timePicture('from', events.slice(0, 1), {
    now: day(30),
    open: false,
    due: null,
    expected: null,
  })
  expect(picture.waits).toEqual([])
  expect(picture.named).toEqual([])
  expect(picture.lasted).toEqual([null])
})

test('everything stands inside the picture, and no two marks of a lane stand on each other', () => {
  const minute = fc.integer({ min: 0, max: 100_000 })
  const happened = fc.record({
    at: minute.map((at) => new Date(at * 60_000)),
    ours: fc.boolean(),
    kind: fc.constantFrom('ask', 'question', 'answer', 'decision', 'outcome'),
  })
  fc.assert(
    fc.property(fc.array(happened, { minLength: 1, maxLength: 20 }), minute, (all, later) => {
      const sorted = all.toSorted((a, b) => a.at.getTime() - b.at.getTime())
      const now = new Date((sorted.at(-1)?.at.getTime() ?? 0) + later * 60_000)
      const { marks, waits } = timePicture('to', sorted, { now, open: true, due: null, expected: null })
      for (const { x } of marks) expect(x >= strip.edge && x <= strip.wide - strip.edge).toBe(true)
      for (const wait of waits) expect(wait.to).toBeGreaterThanOrEqual(wait.from)
      for (const a of marks)
        for (const b of marks)
          if (a !== b && a.lane === b.lane && a.step === b.step)
            expect(Math.abs(a.x - b.x)).toBeGreaterThan(2 * strip.mark)
    }),
    { numRuns: 200, seed: 20261127 },
  )
})
