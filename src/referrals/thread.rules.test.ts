import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { backLevels, type ThreadState, threadStates } from '#envelopes'

import { type Side, threadActs, type ThreadKind } from './thread.ts'
import { actRules, actsOpen, hears, moved, refusalOf, stateAfter } from './thread.rules.ts'

const sides: readonly Side[] = ['from', 'to']
const kinds: readonly ThreadKind[] = ['ask', 'referral']

/** What each side may do in each state of a referral whose decision comes back. Written by hand, not from the rules. */
const allowed: Readonly<Record<ThreadState, Readonly<Record<Side, string>>>> = {
  sent: { from: 'withdraw undo', to: 'undo' },
  received: { from: 'withdraw undo unreached', to: 'question accept wait decline undo unreached' },
  question: { from: 'answer withdraw undo unreached', to: 'question accept wait decline undo unreached' },
  waiting: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question accept wait decline introduce met end take undo session unreached',
  },
  accepted: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question decline introduce met end take undo session unreached',
  },
  unreached: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question accept wait introduce met end take undo session unreached',
  },
  declined: { from: 'end withdraw reopen undo', to: 'end reopen undo' },
  started: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question introduce met end take undo session unreached',
  },
  met: { from: 'end withdraw reopen undo', to: 'end take reopen undo session' },
  ended: { from: 'withdraw reopen undo', to: 'reopen undo' },
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
    expect([...open].toSorted()).toEqual(['accept', 'answer', 'decline', 'end', 'question', 'reopen', 'undo'])
  })

  test('a sender who is told nothing may still record what was said on the telephone', () => {
    const untold = { side: 'from', kind: 'referral', state: 'sent', comesBack: 'nothing' } as const
    expect(actsOpen(untold)).toEqual(['introduce', 'met', 'end', 'withdraw', 'undo', 'unreached'])
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

  test('nobody reached is no end, and what was closed opens again, but never what was taken back', () => {
    for (const act of ['accept', 'wait', 'introduce', 'met', 'end'] as const)
      expect(stateAfter('unreached', act)).toBe(actRules[act].becomes)
    for (const act of ['question', 'answer', 'session'] as const)
      expect(stateAfter('unreached', act)).toBe('unreached')
    for (const state of ['declined', 'met', 'ended'] as const) {
      expect(stateAfter(state, 'unreached')).toBe(state)
      expect(stateAfter(state, 'reopen')).toBe('received')
    }
    expect(moved('accepted', 'reopened')).toBe('accepted')
    expect(moved('withdrawn', 'reopened')).toBe('withdrawn')
  })

  test('what an act makes of a thread is what its news makes of the other', () => {
    for (const act of threadActs)
      for (const at of threadStates) {
        const { becomes, sides: who } = actRules[act]
        if (becomes === null || becomes === 'withdrawn' || becomes === 'reopened' || who.length === 0)
          continue
        expect(stateAfter(at, act)).toBe(moved(at, becomes) === becomes ? becomes : at)
      }
  })

  test('each level hears what lies below it', () => {
    expect(hears('outcome', 'received')).toBe(true)
    expect(hears('received', 'decision-and-place')).toBe(false)
    expect(hears('nothing', 'nothing')).toBe(true)
  })
})
