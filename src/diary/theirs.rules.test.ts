import { expect, test } from 'vitest'

import type { SafeContact } from '#people'

import { mayTell } from './theirs.rules.ts'

const now = new Date('2026-11-27T10:00:00Z')
const contact: SafeContact = {
  nothingAtAll: false,
  ways: [],
  nameSafeToSay: null,
  hasCodeWord: false,
  language: null,
  interpreter: null,
  reminders: 'no',
  calendar: 'neutral',
  printing: 'neutral',
  notSafe: [],
  verifiedAt: '2026-11-20T10:00:00Z',
  verifiedBy: 'Amina',
  changedBecause: null,
}

test('paper and calendar pass the one gate, each by its own answer', () => {
  const may = (change: Partial<SafeContact>, how: 'print' | 'calendar') =>
    mayTell({ ...contact, ...change }, how, now).may
  expect([may({}, 'print'), may({}, 'calendar')]).toEqual([true, true])
  expect([may({ printing: 'no' }, 'print'), may({ calendar: 'no' }, 'calendar')]).toEqual([false, false])
  expect(may({ nothingAtAll: true }, 'print')).toBe(false)
  expect(may({ verifiedAt: '2026-10-01T10:00:00Z' }, 'calendar')).toBe(false)
  expect(mayTell(null, 'print', now)).toEqual({ may: false, key: 'people.print.not-asked' })
})
