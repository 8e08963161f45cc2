import { expect, test } from 'vitest'
import { facets, facetWords, needs } from './facet.ts'
import {
  ageInWords,
  conditionHolds,
  conditionInWords,
  forbiddenIn,
  forbiddenSentence,
  permitted,
  readConditionText,
} from './threshold.rules.ts'

test('every facet has a question, a reason and a word for each value', () => {
  for (const pack of ['uk', 'us'] as const) {
    for (const words of facetWords(pack)) {
      const facet = facets.find((each) => each.id === words.id)
      expect(words.question, words.id).toMatch(/\?/)
      expect(words.why.length, words.id).toBeGreaterThan(10)
      if (facet?.kind !== 'integer') expect(words.values.map((each) => each.value)).toEqual(facet?.values)
    }
  }
  expect(facets.map((each) => each.id).every((id) => /^[a-z0-9][a-z0-9.-]*$/.test(id))).toBe(true)
  expect(needs.map((each) => each.id).every((id) => /^[a-z0-9][a-z0-9.-]*$/.test(id))).toBe(true)
})

test('a condition is said in plain words', () => {
  expect(
    conditionInWords(
      {
        age: { min: 84, max: 179 },
        abuse: { min: 'ended-3-to-12-months' },
        agreement: { not: ['none'] },
        home: ['refuge'],
        weeks: { min: 12 },
      },
      'uk',
    ),
  ).toEqual([
    'Age: 7 to 14',
    'How the abuse is now: it stopped 3 to 12 months ago or it stopped more than a year ago',
    'How long it has been hard: 12 weeks or more',
    'Where the person lives: in a refuge',
    'Who agrees: not nobody yet',
  ])
  expect(conditionInWords({ home: ['refuge'] }, 'us')).toEqual(['Where the person lives: in a shelter'])
  expect([ageInWords(9), ageInWords(60), ageInWords(213)]).toEqual(['9 months', '5', '17 and 9 months'])
})

test('unknown is never no', () => {
  const condition = { age: { min: 60 }, who: ['child'] }
  expect(conditionHolds(condition, {})).toBe('unknown')
  expect(conditionHolds(condition, { age: 60 })).toBe('unknown')
  expect(conditionHolds(condition, { age: 59 })).toBe('no')
  expect(conditionHolds(condition, { age: 60, who: 'child' })).toBe('yes')
  expect(conditionHolds({ risk: { min: 'medium', max: 'high' } }, { risk: 'conference' })).toBe('no')
})

test('what a pack forbids is named and never applied', () => {
  const condition = { substance: ['no'], age: { min: 216 }, risk: { min: 'high' } }
  const uk = forbiddenIn(condition, 'domestic-abuse', 'uk')
  expect(uk).toEqual({ rule: 'advocacy-never-asks-substance', facets: ['substance'] })
  expect(permitted(condition, uk.facets)).toEqual({ age: { min: 216 }, risk: { min: 'high' } })
  expect(forbiddenIn(condition, 'domestic-abuse', 'us').facets).toEqual(['substance', 'risk'])
  expect(forbiddenIn(condition, 'substance-use', 'uk')).toEqual({ rule: null, facets: [] })
  expect(forbiddenSentence('advocacy-never-asks-substance')).toMatch(/may not turn a person away/)
})

test('a condition that cannot be read says where and what would be right', () => {
  expect(readConditionText('{"age":{"min":216}}')).toMatchObject({
    ok: true,
    condition: { age: { min: 216 } },
  })
  expect(readConditionText('{"home":["castle"]}')).toMatchObject({
    ok: false,
    message: expect.stringContaining('condition.home[0]'),
  })
})
