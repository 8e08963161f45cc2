import { describe, expect, test } from 'vitest'

import { backLevels } from '#envelopes'

import { askAgainFrom, chaseUnit, hearsAnswer, lateBy, whyLate } from './chase.rules.ts'
import type { ThreadEvent } from './thread.ts'

const at = (text: string) => new Date(`2026-11-${text}:00Z`)
const event = (kind: string, when: Date) =>
  ({ id: 'x', kind, at: when, actorId: null, envelopeId: null, undoes: null, undoable: false }) as ThreadEvent

test('the next one is told after as long as there was for the answer, between half an hour and a day', () => {
  const minutes = (from: string, to: string) => chaseUnit(at(from), at(to)) / 60_000
  expect(minutes('27T10:00', '27T10:10')).toBe(30)
  expect(minutes('27T10:00', '27T14:00')).toBe(240)
  expect(minutes('23T10:00', '27T14:00')).toBe(1440)
})

test('how late it is, in the unit that somebody would say', () => {
  const due = at('20T10:00')
  expect(lateBy(due, at('20T10:00'))).toEqual({ unit: 'minutes', count: 1 })
  expect(lateBy(due, at('20T10:59'))).toEqual({ unit: 'minutes', count: 59 })
  expect(lateBy(due, at('20T11:01'))).toEqual({ unit: 'hours', count: 1 })
  expect(lateBy(due, at('22T09:00'))).toEqual({ unit: 'hours', count: 47 })
  expect(lateBy(due, at('22T10:00'))).toEqual({ unit: 'days', count: 2 })
})

test('an answer is due to the side that asked only where one may come back', () => {
  expect(backLevels.filter((comesBack) => hearsAnswer({ kind: 'referral', comesBack }))).toEqual([
    'decision-and-place',
    'first-contact',
    'outcome',
  ])
  expect(backLevels.every((comesBack) => hearsAnswer({ kind: 'ask', comesBack }))).toBe(true)
})

describe('asking again', () => {
  const thread = {
    side: 'from',
    kind: 'referral',
    state: 'received',
    comesBack: 'outcome',
    startedAt: at('20T10:00'),
    dueAt: at('23T17:00'),
    expectedAt: null,
    askAt: null,
  } as const

  test('from the due time on, and a day after it was asked last', () => {
    expect(askAgainFrom(thread, [], true)).toEqual(at('23T17:00'))
    expect(askAgainFrom(thread, [event('nudged', at('24T09:00'))], true)).toEqual(at('25T09:00'))
    expect(askAgainFrom({ ...thread, dueAt: null }, [], true)).toEqual(at('21T10:00'))
  })

  test('after the yes from a day after the planned one, or by the own clock, as far as it may come back', () => {
    const planned = { ...thread, state: 'accepted', expectedAt: at('24T12:00') } as const
    expect(askAgainFrom(planned, [], true)).toEqual(at('25T12:00'))
    expect(askAgainFrom({ ...planned, askAt: at('29T09:00') }, [], true)).toEqual(at('29T09:00'))
    const told = (state: 'waiting' | 'started') =>
      backLevels.filter((comesBack) => askAgainFrom({ ...planned, state, comesBack }, [], true) !== null)
    expect(told('waiting')).toEqual(['decision-and-place', 'first-contact', 'outcome'])
    expect(told('started')).toEqual(['first-contact', 'outcome'])
    expect(askAgainFrom({ ...planned, state: 'unreached', askAt: at('24T09:00') }, [], true)).toBeNull()
    expect(askAgainFrom({ ...planned, kind: 'ask' }, [], true)).toBeNull()
  })

  test('the line of what is late says why, where no answer is', () => {
    expect(whyLate(thread)).toBeNull()
    expect(whyLate({ ...thread, comesBack: 'received' })).toBe('own-clock')
    expect(whyLate({ ...thread, side: 'to', comesBack: 'received' })).toBeNull()
    expect(whyLate({ ...thread, state: 'waiting' })).toBe('planned-day')
    expect(whyLate({ ...thread, state: 'waiting', askAt: at('24T09:00') })).toBe('look-again')
    expect(whyLate({ ...thread, state: 'unreached', askAt: at('24T09:00') })).toBe('unreached')
  })

  test('never where there is nothing to ask for', () => {
    expect(askAgainFrom({ ...thread, side: 'to' }, [], true)).toBeNull()
    expect(askAgainFrom({ ...thread, state: 'question' }, [], true)).toBeNull()
    expect(askAgainFrom({ ...thread, state: 'accepted' }, [], true)).toBeNull()
    expect(askAgainFrom({ ...thread, comesBack: 'received' }, [], true)).toBeNull()
    expect(askAgainFrom(thread, [], false)).toBeNull()
  })
})
