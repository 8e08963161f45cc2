import { describe, expect, test } from 'vitest'

import { answersWith, fieldsOf, fieldsPosted } from './answer-form.rules.ts'
import type { Answer } from './answer.ts'
import { placedIn } from './form.rules.ts'
import { newItem } from './item-form.rules.ts'

const option = (code: string) => ({ code, label: code, score: null, sort: 'coding' as const, kept: {} })
const items = [
  newItem('words', 'text', 'Words'),
  newItem('yes', 'yes-no', 'Yes?'),
  { ...newItem('one', 'choice', 'One'), options: [option('a'), option('b')] },
  { ...newItem('some', 'several', 'Some'), options: [option('a'), option('b')] },
  newItem('day', 'date', 'Day'),
  newItem('count', 'number', 'Count'),
]
const placed = placedIn(items)
const asked = ['0', '1', '2', '3', '4', '5']
const posted = (fields: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries({ asked, ...fields }))
const read = (
  fields: Readonly<Record<string, readonly string[]>>,
  before: ReadonlyMap<string, Answer> = new Map(),
) => answersWith(placed, fieldsPosted(placed, posted(fields)), before)

describe('what was typed', () => {
  test('becomes answers, and answers become the same fields again', () => {
    const { answers, mistakes } = read({
      q0: [' Tea '],
      q1: ['no'],
      q2: ['is-1'],
      q3: ['is-0', 'is-1'],
      'q4-day': ['2'],
      'q4-month': ['12'],
      'q4-year': ['2025'],
      q5: ['1,250'],
    })
    expect(mistakes.size).toBe(0)
    expect(Object.fromEntries(answers)).toEqual({
      words: { state: 'answered', value: 'Tea' },
      yes: { state: 'answered', value: false },
      one: { state: 'answered', value: 'b' },
      some: { state: 'answered', value: ['a', 'b'] },
      day: { state: 'answered', value: '2025-12-02' },
      count: { state: 'answered', value: 1250 },
    })
    expect(answersWith(placed, fieldsOf(placed, answers), new Map()).answers).toEqual(answers)
  })

  test('nothing is required: an empty page is no mistake and no answer', () => {
    const { answers, mistakes } = read({}, new Map([['yes', { state: 'answered', value: true }]]))
    expect([answers.size, mistakes.size]).toEqual([0, 0])
  })

  test('a reason stands instead of an answer, for every kind, and comes back as it was', () => {
    const { answers } = read({
      'q0-why': ['not-private'],
      q1: ['declined'],
      q2: ['unknown'],
      'q3-why': ['unknown'],
      'q4-why': ['declined'],
      'q5-why': ['not-private'],
    })
    expect([...answers.values()].map(({ state }) => state)).toEqual([
      'not-private',
      'declined',
      'unknown',
      'unknown',
      'declined',
      'not-private',
    ])
    expect(answersWith(placed, fieldsOf(placed, answers), new Map()).answers).toEqual(answers)
  })

  test('what did not stand on the page keeps its answer; *leave it open* takes one away', () => {
    const before = new Map<string, Answer>([
      ['words', { state: 'answered', value: 'Tea' }],
      ['yes', { state: 'answered', value: true }],
    ])
    const { answers } = answersWith(
      placed,
      fieldsPosted(
        placed,
        new Map([
          ['asked', ['1']],
          ['q1', ['open']],
        ]),
      ),
      before,
    )
    expect(Object.fromEntries(answers)).toEqual({ words: { state: 'answered', value: 'Tea' } })
  })

  test.each([
    [{ q0: ['Tea'], 'q0-why': ['unknown'] }, 'words', 'both'],
    [{ q5: ['two'] }, 'count', 'number'],
    [{ q5: ['2.5'] }, 'count', 'number'],
    [{ 'q4-day': ['31'], 'q4-month': ['2'], 'q4-year': ['2026'] }, 'day', 'date'],
    [{ 'q4-day': ['1'] }, 'day', 'date'],
    [{ q0: ['x'.repeat(8001)] }, 'words', 'too-long'],
  ] as const)('a mistake is said at its question: %o', (fields, question, rule) => {
    expect(read(fields as never).mistakes.get(question)?.rule).toBe(rule)
  })
})
