import { describe, expect, test } from 'vitest'

import { type Entry, measures } from './entry.ts'
import { quietOf } from './quiet.rules.ts'
import { isAtWork, mayPlan, mayWrite, measuresFor } from './thread.rules.ts'
import type { Thread } from './thread.ts'

const now = new Date('2026-11-23T12:00:00Z')
const day = (days: number) => new Date(now.getTime() + days * 86_400_000)
const thread: Thread = {
  id: 'one',
  key: { partyId: 'party', caseId: 'one', version: 1, key: new Uint8Array(32) },
  ownerId: 'owner',
  state: 'active',
  version: 1,
  person: { name: 'Dale', age: 'adult' },
  doubt: null,
  out: [],
}
const doubt = { why: 'Both were reported', since: '2026-11-20', review: null }
const looked = (outcome: 'stands' | 'reversed') => ({
  ...doubt,
  review: { outcome, specialist: 'Ash', on: '2026-11-21' },
})

function action(dueAt: Date | null, result: 'done' | 'not-done' | null, on = '2026-11-20'): Entry {
  const end = result === null ? null : { outcome: result, words: '', on }
  return {
    id: 'e',
    state: result === null ? 'open' : 'closed',
    dueAt,
    version: 1,
    body: { kind: 'action', source: 'police', agency: '', who: '', measure: 'order', words: '', result: end },
  }
}

describe('what may be planned', () => {
  test('anything for an adult; for a fourteen-year-old towards a parent help alone', () => {
    expect(measuresFor(thread, measures)).toEqual(measures)
    const young: Thread = { ...thread, person: { name: 'Rowan', age: 'under-18' } }
    expect(measuresFor(young, measures)).toEqual([
      'health-review',
      'talk',
      'childrens-plan',
      'youth-programme',
      'family-support',
      'other',
    ])
    expect(mayPlan(young, 'arrest-or-bail')).toBe('young-person')
    expect(mayPlan({ ...young, person: { name: 'Rowan', age: 'not-known' } }, 'arrest-or-bail')).toBe(null)
  })

  test('nothing new while it may be the other way round, and nothing at all once it is', () => {
    expect(mayPlan({ ...thread, doubt }, 'order')).toBe('in-doubt')
    expect(mayWrite({ ...thread, doubt })).toBe(null)
    expect(mayPlan({ ...thread, doubt: looked('stands') }, 'order')).toBe(null)
    expect(mayWrite({ ...thread, doubt: looked('reversed') })).toBe('reversed')
    expect(mayPlan({ ...thread, state: 'ended' }, 'order')).toBe('ended')
  })
})

describe('who is at work', () => {
  test('an open action counts until it is long overdue; done counts, not done does not', () => {
    expect(isAtWork([action(day(3), null)], 28, now)).toBe(true)
    expect(isAtWork([action(day(-28), null)], 28, now)).toBe(true)
    expect(isAtWork([action(day(-29), null)], 28, now)).toBe(false)
    expect(isAtWork([action(day(-40), 'done')], 28, now)).toBe(true)
    expect(isAtWork([action(day(-40), 'done', '2026-10-20')], 28, now)).toBe(false)
    expect(isAtWork([action(day(3), 'not-done')], 28, now)).toBe(false)
    expect(isAtWork([], 28, now)).toBe(false)
  })

  test('a family is quiet without a file, with an ended or reversed one, and with one in which nobody acts', () => {
    const busy = [action(day(3), null)]
    expect(quietOf([], 28, now)).toBe('no-file')
    expect(quietOf([{ thread: { ...thread, state: 'ended' }, entries: busy }], 28, now)).toBe('no-file')
    expect(quietOf([{ thread: { ...thread, doubt: looked('reversed') }, entries: busy }], 28, now)).toBe(
      'no-file',
    )
    expect(quietOf([{ thread, entries: [] }], 28, now)).toBe('no-action')
    expect(
      quietOf(
        [
          { thread, entries: [] },
          { thread, entries: busy },
        ],
        28,
        now,
      ),
    ).toBe(null)
  })
})
