import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { facetWords } from '#directory'

import { firstMonth, trendOf } from './repeat.rules.ts'
import { questionGroups, type Told } from './told.ts'
import { groupOf, offersFor, toldInLetter, toldInLetters } from './told.rules.ts'

const told = (facet: string, on: string, value: string): Told => ({
  source: `${facet}-${on}`,
  from: { how: 'agency', who: 'Hill Clinic', on },
  answer: { about: 'detail', facet, value },
})
const nothing = { answers: {}, accessNeeds: null, contact: null }

describe('what is offered instead of asking', () => {
  test('the newest of each question, and only where this case does not say it', () => {
    const all = [
      told('abuse', '2026-10-01', 'ongoing'),
      told('abuse', '2026-11-01', 'on-and-off'),
      told('home', '2026-11-01', 'settled'),
    ]
    expect(offersFor(all, nothing).map(({ source }) => source)).toEqual([
      'abuse-2026-11-01',
      'home-2026-11-01',
    ])
    const known = { home: { state: 'known', value: 'nowhere', askedOn: '' } } as const
    expect(offersFor(all, { ...nothing, answers: known })).toHaveLength(1)
  })

  test.each([
    ['unknown', 1],
    ['not-private', 1],
    ['declined', 0],
    ['not-now', 0],
  ] as const)(
    'after %s there are %i offers: what somebody would not say here is not held up to them',
    (state, n) => {
      const answers = { home: { state, value: null, askedOn: '2026-11-20' } }
      expect(offersFor([told('home', '2026-11-01', 'settled')], { ...nothing, answers })).toHaveLength(n)
    },
  )

  test('every question of the directory counts in a group of its own choosing', () => {
    const groups = facetWords('uk').map(({ id }) => groupOf(id))
    for (const group of groups) expect(questionGroups).toContain(group)
    expect(new Set(groups).size).toBeGreaterThan(4)
    expect(groupOf('language')).toBe('language')
  })
})

test('a letter that is kept in parts is one letter: two ages in it are nobody’s', () => {
  const part = (id: string, words: string, on = '2026-11-20') => ({
    id,
    words,
    letter: { from: 'The practice', on },
  })
  const parts = [part('a', 'Ash is aged 34.'), part('b', 'Robin is aged 9.')]
  expect(toldInLetters(parts)).toEqual([])
  expect(toldInLetters([part('a', 'Ash is aged 34.'), part('b', 'That is all.')])).toHaveLength(1)
  expect(toldInLetters([part('a', 'Ash is aged 34.'), part('b', 'Aged 35.', '2027-11-20')])).toHaveLength(2)
  expect(toldInLetters([{ id: 'c', words: 'Ash is aged 34.', letter: null }])).toEqual([])
})

describe('a letter that was kept', () => {
  const told = (words: string) =>
    toldInLetter(words, { from: 'The practice', on: '2026-11-20' }, 'note').map(({ answer }) => answer)
  test('answers age and language, unless it tells two of them', () => {
    expect(told('Ash is aged 34. Ash speaks Polish and needs an interpreter.')).toEqual([
      { about: 'detail', facet: 'age', value: 408 },
      { about: 'language', language: 'pl', interpreter: true },
    ])
    expect(told('Ash, aged 34, has a child aged 6. Ash speaks Polish or Urdu.')).toEqual([])
  })
})

describe('the trend that a lead sees', () => {
  const today = '2026-11-27'
  const rows = fc.array(
    fc.record({
      month: fc.constantFrom('2025-12', '2026-03', '2026-10', '2026-11'),
      group: fc.constantFrom(...questionGroups),
      count: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 12 },
  )

  test('is twelve months, and shows no number between none and the limit of the country', () => {
    expect(firstMonth(today)).toBe('2025-12-01')
    fc.assert(
      fc.property(rows, fc.constantFrom('uk', 'us'), (all, pack) => {
        const limit = pack === 'us' ? 10 : 5
        const { months, groups } = trendOf(all, pack, today)
        expect(months).toHaveLength(12)
        for (const { month, shown } of months) {
          const count = all.filter((row) => row.month === month).reduce((sum, row) => sum + row.count, 0)
          if (count > 0 && count < limit) expect(shown).toEqual({ fewerThan: limit })
          else expect(shown).toEqual({ count })
        }
        for (const group of groups ?? []) expect(group.count).toBeGreaterThanOrEqual(limit)
        // Where a month is hidden, the groups would give it away.
        if (months.some(({ shown }) => 'fewerThan' in shown)) expect(groups).toBeNull()
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})
