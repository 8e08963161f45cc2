import { describe, expect, test } from 'vitest'

import type { Answer, Answers } from './answer.ts'
import { askedEachTime, isAskedEachTime } from './each-time.rules.ts'
import { answeredBefore, type FilledBefore, withEarlier } from './earlier.rules.ts'
import type { FormBody, Item } from './form.ts'
import { newItem } from './item-form.rules.ts'

const yes: Answer = { state: 'answered', value: true }
const body = (...items: readonly Item[]): FormBody => ({
  title: 'First talk',
  purpose: '',
  items: [...items],
  kept: {},
  origin: null,
  licence: null,
})
const listed = (id: string, ...options: readonly (readonly [string, string])[]): Item => ({
  ...newItem(id, 'choice', 'Where do you sleep?'),
  options: options.map(([code, label]) => ({ code, label, score: null, sort: 'coding', kept: {} })),
})
const hangsOn = (item: Item, question: string): Item => ({
  ...item,
  when: { all: true, conditions: [{ question, operator: '=', value: true }] },
})
const before = (form: FormBody, answers: Record<string, Answer>, formId = 'a', id = 'f1'): FilledBefore => ({
  formId,
  body: form,
  filled: { id, version: 1, title: form.title, answers: new Map(Object.entries(answers)) },
  on: '2026-05-04',
})
const found = (form: FormBody, ...filled: readonly FilledBefore[]) =>
  [...answeredBefore({ formId: 'a', body: form }, filled)].map(([id, { value }]) => [id, value])

const animals = newItem('q1', 'yes-no', 'Are there animals?')

describe('what was answered before', () => {
  test('is offered for the same question of the same form, with form and day, and how it was worded then', () => {
    const reworded = { ...animals, text: 'Are there animals to think of?' }
    const offers = answeredBefore({ formId: 'a', body: body(reworded) }, [before(body(animals), { q1: yes })])
    expect(offers.get('q1')).toEqual({
      source: 'f1:1',
      value: true,
      from: { form: 'First talk', on: '2026-05-04' },
      wording: 'Are there animals?',
    })
  })

  test('is offered for the same words and kind in another form, and for no other', () => {
    const other = before(body({ ...animals, id: 'x9', text: 'ARE there animals ?' }), { x9: yes }, 'b')
    expect(found(body(animals), other)).toEqual([['q1', true]])
    expect(found(body({ ...animals, kind: 'text' }), other)).toEqual([])
    expect(found(body({ ...animals, text: 'Are there children?' }), other)).toEqual([])
    // The id alone says nothing between two forms.
    expect(found(body({ ...animals, id: 'x9', text: 'Is there a weapon?' }), other)).toEqual([])
  })

  test('is not mixed up where the same words count other things, or stand twice', () => {
    const children = newItem('c', 'yes-no', 'Children?')
    const many = (id: string) => newItem(id, 'number', 'How many?')
    const three: Answer = { state: 'answered', value: 3 }
    const filled = before(body(children, hangsOn(many('n'), 'c')), { c: yes, n: three }, 'b')
    expect(found(body(children, hangsOn(many('m'), 'c')), filled)).toEqual([
      ['c', true],
      ['m', 3],
    ])
    expect(found(body(animals, hangsOn(many('m'), 'q1')), filled)).toEqual([])
    expect(found(body(many('m'), many('k')), before(body(many('n')), { n: three }, 'b'))).toEqual([])
  })

  test('the newest counts; a reason is never offered, and only what was not asked lets the older one stand', () => {
    const older = before(body(animals), { q1: yes }, 'a', 'old')
    const newer = (answer: Answer) => before(body(animals), { q1: answer }, 'a', 'new')
    expect(found(body(animals), newer({ state: 'answered', value: false }), older)).toEqual([['q1', false]])
    expect(found(body(animals), newer({ state: 'declined' }), older)).toEqual([])
    expect(found(body(animals), newer({ state: 'unknown' }), older)).toEqual([])
    expect(found(body(animals), newer({ state: 'not-private' }), older)).toEqual([['q1', true]])
  })

  test('an answer that was then no longer asked is not offered', () => {
    const more = hangsOn(newItem('q2', 'text', 'Which?'), 'q1')
    const which: Answer = { state: 'answered', value: 'A cat' }
    const no: Answer = { state: 'answered', value: false }
    expect(found(body(animals, more), before(body(animals, more), { q1: no, q2: which }))).toEqual([
      ['q1', false],
    ])
  })

  test('an answer of a list is found by its words, and is none where they are gone', () => {
    const filled = before(body(listed('s', ['1', 'At a friend’s'], ['2', 'Outside'])), {
      s: { state: 'answered', value: '2' },
    })
    expect(found(body(listed('s', ['7', 'Outside'])), filled)).toEqual([['s', '7']])
    expect(found(body(listed('s', ['2', 'In a car'])), filled)).toEqual([])
  })

  test('a question about the time of the talk and an instrument of others are asked each time', () => {
    const filled = before(body(animals), { q1: yes })
    const marked = { ...animals, kept: askedEachTime({ prefix: '1' }, true) }
    expect([isAskedEachTime(marked), marked.kept['prefix']]).toEqual([true, '1'])
    expect(found(body(marked), filled)).toEqual([])
    expect(askedEachTime(marked.kept, false)).toEqual({ prefix: '1' })
    expect(found({ ...body(animals), title: 'Danger Assessment' }, filled)).toEqual([])
  })
})

describe('what became of it', () => {
  const offers = answeredBefore({ formId: 'a', body: body(animals) }, [before(body(animals), { q1: yes })])
  const decided = (answers: Record<string, Answer>, act: 'use' | 'again' | '', source = 'f1:1') => {
    const given: Answers = new Map(Object.entries(answers))
    const done = withEarlier(given, offers, new Map([['q1', { act, source }]]))
    return [done.answers.get('q1'), done.mistakes.get('q1')?.rule, done.again]
  }
  const from = { form: 'First talk', on: '2026-05-04' }

  test('used, it keeps where it came from and is no repeat', () => {
    expect(decided({}, 'use')).toEqual([{ ...yes, from }, undefined, 0])
  })

  test('asked again, it is counted once, also where nobody pressed but asked', () => {
    expect(decided({ q1: yes }, 'again')).toEqual([yes, undefined, 1])
    expect(decided({ q1: yes }, '')).toEqual([yes, undefined, 1])
    expect(decided({ q1: { state: 'declined' } }, 'again').at(-1)).toBe(1)
    expect(decided({ q1: { state: 'not-private' } }, 'again').at(-1)).toBe(0)
    expect(decided({}, '')).toEqual([undefined, undefined, 0])
    expect(decided({}, 'again').at(-1)).toBe(0)
  })

  test('a new answer beside it, and an answer that changed meanwhile, are said and take nothing', () => {
    expect(decided({ q1: { state: 'answered', value: false } }, 'use')[1]).toBe('earlier-and-new')
    expect(decided({}, 'use', 'f1:0')).toEqual([undefined, 'earlier-changed', 0])
  })
})
