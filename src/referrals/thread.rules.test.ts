import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { backLevels, type ThreadState, threadStates } from '#envelopes'

import { type Side, threadActs, type ThreadKind } from './thread.ts'
import { actRules, actsOpen, hears, moved, refusalOf, stateAfter } from './thread.rules.ts'

const sides: readonly Side[] = ['from', 'to']
const kinds: readonly ThreadKind[] = ['ask', 'referral']

/** What each side may do in each state of a referral whose decision comes back. Written by hand, not from the rules. */
const allowed: Readonly<Record<ThreadState, Readonly<Record<Side, string>>>> = {
  sent: { from: 'withdraw', to: '' },
  received: { from: 'withdraw', to: 'question accept wait decline' },
  question: { from: 'answer withdraw', to: 'question accept wait decline' },
  waiting: {
    from: 'answer introduce met end withdraw',
    to: 'question accept wait decline introduce met end take',
  },
  accepted: { from: 'answer introduce met end withdraw', to: 'question decline introduce met end take' },
  declined: { from: 'end withdraw', to: 'end' },
  started: { from: 'answer introduce met end withdraw', to: 'introduce met end take' },
  met: { from: 'end withdraw', to: 'end take' },
  ended: { from: 'withdraw', to: '' },
  withdrawn: { from: '', to: '' },
}

describe('who may do what', () => {
  test.each(threadStates.flatMap((state) => sides.map((side) => [state, side] as const)))(
    'in %s on side %s',
    (state, side) => {
      const open = actsOpen({ side, kind: 'referral', state, comesBack: 'decision-and-place' })
      expect(open.join(' ')).toBe(allowed[state][side])
    },
  )

  test('an ask is only asked, answered, decided and put away', () => {
    const open = new Set(
      threadStates.flatMap((state) =>
        sides.flatMap((side) => actsOpen({ side, kind: 'ask', state, comesBack: 'outcome' })),
      ),
    )
    expect([...open].toSorted()).toEqual(['accept', 'answer', 'decline', 'end', 'question'])
  })

  test('a sender who is told nothing may still record what was said on the telephone', () => {
    const untold = { side: 'from', kind: 'referral', state: 'sent', comesBack: 'nothing' } as const
    expect(actsOpen(untold)).toEqual(['introduce', 'met', 'end', 'withdraw'])
  })

  test('every combination has an answer, and a refusal names its rule', () => {
    let answered = 0
    for (const act of threadActs)
      for (const side of sides)
        for (const kind of kinds)
          for (const state of threadStates)
            for (const comesBack of backLevels) {
              const refusal = refusalOf({ side, kind, state, comesBack }, act)
              if (refusal !== null) expect(refusal.refused).toMatch(/^[a-z-]+$/)
              else expect(threadStates).toContain(stateAfter(state, act))
              answered += 1
            }
    expect(answered).toBe(threadActs.length * 2 * 2 * threadStates.length * backLevels.length)
  })
})

describe('where a thread stands', () => {
  const state = fc.constantFrom(...threadStates)

  test('news never takes it back, a question apart, and never out of a withdrawal', () => {
    fc.assert(
      fc.property(state, fc.array(state, { maxLength: 12 }), (start, news) => {
        let at = start
        for (const next of news) {
          const after = moved(at, next)
          if (at === 'withdrawn') expect(after).toBe('withdrawn')
          if (at === 'ended') expect(after).toBe('ended')
          if (at === 'declined') expect(['declined', 'ended']).toContain(after)
          if (next === 'withdrawn') expect(after).toBe(at)
          at = after
        }
      }),
      { seed: 8 },
    )
  })

  test('an answer after a decision changes nothing that was decided', () => {
    expect(stateAfter('accepted', 'answer')).toBe('accepted')
    expect(stateAfter('waiting', 'question')).toBe('waiting')
    expect(stateAfter('question', 'answer')).toBe('received')
    expect(stateAfter('declined', 'end')).toBe('ended')
    expect(stateAfter('ended', 'withdraw')).toBe('withdrawn')
  })

  test('what an act makes of a thread is what its news makes of the other', () => {
    for (const act of threadActs)
      for (const at of threadStates) {
        const { becomes, sides: who } = actRules[act]
        if (becomes === null || becomes === 'withdrawn' || who.length === 0) continue
        expect(stateAfter(at, act)).toBe(moved(at, becomes) === becomes ? becomes : at)
      }
  })

  test('each level hears what lies below it', () => {
    expect(hears('outcome', 'received')).toBe(true)
    expect(hears('received', 'decision-and-place')).toBe(false)
    expect(hears('nothing', 'nothing')).toBe(true)
  })
})
