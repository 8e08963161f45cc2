import { expect, test } from 'vitest'

import { threadStates } from '#envelopes'

import { nextStep } from './next-step.rules.ts'
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

test('an answer is offered only while a question is open', () => {
  const thread = {
    side: 'from',
    kind: 'referral',
    state: 'accepted',
    caseId: 'case',
    comesBack: 'outcome',
  } as const
  expect(nextStep(thread, true, false).others).not.toContain('answer')
  expect(nextStep(thread, true, true).others).toContain('answer')
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
