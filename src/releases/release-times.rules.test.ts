import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lawPackOf } from './law-packs.ts'
import {
  durationFor,
  latestTime,
  mayComeBack,
  releaseState,
  suggestEnd,
  usualComesBack,
} from './release-times.rules.ts'
import type { DurationQuestion } from './release-times.rules.ts'
import type { ReleaseMarks } from './release.ts'
import { comesBackIds, packIds, roleIds } from './sharing.ts'

const now = new Date('2026-11-22T10:00:00Z')
const at = (days: number) => new Date(now.getTime() + days * 86_400_000)
const marks: ReleaseMarks = {
  startsAt: now,
  endsAt: at(30),
  confirmedAt: now,
  withdrawnAt: null,
  lastSeenAt: null,
}

const handOver: DurationQuestion = {
  law: lawPackOf('us', 'us-wa'),
  pack: 'us',
  from: 'DVA',
  to: 'MHC',
  work: 'hand-over',
  form: 'general',
  items: ['name-to-use'],
  aboutChild: false,
}
const lengthOf = (change: Partial<DurationQuestion>) => {
  const { days, ceiling } = durationFor({ ...handOver, ...change })
  return [days, ceiling]
}

describe('how long a release lasts', () => {
  test('each kind of the United States table', () => {
    expect(lengthOf({})).toEqual([14, 30])
    expect(lengthOf({ work: 'joint-work' })).toEqual([30, 90])
    expect(lengthOf({ to: 'CW', work: 'joint-work' })).toEqual([30, 90])
    expect(lengthOf({ to: 'POL' })).toEqual([1, 30])
    expect(lengthOf({ work: 'emergency-contact' })).toEqual([7, 30])
    expect(lengthOf({ from: 'MHC', to: 'DVA' })).toEqual([60, 180])
    expect(lengthOf({ from: 'PCP', to: 'SCH' })).toEqual([1, 30])
    expect(lengthOf({ from: 'MHC', to: 'DVA', form: 'therapy-notes' })).toEqual([1, 14])
    expect(lengthOf({ from: 'SUD', to: 'MHC' })).toEqual([60, 180])
    expect(lengthOf({ from: 'SUD', to: 'MHC', form: 'care' })).toEqual([180, 365])
    expect(lengthOf({ from: 'SUD', to: 'LEG', form: 'proceedings' })).toEqual([1, 30])
    expect(lengthOf({ from: 'MHC', to: 'DVA', aboutChild: true })).toEqual([30, 90])
    expect(lengthOf({ from: 'MHC', to: 'DVA', items: ['name-to-use', 'safe-contact'] })).toEqual([14, 30])
  })

  test('the shortest of every row that fits decides', () => {
    expect(
      durationFor({ ...handOver, work: 'joint-work', items: ['safe-contact'], aboutChild: true }),
    ).toEqual({
      days: 14,
      ceiling: 30,
      oneTime: false,
      rows: [
        'dv-joint-work',
        'child',
        'safe-contact',
        'us-wa:release-cap-days',
        'us-wa:release-default-days',
      ],
    })
  })

  test('us-T45: without the pack of a state an advocate gets 30 days at most', () => {
    expect(lengthOf({ law: null, work: 'joint-work' })).toEqual([14, 30])
    expect(lengthOf({ law: lawPackOf('us', 'us-ct'), work: 'joint-work' })).toEqual([14, 30])
    expect(lengthOf({ law: null, from: 'MHC', to: 'DVA' })).toEqual([60, 180])
  })

  test('the United Kingdom has its own', () => {
    expect(lengthOf({ pack: 'uk' })).toEqual([30, 90])
    expect(lengthOf({ pack: 'uk', to: 'SCH' })).toEqual([14, 30])
    expect(lengthOf({ pack: 'uk', to: 'POL' })).toEqual([1, 30])
  })

  test('every pair of roles has an end', () => {
    for (const pack of packIds)
      for (const from of roleIds)
        for (const to of roleIds) expect(lengthOf({ pack, from, to })[1]).toBeLessThanOrEqual(365)
  })
})

describe('the end that is offered', () => {
  test('the usual one where no wait is known or the wait is short', () => {
    const kind = { days: 14, ceiling: 30 }
    expect(suggestEnd({ now, expectedWaitDays: null, kind })).toEqual({
      endsAt: at(14),
      days: 14,
      latest: at(30),
      coversWait: true,
      askAgainFrom: now,
    })
  })

  test('later where the wait needs it, with two weeks over', () => {
    const offered = suggestEnd({ now, expectedWaitDays: 40, kind: { days: 30, ceiling: 90 } })
    expect([offered.days, offered.coversWait, offered.askAgainFrom]).toEqual([54, true, at(40)])
  })

  test('26 weeks of wait under 30 days: the ceiling, said plainly', () => {
    const offered = suggestEnd({ now, expectedWaitDays: 182, kind: { days: 14, ceiling: 30 } })
    expect([offered.days, offered.coversWait, offered.askAgainFrom]).toEqual([30, false, at(16)])
  })
})

describe('where a release stands', () => {
  test('before, during, at and after the end', () => {
    expect(releaseState(marks, at(-1), null)).toBe('not-yet')
    expect(releaseState(marks, at(3), null)).toBe('active')
    expect(releaseState(marks, at(30), null)).toBe('expired')
    expect(releaseState(marks, at(31), null)).toBe('expired')
  })

  test('us-T4: a second after a spoken withdrawal', () => {
    expect(releaseState({ ...marks, withdrawnAt: at(1) }, new Date(at(1).getTime() + 1000), null)).toBe(
      'withdrawn',
    )
  })

  test('danger changed puts it on hold until it is confirmed again', () => {
    expect(releaseState(marks, at(3), { changedAt: at(2) })).toBe('suspended')
    expect(releaseState(marks, at(3), { changedAt: now })).toBe('suspended')
    expect(releaseState({ ...marks, confirmedAt: at(2.5) }, at(3), { changedAt: at(2) })).toBe('active')
  })

  test('what closed never reopens, whatever the clock does', () => {
    const clock = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(clock, fc.option(fc.integer({ min: 0, max: 40 })), (days, withdrawnOn) => {
        let seen: ReleaseMarks = marks
        let closed = false
        for (const day of days) {
          const withdraw = withdrawnOn !== null && day === withdrawnOn
          seen = { ...seen, withdrawnAt: seen.withdrawnAt ?? (withdraw ? at(day) : null) }
          const state = releaseState(seen, at(day), null)
          if (closed) expect(['expired', 'withdrawn']).toContain(state)
          closed ||= state === 'expired' || state === 'withdrawn'
          seen = { ...seen, lastSeenAt: latestTime(seen, at(day)) }
        }
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})

test('what may come back: each value includes those before it', () => {
  for (const [index, agreed] of comesBackIds.entries())
    for (const [other, what] of comesBackIds.entries()) expect(mayComeBack(agreed, what)).toBe(other <= index)
  expect([usualComesBack('us'), usualComesBack('uk')]).toEqual(['nothing', 'decision-and-place'])
})
