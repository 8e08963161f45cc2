import { expect, test } from 'vitest'

import { fixedClock, minuteOf, monthOf, systemClock } from './clock.ts'

test('a fixed clock stands still until it is told to move', () => {
  const clock = fixedClock('2026-11-22T06:17:59.9Z')
  expect(clock.now().toString()).toBe('2026-11-22T06:17:59.9Z')
  clock.forward('PT1S')
  expect(clock.now().toString()).toBe('2026-11-22T06:18:00.9Z')
  clock.set('2020-01-01T00:00:00Z')
  expect(clock.now().epochMilliseconds).toBe(Date.UTC(2020, 0, 1))
})

test('a minute is cut off, never rounded up', () => {
  expect(minuteOf(Temporal.Instant.from('2026-11-22T06:17:59.999Z'))).toBe('2026-11-22T06:17Z')
})

test('a month is the one on the wall, not the one in Greenwich', () => {
  const newYear = Temporal.Instant.from('2027-01-01T02:00:00Z')
  expect(monthOf(newYear, 'Europe/London')).toBe('2027-01')
  expect(monthOf(newYear, 'America/New_York')).toBe('2026-12')
})

test('the system clock runs', () => {
  expect(systemClock.now().epochMilliseconds).toBeGreaterThan(Date.UTC(2026, 0, 1))
})
