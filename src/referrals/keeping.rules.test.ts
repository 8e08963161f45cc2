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

test('what was only sent, and what was turned away, has nobody', () => {
  expect(threadStates.filter((state) => !isAcknowledged(state) && state !== ('unreached' as string))).toEqual(
    expect.arrayContaining(['sent', 'declined', 'ended', 'withdrawn']),
  )
  expect(isAcknowledged('received')).toBe(true)
})

describe('who keeps hold now', () => {
  test('the sender, until the person has met somebody', () => {
    const key = (state: (typeof threadStates)[number]) =>
      holderKey({ side: 'from', state, keeping: null, danger: false })
    expect(key('sent')).toBe('from-undecided')
    expect(key('waiting')).toBe('from-waiting')
    expect(key('started')).toBe('from-accepted')
    expect(key('met')).toBe('from-met')
    expect(key('ended')).toBeNull()
  })

  test('the sender after a no, whatever becomes of the thread, until somebody says that they have the person', () => {
    for (const state of ['declined', 'ended', 'withdrawn'] as const) {
      expect(holderKey({ side: 'from', state, keeping: open, danger: false })).toBe('from-no')
      expect(holderKey({ side: 'from', state, keeping: open, danger: true })).toBe('from-danger')
      expect(holderKey({ side: 'from', state, keeping: settled('word'), danger: true })).toBe('settled-word')
    }
    expect(isOpen(open)).toBe(true)
    expect(isOpen(settled('own'))).toBe(false)
    expect(isOpen(null)).toBe(false)
  })

  test('of a case: a no that stands open before everything else', () => {
    const one = (state: (typeof threadStates)[number], isOpen = false, side: 'from' | 'to' = 'from') => ({
      side,
      state,
      open: isOpen,
    })
    expect(caseHolder([one('met'), one('declined', true)])).toBe('case-no')
    expect(caseHolder([one('met'), one('waiting')])).toBe('case-met')
    expect(caseHolder([one('waiting'), one('accepted')])).toBe('case-accepted')
    expect(caseHolder([one('received')])).toBe('case-undecided')
    expect(caseHolder([one('received', false, 'to')])).toBeNull()
    expect(caseHolder([one('declined')])).toBeNull()
  })
})
