import { describe, expect, test } from 'vitest'

import { SafeContact } from '#people'

import { type Try, tryResults } from './thread.ts'
import { maySayNotReached, resultsOn, triesSince, tryAnswer } from './tries.rules.ts'

const tried = (...came: readonly Try['came'][]): readonly Try[] =>
  came.map((each) => ({ at: '2026-11-23T10:30:00Z', by: 'a', channel: 'call', came: each }))

describe('how often somebody was tried', () => {
  test('counts from when they were last reached', () => {
    expect(triesSince([])).toBe(0)
    expect(triesSince(tried('no-answer', 'somebody-else'))).toBe(2)
    expect(triesSince(tried('no-answer', 'no-answer', 'reached'))).toBe(0)
    expect(triesSince(tried('reached', 'neutral-message'))).toBe(1)
  })

  test('lets a worker say that they are not reached, from the number on that the agency set', () => {
    expect(maySayNotReached(tried('no-answer', 'no-answer'), 3)).toBe(false)
    expect(maySayNotReached(tried('no-answer', 'no-answer', 'not-working'), 3)).toBe(true)
    expect(maySayNotReached(tried('no-answer', 'no-answer', 'no-answer', 'reached'), 3)).toBe(false)
  })

  test('that they did not come is nothing that a try can say', () => {
    expect(tryResults).toEqual(['no-answer', 'somebody-else', 'neutral-message', 'not-working', 'reached'])
  })
})

describe('what safe contact lets be a try', () => {
  const way = {
    id: 'phone',
    channel: 'call',
    value: '07700 900123',
    whoElseSees: 'nobody',
    zone: 'Europe/London',
    whenever: false,
    safe: [{ days: [1, 2, 3, 4, 5], date: null, from: '10:00', to: '12:00' }],
    unsafe: [],
  } as const
  const contactWith = (more: object, rest: object = {}) =>
    SafeContact.parse({
      nothingAtAll: false,
      ways: [{ ...way, ...more }],
      nameSafeToSay: null,
      verifiedAt: '2026-11-20T10:00:00Z',
      verifiedBy: 'Ash Advocate',
      ...rest,
    })
  const monday = new Date('2026-11-23T10:30:00Z')
  const evening = new Date('2026-11-23T19:30:00Z')
  const ruleOf = (contact: SafeContact | null, came: Try['came'], at: Date) => {
    const [first] = contact?.ways ?? SafeContact.parse(contactWith({})).ways
    if (first === undefined) throw new Error('no way')
    const answer = tryAnswer({ contact }, first, came, at)
    return 'refused' in answer ? answer.refused : null
  }

  test('a call at a safe time, and no other', () => {
    expect(ruleOf(contactWith({}), 'no-answer', monday)).toBeNull()
    expect(ruleOf(contactWith({}), 'no-answer', evening)).toBe('contact-outside-safe-time')
  })

  test('words on a machine only where they were allowed', () => {
    expect(ruleOf(contactWith({}), 'neutral-message', monday)).toBe('contact-voicemail')
    expect(ruleOf(contactWith({ voicemail: 'neutral' }), 'neutral-message', monday)).toBeNull()
    expect(ruleOf(contactWith({ voicemail: 'ok' }), 'neutral-message', evening)).toBe(
      'contact-outside-safe-time',
    )
  })

  test('nothing where nothing was asked, or nothing at all is safe, or somebody sees it', () => {
    expect(ruleOf(null, 'no-answer', monday)).toBe('contact-never-checked')
    expect(ruleOf(contactWith({}, { nothingAtAll: true }), 'no-answer', monday)).toBe('contact-none')
    expect(ruleOf(contactWith({ whoElseSees: 'yes' }), 'no-answer', monday)).toBe('contact-seen-by-others')
  })

  test('only a call can be taken by somebody else or leave words on a machine', () => {
    expect(resultsOn({ channel: 'call' })).toEqual(tryResults)
    expect(resultsOn({ channel: 'text' })).toEqual(['no-answer', 'not-working', 'reached'])
  })
})
