import { expect, test } from 'vitest'

import { noLacks } from './decline.rules.ts'

const whole = {
  about: 'declined' as const,
  reason: 'age',
  sentence: '',
  next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
  person: { name: 'Robin', phone: '', cover: '' },
}
const today = { service: 'Crisis Home Team', person: '' }

test.each([
  [{}, true, null],
  [{ next: [] }, true, 'who'],
  [{ next: [{ serviceId: '', name: ' ', phone: '' }] }, true, 'who'],
  [{ reason: 'other', sentence: ' ' }, true, 'sentence'],
  [{ reason: 'other', sentence: 'We move house.' }, true, null],
  [{ reason: 'risk-too-high' }, true, 'same-day'],
  [{ reason: 'risk-too-high', sameDay: today }, true, null],
  [{ reason: 'risk-too-high', sameDay: today }, false, 'same-day-person'],
  [{ reason: 'risk-too-high', sameDay: { ...today, person: 'Jo' } }, false, null],
] as const)('a no with %o, heard %s, lacks %s', (has, told, lacks) => {
  expect(noLacks({ ...whole, ...has, next: [...('next' in has ? has.next : whole.next)] }, told)).toBe(lacks)
})
