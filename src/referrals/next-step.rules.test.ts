import { describe, expect, test } from 'vitest'

import { type ThreadState, threadStates } from '#envelopes'

import { besideWays, nextStep, openQuestion } from './next-step.rules.ts'
import { isGone } from './when.rules.ts'
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

describe('what is said before anything else', () => {
  const base = { kind: 'referral', caseId: 'case', comesBack: 'outcome' } as const
  const words: Readonly<Record<string, string>> = uk.referrals.next

  test.each(['from', 'to'] as const)(
    'a day that has gone by, and a meeting that did not come about: %s',
    (side) => {
      const waiting = { ...base, side, state: 'waiting' } as const
      const gone = nextStep(waiting, true, false, { dayGone: true })
      expect([gone.key, nextStep(waiting, true, false).key]).toEqual([
        `${side}-waiting-over`,
        `${side}-waiting`,
      ])
      const missed = nextStep({ ...base, side, state: 'started' }, true, false, { missed: true })
      expect(missed).toMatchObject({ key: 'missed', acts: ['introduce', 'met'] })
      expect([words[gone.key], words[missed.key]]).not.toContain(undefined)
    },
  )

  test.each(['from', 'to'] as const)('while somebody is not reached nothing stands twice: %s', (side) => {
    const beside = besideWays(nextStep({ ...base, side, state: 'unreached' }, true, true))
    expect(beside.filter((act) => ['question', 'answer', 'introduce', 'met'].includes(act))).toEqual([])
    expect(beside).toContain('end')
  })

  test('a no that nobody has settled is not ended first', () => {
    const no = { ...base, side: 'from', state: 'declined' } as const
    expect(nextStep(no, true, false, { noOpen: true }).acts).toEqual([])
    expect(nextStep(no, true, false).acts).toEqual(['end'])
  })
})

test('a day has gone by where the reader is, and never on the day itself', () => {
  const [named, now] = [new Date('2026-11-27T17:00:00Z'), Temporal.Instant.from('2026-11-28T02:00:00Z')]
  expect(isGone({ timeZone: 'America/New_York' }, named, now)).toBe(false)
  expect(isGone({ timeZone: 'Europe/London' }, named, now)).toBe(true)
  expect(isGone({ timeZone: 'Europe/London' }, null, now)).toBe(false)
})
