import { describe, expect, test } from 'vitest'

import { facetById, type FacetWords, facetWords } from '#directory'

import { answerFor, asksDetail, detailOf, detailsFor, valueOfAnswer, withValues } from './detail.rules.ts'
import type { Item, Option } from './form.ts'
import { newItem } from './item-form.rules.ts'

const severity = facetById('severity', 'uk') as FacetWords
const age = facetById('age', 'uk') as FacetWords
const option = (code: string, label: string): Option => ({
  code,
  label,
  score: null,
  sort: 'coding',
  kept: {},
})
const list = (...options: readonly Option[]): Item => ({
  ...newItem('q1', 'choice', 'How hard is it?'),
  options: [...options],
  kept: asksDetail({ prefix: '1' }, options, severity),
})
const years: Item = { ...newItem('q2', 'number', 'How old?'), kept: asksDetail({}, [], age) }

describe('a question that asks a detail of the case', () => {
  test('has the values of the detail where no answer was written, and each is one', () => {
    const options = withValues([], severity)
    const item = list(...options)
    expect(options.map(({ label }) => label)).toEqual(severity.values.map(({ text }) => text))
    for (const { value } of severity.values) {
      const answer = answerFor(item, severity, value)
      expect(answer === null ? null : valueOfAnswer(item, severity, answer)).toBe(value)
    }
  })

  test('knows an answer by the detail’s own words, keeps it when it is worded anew, and takes no other for a value', () => {
    const item = list(option('a1', ' A little '), option('a2', 'Something else'))
    expect([answerFor(item, severity, 'mild'), answerFor(item, severity, 'severe')]).toEqual(['a1', null])
    expect([valueOfAnswer(item, severity, 'a1'), valueOfAnswer(item, severity, 'a2')]).toEqual(['mild', null])
    const worded = [option('a1', 'Somewhat'), option('a2', 'not at all')]
    const again = { ...item, options: worded, kept: asksDetail(item.kept, worded, severity) }
    expect([valueOfAnswer(again, severity, 'a1'), valueOfAnswer(again, severity, 'a2')]).toEqual([
      'mild',
      'none',
    ])
  })

  test('asks an age in whole years and is no age outside what an age can be', () => {
    expect([answerFor(years, age, 119), answerFor(years, age, 5)]).toEqual([9, 0])
    expect([valueOfAnswer(years, age, 9), valueOfAnswer(years, age, 9.9)]).toEqual([108, 108])
    expect([valueOfAnswer(years, age, -1), valueOfAnswer(years, age, 4000)]).toEqual([null, null])
    expect([valueOfAnswer(years, age, 'nine'), answerFor(years, age, 'x')]).toEqual([null, null])
  })

  test('is a question of its own again, and what came with a file stays', () => {
    const item = list(option('a1', 'a little'))
    expect([detailOf(item), item.kept['prefix']]).toEqual(['severity', '1'])
    expect(asksDetail(item.kept, item.options, null)).toEqual({ prefix: '1' })
  })

  test('is a list or a number, each with the details that fit', () => {
    const ids = (kind: 'choice' | 'number' | 'text') => detailsFor(kind, facetWords('uk')).map(({ id }) => id)
    expect(ids('number')).toContain('age')
    expect(ids('choice')).toContain('severity')
    expect([ids('choice').includes('age'), ids('text')]).toEqual([false, []])
  })
})
