import { describe, expect, test } from 'vitest'

import { threadStates } from '#envelopes'

import { caseHolder, holderKey, isAcknowledged, isOpen, needsSameDay, settles } from './keeping.rules.ts'
import type { Settled } from './keeping.ts'

const at = new Date('2026-11-20T10:00:00Z')
const body = { settled: null, meanwhile: null }
const open = { keptSince: at, settledAt: null, body }
const settled = (how: Settled['how']) => ({
  keptSince: at,
  settledAt: at,
  body: { settled: { how } as Settled, meanwhile: null },
})

test('for danger only somebody else who has the person settles it', () => {
  const hows = ['thread', 'word', 'own', 'not-wanted'] as const
  expect(hows.filter((how) => settles({ how }, true))).toEqual(['thread', 'word'])
  expect(hows.filter((how) => settles({ how }, false))).toEqual(hows)
  expect(needsSameDay('risk-too-high')).toBe(true)
  expect(needsSameDay('age')).toBe(false)
})

describe('who has the person elsewhere', () => {
  const has = (kind: 'ask' | 'referral', danger: boolean) =>
    threadStates.filter((state) => isAcknowledged({ kind, state }, danger)).toSorted()

  test('whoever opened a referral and has not said no; nobody where it was only sent or turned away', () => {
    expect(has('referral', false)).toEqual(['accepted', 'met', 'question', 'received', 'started', 'waiting'])
  })

  test('for danger only whoever said yes', () => {
    expect(has('referral', true)).toEqual(['accepted', 'met', 'started'])
  })

  test('nobody who was asked without a name', () => {
    expect([has('ask', false), has('ask', true)]).toEqual([[], []])
  })
})

describe('who keeps hold now', () => {
  test('the sender, until the person has met somebody', () => {
    const key = (state: (typeof threadStates)[number]) =>
      holderKey({ side: 'from', state, keeping: null, danger: false, told: true })
    expect(key('sent')).toBe('from-undecided')
    expect(key('waiting')).toBe('from-waiting')
    expect(key('started')).toBe('from-accepted')
    expect(key('met')).toBe('from-met')
    expect(key('ended')).toBeNull()
  })

  test('after a no of our own the sender, unless they do not hear of it', () => {
    const key = (told: boolean) =>
      holderKey({ side: 'to', state: 'declined', keeping: null, danger: true, told })
    expect([key(true), key(false)]).toEqual(['to-no', 'to-no-untold'])
  })

  test('the sender after a no, whatever becomes of the thread, until somebody says that they have the person', () => {
    for (const state of ['declined', 'ended', 'withdrawn'] as const) {
      expect(holderKey({ side: 'from', state, keeping: open, danger: false, told: true })).toBe('from-no')
      expect(holderKey({ side: 'from', state, keeping: open, danger: true, told: true })).toBe('from-danger')
      expect(holderKey({ side: 'from', state, keeping: settled('word'), danger: true, told: true })).toBe(
        'settled-word',
      )
    }
    expect(isOpen(open)).toBe(true)
    expect(isOpen(settled('own'))).toBe(false)
    expect(isOpen(null)).toBe(false)
  })

  test('of a case: a no that stands open before everything else', () => {
    const one = (state: (typeof threadStates)[number], isOpen = false, side: 'from' | 'to' = 'from') => ({
      side,
      kind: 'referral' as const,
      state,
      open: isOpen,
    })
    expect(caseHolder([one('met'), one('declined', true)])).toBe('case-no')
    expect(caseHolder([one('met'), one('waiting')])).toBe('case-met')
    expect(caseHolder([one('waiting'), one('accepted')])).toBe('case-accepted')
    expect(caseHolder([one('received')])).toBe('case-undecided')
    expect(caseHolder([one('received', false, 'to')])).toBeNull()
    expect(caseHolder([one('declined')])).toBeNull()
    const asked = (state: (typeof threadStates)[number], isOpen = false) => ({
      ...one(state, isOpen),
      kind: 'ask' as const,
    })
    expect(caseHolder([asked('accepted')])).toBeNull()
    expect(caseHolder([asked('accepted'), one('sent')])).toBe('case-undecided')
    expect(caseHolder([asked('received')])).toBe('case-undecided')
    expect(caseHolder([asked('declined', true)])).toBe('case-no')
  })
})
