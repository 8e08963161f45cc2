import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { anyForm } from '../../test/intake/any-form.ts'
import { type Answer, reasons } from './answer.ts'
import { shownIn } from './branching.rules.ts'
import { isQuestion, placedIn } from './form.rules.ts'
import type { Item } from './form.ts'
import { newItem } from './item-form.rules.ts'
import { scoreOf } from './score.rules.ts'

const runs = process.env['ANYDOOR_PROVE'] === undefined ? 300 : 10_000

/** Chance answers: none, a reason, or a value of the question's kind. */
function answerTo(item: Item, n: number): Answer | null {
  if (n % 4 === 0) return null
  if (n % 4 === 1) return { state: reasons[n % 3] ?? 'unknown' }
  const option = item.options[n % Math.max(1, item.options.length)]?.code ?? ''
  const values = {
    'yes-no': n % 3 === 0,
    choice: option,
    several: [option],
    number: n % 10,
    date: '2026-03-01',
    text: n % 2 === 0 ? 'tea' : 'bread',
    long: 'tea',
    section: '',
    instruction: '',
  }
  return { state: 'answered', value: values[item.kind] }
}

describe('what is asked', () => {
  test('is never a question whose condition nobody answered, in any form with any answers', () => {
    fc.assert(
      fc.property(anyForm, fc.infiniteStream(fc.nat(10_000)), (form, chances) => {
        const placed = placedIn(form.items)
        const given = placed.flatMap(({ item }) => {
          const answer = isQuestion(item) ? answerTo(item, Number(chances.next().value)) : null
          return answer === null ? [] : [[item.id, answer] as const]
        })
        const answers = new Map(given)
        const shown = shownIn(form.items, answers)
        const answered = (id: string) => shown.has(id) && answers.get(id)?.state === 'answered'
        for (const { item, parent } of placed) {
          if (!shown.has(item.id)) continue
          expect(item.retired).toBe(false)
          if (parent !== null) expect(shown.has(parent.id)).toBe(true)
          if (parent !== null && isQuestion(parent) && item.kind !== 'instruction')
            expect(answered(parent.id)).toBe(true)
          const asked = item.when?.conditions.map(({ question }) => answered(question)) ?? [true]
          expect(item.when?.all === false ? asked.some(Boolean) : asked.every(Boolean)).toBe(true)
        }
      }),
      { numRuns: runs },
    )
  })

  test('follows answers: all, any, not, more than, and what lies in a question', () => {
    const drink = newItem('drink', 'yes-no', 'Tea?')
    const cups = newItem('cups', 'number', 'Cups')
    const where = {
      ...newItem('where', 'text', 'Where?'),
      items: [newItem('hint', 'instruction', 'A room'), newItem('who', 'text', 'With whom?')],
    }
    const when = (all: boolean) => ({
      all,
      conditions: [
        { question: 'drink', operator: '=' as const, value: true },
        { question: 'cups', operator: '>' as const, value: 2 },
      ],
    })
    const items = [
      drink,
      cups,
      where,
      { ...newItem('both', 'text', 'B'), when: when(true) },
      { ...newItem('one', 'text', 'O'), when: when(false) },
    ]
    const ids = (...given: readonly (readonly [string, Answer])[]) => [...shownIn(items, new Map(given))]
    const yes = (value: boolean | number | string): Answer => ({ state: 'answered', value })
    expect(ids()).toEqual(['drink', 'cups', 'where', 'hint'])
    expect(ids(['drink', yes(true)])).toContain('one')
    expect(ids(['drink', yes(true)])).not.toContain('both')
    expect(ids(['drink', yes(true)], ['cups', yes(2)])).not.toContain('both')
    expect(ids(['drink', yes(true)], ['cups', yes(3)])).toContain('both')
    expect(ids(['drink', { state: 'declined' }], ['cups', { state: 'unknown' }])).not.toContain('one')
    expect(ids(['where', yes('home')])).toContain('who')
  })

  test('a value is added up only where its question is asked and answered', () => {
    const often = {
      ...newItem('often', 'choice', 'How often?'),
      options: [
        { code: 'a', label: 'Never', score: 0, sort: 'coding' as const, kept: {} },
        { code: 'b', label: 'Often', score: 2.5, sort: 'coding' as const, kept: {} },
      ],
    }
    const again = {
      ...often,
      id: 'again',
      when: { all: true, conditions: [{ question: 'often', operator: '=' as const, value: 'b' }] },
    }
    const of = (answers: readonly (readonly [string, string])[]) =>
      scoreOf(
        { items: [often, again] },
        new Map(answers.map(([id, value]) => [id, { state: 'answered' as const, value }])),
      )
    expect(of([])).toEqual({ sum: 0, answered: 0, asked: 1 })
    expect(
      of([
        ['often', 'b'],
        ['again', 'b'],
      ]),
    ).toEqual({ sum: 5, answered: 2, asked: 2 })
    expect(
      of([
        ['often', 'a'],
        ['again', 'b'],
      ]),
    ).toEqual({ sum: 0, answered: 1, asked: 1 })
    expect(scoreOf({ items: [newItem('x', 'text', 'X')] }, new Map())).toBeNull()
  })
})
