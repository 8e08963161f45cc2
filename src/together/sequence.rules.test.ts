import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { threadStates } from '#envelopes'

import { orderOf, stagesOf, waitRefused } from './sequence.rules.ts'
import { type Wait, waitStates } from './step.ts'
import { viewIds, views } from './view.ts'

const today = '2027-03-10'
const after = (said: Partial<Wait>): Wait => ({
  step: 'first',
  thread: null,
  state: 'started',
  on: null,
  ...said,
})

describe('what comes next', () => {
  test.each([
    ['nothing is waited for', null, null, 'free'],
    ['nothing was sent yet, or not for this reader', after({}), null, 'waits'],
    ['sent and not decided', after({}), 'received', 'waits'],
    ['they said yes, and an introduction is waited for', after({}), 'accepted', 'waits'],
    ['an introduction is agreed', after({}), 'started', 'ready'],
    ['they met, which is more', after({}), 'met', 'ready'],
    ['the day came first', after({ on: '2027-03-10' }), 'received', 'ready'],
    ['the day is to come', after({ on: '2027-03-11' }), 'received', 'waits'],
    ['only a day, which came', after({ step: null, on: '2027-03-01' }), null, 'ready'],
    ['a no: what was waited for will not come', after({}), 'declined', 'stuck'],
    ['taken back', after({}), 'withdrawn', 'stuck'],
    ['a no, and the day came', after({ on: '2027-03-01' }), 'declined', 'ready'],
  ] as const)('%s', (_, wait, state, order) => {
    const stood = state === null ? [] : [state]
    expect(orderOf({ wait, thread: null, waits: wait !== null }, stood, today)).toBe(order)
  })

  test.each([
    ['a no that was put away', 'accepted', ['received', 'declined'], 'stuck'],
    [
      'a yes that was taken back, and then put away',
      'accepted',
      ['received', 'accepted', 'declined'],
      'stuck',
    ],
    ['a yes, and then its end', 'accepted', ['received', 'accepted'], 'ready'],
    ['a yes before nobody was reached for a while', 'accepted', ['accepted', 'unreached'], 'ready'],
    ['a yes, where a meeting was waited for', 'met', ['received', 'accepted', 'started'], 'stuck'],
    ['they met, and met was waited for', 'met', ['accepted', 'met'], 'ready'],
    ['a yes, an end, opened again and no yes since', 'accepted', ['accepted', 'ended', 'received'], 'stuck'],
    ['a no, opened again, and a yes since', 'accepted', ['declined', 'received', 'accepted'], 'ready'],
    ['they met and it was put away twice', 'met', ['accepted', 'met', 'ended'], 'ready'],
    ['nothing heard of it', 'accepted', ['sent'], 'stuck'],
    ['only the end was waited for', 'ended', ['received', 'declined'], 'ready'],
  ] as const)('it ended after %s: the turn has come only for what was there', (_, state, before, order) => {
    const stood = [...before, 'ended'] as const
    expect(orderOf({ wait: after({ state }), thread: null, waits: true }, stood, today)).toBe(order)
  })

  test('what went has begun, and what a worker let begin waits for nothing', () => {
    expect(orderOf({ wait: after({}), thread: 'x', waits: true }, [], today)).toBe('begun')
    expect(orderOf({ wait: after({}), thread: null, waits: false }, [], today)).toBe('free')
  })

  test('whatever is waited for, a further state of the other referral never takes a step back', () => {
    const forward = ['sent', 'received', 'waiting', 'accepted', 'started', 'met', 'ended'] as const
    for (const state of waitStates) {
      const ready = forward.map((_at, n) =>
        orderOf({ wait: after({ state }), thread: null, waits: true }, forward.slice(0, n + 1), today),
      )
      expect(ready.lastIndexOf('waits')).toBeLessThan(ready.includes('ready') ? ready.indexOf('ready') : 99)
    }
    for (const at of threadStates)
      expect(['waits', 'ready', 'stuck']).toContain(
        orderOf({ wait: after({}), thread: null, waits: true }, [at], today),
      )
  })
})

describe('which order can stand', () => {
  test('for something, and never for itself', () => {
    const none = after({ step: null })
    expect(waitRefused('a', none, [])).toEqual({ refused: 'nothing-waited-for' })
    expect(waitRefused('a', after({ step: null, on: today }), [])).toBeNull()
    expect(waitRefused('a', after({ step: 'a' }), [])).toEqual({ refused: 'waits-for-itself' })
    const ring = [
      { id: 'b', wait: after({ step: 'c' }) },
      { id: 'c', wait: after({ step: 'a' }) },
    ]
    expect(waitRefused('a', after({ step: 'b' }), ring)).toEqual({ refused: 'waits-for-itself' })
    expect(waitRefused('a', after({ step: 'b' }), [{ id: 'b', wait: null }])).toBeNull()
  })

  test('each step stands once, and after the one that it waits for', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const any = fc.array(fc.option(fc.constantFrom(...ids)), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(any, (before) => {
        const steps: { id: string; wait: Wait | null }[] = ids.map((id) => ({ id, wait: null }))
        for (const [at, step] of steps.entries()) {
          const wait = before[at] === null || before[at] === undefined ? null : after({ step: before[at] })
          if (wait !== null && waitRefused(step.id, wait, steps) === null) step.wait = wait
        }
        const stages = stagesOf(steps)
        expect(
          stages
            .flat()
            .map((step) => step.id)
            .toSorted(),
        ).toEqual(ids)
        const stage = (id: string | null) => stages.findIndex((each) => each.some((step) => step.id === id))
        for (const step of steps)
          if (step.wait !== null) expect(stage(step.wait.step)).toBeLessThan(stage(step.id))
      }),
      { numRuns: 60 },
    )
  })
})

test('uk 3.4: ten views of the order are data with what they ask for; each is there once', () => {
  expect(views.map((view) => view.id).toSorted()).toEqual([...viewIds].toSorted())
  for (const view of views) expect(view.criteria.join('').length).toBeGreaterThan(5)
})
