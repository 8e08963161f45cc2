import { describe, expect, test } from 'vitest'

import { type ThreadState, threadStates } from '#envelopes'

import { nextStep, openQuestion } from './next-step.rules.ts'
import uk from './words.uk.json' with { type: 'json' }

test('every state of every side has a next step with words, and offers only what may be done', () => {
  const words: Readonly<Record<string, string>> = uk.referrals.next
  for (const state of threadStates)
    for (const kind of ['ask', 'referral'] as const)
      for (const side of ['from', 'to'] as const)
        for (const caseId of [null, 'case'])
          for (const shared of [true, false]) {
            const thread = { side, kind, state, caseId, comesBack: 'outcome' } as const
            const step = nextStep(thread, shared, true)
            expect(words[step.key], step.key).toBeTypeOf('string')
            if (!shared && state !== 'withdrawn')
              expect([...step.acts, ...step.others].filter((act) => act !== 'end')).toEqual([])
          }
})

describe('who sent', () => {
  const offered = (kind: 'ask' | 'referral', state: ThreadState, asked: boolean) => {
    const thread = { side: 'from', kind, state, caseId: 'case', comesBack: 'outcome' } as const
    const step = nextStep(thread, true, asked)
    return [...step.acts, ...step.others].includes('answer')
  }

  test('can write first once there was an answer, of somebody by name', () => {
    const states = threadStates.filter((state) => offered('referral', state, false))
    expect(states.toSorted()).toEqual(['accepted', 'started', 'unreached', 'waiting'])
    expect(threadStates.filter((state) => offered('ask', state, false))).toEqual([])
  })

  test('answers whatever is asked', () => {
    const states = threadStates.filter((state) => offered('referral', state, true))
    expect(states.toSorted()).toEqual(['accepted', 'question', 'started', 'unreached', 'waiting'])
    expect(offered('ask', 'question', true)).toBe(true)
  })
})

test('who was asked can ask until they have met', () => {
  const states = threadStates.filter((state) => {
    const thread = { side: 'to', kind: 'referral', state, caseId: 'case', comesBack: 'outcome' } as const
    const step = nextStep(thread, true, false)
    return [...step.acts, ...step.others].includes('question')
  })
  expect(states.toSorted()).toEqual(['accepted', 'question', 'received', 'started', 'unreached', 'waiting'])
})

test.each([
  [false, [['accepted']]],
  [true, [['question']]],
  [false, [['question'], ['answer']]],
  [true, [['question'], ['answer'], ['question']]],
  [
    false,
    [
      ['question', 'q'],
      ['undone', 'u', 'q'],
    ],
  ],
  [true, [['question'], ['answer', 'a'], ['undone', 'u', 'a']]],
] as const)('a question is open %s: %j', (open, lines) => {
  const events = lines.map(([kind = '', id = '', undoes = null]: readonly (string | null)[]) => ({
    kind: kind ?? '',
    id: id ?? '',
    undoes,
  }))
  expect(openQuestion(events)).toBe(open)
})

test('what was taken once is not offered again', () => {
  const thread = {
    side: 'to',
    kind: 'referral',
    state: 'accepted',
    caseId: 'case',
    comesBack: 'outcome',
  } as const
  const step = nextStep(thread, true, false)
  expect([...step.acts, ...step.others]).not.toContain('take')
})
