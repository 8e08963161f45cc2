import { describe, expect, test } from 'vitest'

import { urgencyIds } from '#people'

import { answerDue, replyDue, rowOf, usualQuiet, usualTries } from './reply-time.rules.ts'
import { repliedKinds, replyLevels } from './reply-time.ts'

const london = 'Europe/London'
const friday = Temporal.Instant.from('2026-11-27T15:00:00Z')
const due = (kind: 'ask' | 'referral', level: (typeof replyLevels)[number], pack: 'uk' | 'us' = 'uk') =>
  replyDue(pack, { kind, level }, friday, london).toISOString()

describe('when an answer is due', () => {
  test.each([
    ['ask', 'in-the-room', '2026-11-27T15:30:00.000Z'],
    ['ask', 'now', '2026-11-27T16:00:00.000Z'],
    ['ask', 'today', '2026-11-27T19:00:00.000Z'],
    ['ask', 'this-week', '2026-11-30T17:00:00.000Z'],
    ['referral', 'now', '2026-11-27T19:00:00.000Z'],
    ['referral', 'today', '2026-11-30T17:00:00.000Z'],
    ['referral', 'this-week', '2026-12-02T17:00:00.000Z'],
    ['referral', 'no-hurry', '2026-12-04T17:00:00.000Z'],
  ] as const)('%s, %s: %s', (kind, level, when) => {
    expect(due(kind, level)).toBe(when)
  })

  test('the working day ends at five where the agency is, also where the clocks change in between', () => {
    const before = Temporal.Instant.from('2027-03-26T12:00:00Z')
    expect(answerDue('uk', before, london).toISOString()).toBe('2027-03-29T16:00:00.000Z')
    expect(answerDue('us', before, 'America/New_York').toISOString()).toBe('2027-03-29T21:00:00.000Z')
  })

  test('what two agencies agreed comes before the table, in hours round the clock, and for nothing else', () => {
    const agreed = [{ kind: 'referral', level: 'this-week', hours: 30 }] as const
    const asked = { kind: 'referral', level: 'this-week' } as const
    expect(replyDue('uk', asked, friday, london, agreed).toISOString()).toBe('2026-11-28T21:00:00.000Z')
    expect(replyDue('uk', { ...asked, level: 'today' }, friday, london, agreed).toISOString()).toBe(
      due('referral', 'today'),
    )
  })

  test('the more urgent never waits longer, in either country', () => {
    for (const pack of ['uk', 'us'] as const)
      for (const kind of repliedKinds) {
        const times = urgencyIds.map((level) => due(kind, level, pack))
        expect(times).toEqual(times.toSorted())
      }
  })

  test('every row says whose choice it is', () => {
    for (const pack of ['uk', 'us'] as const) {
      expect(usualTries(pack)).toBe(3)
      for (const what of ['lookAgain', 'unreached'] as const)
        expect(usualQuiet(pack, what)).toMatchObject({ standing: 'design', reviewedBySurvivors: 'not yet' })
      for (const kind of repliedKinds)
        for (const level of replyLevels)
          expect(rowOf(pack, kind, level)).toMatchObject({
            standing: 'design',
            reviewedBySurvivors: 'not yet',
          })
    }
  })
})
