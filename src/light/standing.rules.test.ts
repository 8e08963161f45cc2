import { expect, test } from 'vitest'

import { type BackLevel, backLevels } from '#envelopes'

import type { Link, LinkState } from './link.ts'
import { standingFor } from './standing.rules.ts'

const made = new Date('2026-11-20T10:00:00Z')
const later = (hours: number) => new Date(made.getTime() + hours * 3_600_000)

function link(state: LinkState): Link {
  const opened = ['opened', 'answered', 'left'].includes(state)
  return {
    id: 'l1',
    threadId: 't1',
    state,
    madeAt: made,
    endsAt: later(opened ? 3 : 72),
    openedAt: opened ? later(2) : null,
    askedAt: null,
    tries: opened ? 1 : 0,
  }
}

function standing(
  state: LinkState,
  comesBack: BackLevel,
  more: { hours?: number; heard?: boolean; kind?: 'ask'; at?: 'sent' | 'accepted' | 'ended' } = {},
) {
  return standingFor(link(state), {
    thread: { kind: more.kind ?? 'referral', comesBack, state: more.at ?? 'sent' },
    heard: more.heard ?? false,
    joined: false,
    now: later(more.hours ?? 2.5),
  })
}

test('where nothing may come back a link looks the same before and after it was used', () => {
  for (const hours of [2.5, 3.5, 71]) {
    const unused = standing('sent', 'nothing', { hours })
    expect(unused).toEqual({
      state: 'untold',
      endsAt: later(72),
      openedAt: null,
      tries: null,
      running: true,
    })
    for (const used of ['opened', 'answered', 'left'] as const)
      expect(standing(used, 'nothing', { hours }), used).toEqual(unused)
  }
  const over = standing('late', 'nothing', { hours: 73 })
  expect([over.state, over.running]).toEqual(['untold-over', false])
  for (const used of ['answered', 'left'] as const)
    expect(standing(used, 'nothing', { hours: 73 })).toEqual(over)
  for (const state of ['sent', 'answered', 'late'] as const)
    expect(standing(state, 'nothing', { at: 'ended' }).state).toBe('ended')
  expect(standing('spent', 'nothing').state).toBe('spent')
})

test('where the opening may come back, an answer and none look the same', () => {
  for (const hours of [2.5, 3.5]) {
    const opened = standing('left', 'received', { hours })
    expect(opened).toMatchObject({ state: 'opened', openedAt: later(2), running: hours < 3 })
    expect(standing('answered', 'received', { hours })).toEqual(opened)
  }
  expect(standing('late', 'received').state).toBe('late')
  // A question comes back here, and the answer to it lies on the thread.
  expect(standing('answered', 'received', { heard: true }).state).toBe('answered')
})

test('an answer that was kept back is none for the sender, at any level', () => {
  for (const level of ['decision-and-place', 'first-contact'] as const) {
    expect(standing('answered', level, { at: 'accepted' })).toEqual(
      standing('left', level, { at: 'accepted' }),
    )
    expect(standing('left', level).state).toBe('left')
    expect(standing('answered', level, { heard: true }).state).toBe('answered')
  }
})

test('where everything comes back, and for a question without a name, it is told as it is', () => {
  const states = ['sent', 'opened', 'answered', 'left', 'late', 'spent', 'ended'] as const
  for (const state of states) {
    expect(standing(state, 'outcome', { at: 'accepted' }).state).toBe(state)
    for (const level of backLevels) expect(standing(state, level, { kind: 'ask' }).state).toBe(state)
  }
})
