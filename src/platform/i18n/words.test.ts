import { describe, expect, test } from 'vitest'

import { createWords, type RoomWords } from './words.ts'

const room: RoomWords = {
  uk: {
    tea: {
      title: 'Organise',
      only: 'Only here',
      hello: 'Hello {{name}}',
      cups_one: '{{count}} cup',
      cups_other: '{{count}} cups',
      plan: 'Plan',
      'plan_mental-health': 'Crisis plan',
    },
  },
  us: { tea: { title: 'Organize', plan_school: 'Class plan' } },
  es: { tea: { title: 'Organizar' } },
}

const wordsFor = createWords([room])
const uk = wordsFor({ pack: 'uk' })
const us = wordsFor({ pack: 'us' })

describe('finding a sentence', () => {
  test('each pack has its own words and falls back to the complete one', () => {
    expect(uk('tea.title')).toBe('Organise')
    expect(us('tea.title')).toBe('Organize')
    expect(us('tea.only')).toBe('Only here')
    expect(wordsFor({ pack: 'us', lang: 'es' })('tea.title')).toBe('Organizar')
    expect(wordsFor({ pack: 'us', lang: 'es' })('tea.only')).toBe('Only here')
  })

  test('a sector hears its own word, also when only the fallback has it', () => {
    expect(wordsFor({ pack: 'uk', sector: 'mental-health' })('tea.plan')).toBe('Crisis plan')
    expect(wordsFor({ pack: 'us', sector: 'mental-health' })('tea.plan')).toBe('Crisis plan')
    expect(wordsFor({ pack: 'us', sector: 'school' })('tea.plan')).toBe('Class plan')
    expect(wordsFor({ pack: 'uk', sector: 'housing' })('tea.plan')).toBe('Plan')
  })

  test('counts choose the plural', () => {
    expect(uk('tea.cups', { count: 1 })).toBe('1 cup')
    expect(uk('tea.cups', { count: 3 })).toBe('3 cups')
  })

  test('what a person typed is never read as a sentence', () => {
    for (const typed of ['{{name}}', '$t(tea.title)', '<b>&</b>', '$&']) {
      expect(uk('tea.hello', { name: typed })).toBe(`Hello ${typed}`)
    }
  })
})

describe('a missing key', () => {
  test('throws in tests, for a leaf and for a branch', () => {
    expect(() => uk('tea.nothing')).toThrow('tea.nothing')
    expect(() => uk('tea')).toThrow('tea')
  })

  test('is shown to nobody in service, and reported', () => {
    const missing: string[] = []
    const calm = createWords([room], { strict: false, onMissing: (key) => missing.push(key) })
    expect(calm({ pack: 'us' })('tea.nothing')).toBe('')
    expect(missing).toEqual(['tea.nothing'])
  })

  test('a gap without a value is found in tests too', () => {
    expect(() => uk('tea.hello')).toThrow('name')
    expect(() => uk('tea.hello', { nam: 'Sam' })).toThrow('name')
    expect(createWords([room], { strict: false })({ pack: 'uk' })('tea.hello')).toBe('Hello ')
  })

  test('can be asked about first', () => {
    expect(us.has('tea.only')).toBe(true)
    expect(us.has('tea.nothing')).toBe(false)
  })
})

test('two rooms cannot claim one name', () => {
  expect(() => createWords([room, room])).toThrow('tea')
})

test('the same reader gets the same words', () => {
  expect(wordsFor({ pack: 'uk' })).toBe(uk)
  expect({ ...uk }).toMatchObject({ pack: 'uk', lang: 'en-GB', dir: 'ltr', timeZone: 'Europe/London' })
})

describe('dates, times and numbers', () => {
  test('follow the country', () => {
    const when = '2026-11-22T14:05:00Z'
    expect(uk.date(when)).toBe('22 November 2026')
    expect(us.date(when)).toBe('November 22, 2026')
    expect(uk.time(when)).toBe('14:05')
    expect(us.time(when)).toMatch(/^9:05\sAM$/)
    expect(uk.clock('08:00')).toBe('08:00')
    expect(us.clock('08:00')).toMatch(/^8:00\sAM$/)
    expect(us.clock('18:30')).toMatch(/^6:30\sPM$/)
    expect(uk.dateTime(when)).toBe('22 November 2026 at 14:05')
    expect(uk.number(1250)).toBe('1,250')
    expect(uk.list(['bread', 'salt', 'tea'])).toBe('bread, salt and tea')
    expect(us.list(['bread', 'salt', 'tea'])).toBe('bread, salt, and tea')
    expect(uk.anyOf(['bread', 'salt', 'tea'])).toBe('bread, salt or tea')
  })

  test('a bare day stays the same day in every zone', () => {
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/London']) {
      const words = wordsFor({ pack: 'uk', timeZone })
      expect(words.date('2026-03-29')).toBe('29 March 2026')
      expect(words.date(Temporal.PlainDate.from('2026-03-29'))).toBe('29 March 2026')
      expect(words.month('2026-03')).toBe('March 2026')
      expect(words.dateTime('2026-03-29')).toBe('29 March 2026')
      expect(words.time('2026-03-29')).toBe('')
    }
  })

  test('summer time is told as the wall tells it', () => {
    expect(uk.time(Temporal.Instant.from('2026-07-01T08:00:00Z'))).toBe('09:00')
    expect(uk.time(new Date('2026-12-01T08:00:00Z'))).toBe('08:00')
    expect(uk.weekday('2026-11-22')).toBe('Sunday')
    expect(uk.shortDate('2026-11-22')).toBe('22 Nov 2026')
  })
})
