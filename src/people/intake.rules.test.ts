import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { AccessNeeds } from './access-needs.ts'
import { interpreterConflict, withLanguage } from './access-needs.rules.ts'
import { callers, CallForm } from './call.ts'
import { fromCall, wrongTime } from './call.rules.ts'
import { mayContact } from './safe-contact.rules.ts'
import { SafeContact } from './safe-contact.ts'
import { Urgency, urgencyIds } from './urgency.ts'
import { firstContactBy, owedBy, urgencyAfter, urgencyLevels } from './urgency.rules.ts'

const now = new Date('2026-11-27T10:00:00Z')
const at = {
  zone: 'Europe/London',
  by: 'Amina',
  now: now.toISOString(),
  today: '2026-11-27',
  newId: () => 'way-1',
}

describe('a call', () => {
  const call = {
    kind: 'call',
    wayId: 'way-1',
    namesAgency: false,
    hasLink: false,
    tellsMore: false,
    reminder: false,
  } as const
  const asked = (typed: Partial<CallForm>) => fromCall(CallForm.parse(typed), at)

  test('about which nothing was said writes a card without a name, and no page', () => {
    expect(asked({})).toMatchObject({
      card: { name: '', role: 'survivor' },
      contact: null,
      needs: [],
      accessNeeds: null,
    })
  })

  test('a number that somebody else gave is kept and never rung before the person was asked', () => {
    for (const caller of callers) {
      const { contact } = asked({ caller, value: '07700 900123', when: 'whenever', whoElseSees: 'nobody' })
      const answer = mayContact(SafeContact.parse(contact), call, now)
      expect([caller, 'refused' in answer ? answer.refused : 'allowed']).toEqual([
        caller,
        caller === 'self' ? 'allowed' : 'contact-never-checked',
      ])
    }
  })

  test('hours that are not safe are refused by the gate, the others are not', () => {
    const { contact } = asked({ value: '07700 900123', when: 'except', from: '9:30', to: '11:00' })
    const read = SafeContact.parse(contact)
    expect(mayContact(read, call, now)).toMatchObject({ refused: 'contact-unsafe-time' })
    expect(mayContact(read, call, new Date('2026-11-27T12:00:00Z'))).toMatchObject({ allowed: true })
  })

  test.each([
    [{ when: 'except', from: '', to: '', days: [] }, 'from'],
    [{ when: 'except', from: '09:00', to: '', days: [] }, 'to'],
    [{ when: 'except', from: '', to: '', days: [1] }, null],
    [{ when: 'whenever', from: '09:00', to: '', days: [] }, null],
  ] as const)('times %j are wrong at %s', (typed, box) => {
    expect(wrongTime({ ...typed, days: [...typed.days] })).toBe(box)
  })

  test('whatever is typed becomes pages that a case can hold', () => {
    const typed = fc.record({
      name: fc.string({ maxLength: 120 }),
      caller: fc.constantFrom(...callers),
      value: fc.string({ maxLength: 200 }),
      when: fc.constantFrom('whenever', 'except', 'not-known'),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
      from: fc.constantFrom('', '7:05', '23:59'),
      to: fc.constantFrom('', '00:00', '06:30'),
      words: fc.string({ maxLength: 2000 }),
      language: fc.constantFrom('', 'pl', 'bfi'),
      access: fc.string({ maxLength: 500 }),
    })
    fc.assert(
      fc.property(typed, (fields) => {
        const { contact, accessNeeds } = fromCall(CallForm.parse(fields), at)
        if (contact !== null) SafeContact.parse(contact)
        if (accessNeeds !== null) AccessNeeds.parse(accessNeeds)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('access', () => {
  const cards = [
    { name: 'Nasreen Öz', sayAloud: ['Nas'] },
    { name: 'Marek Zielony', legalName: 'Marek Olszewski', sayAloud: [] },
  ]
  test.each([
    ['marek zielony', '', 'interpreter-in-case'],
    ['Nas', '', 'interpreter-in-case'],
    ['marek olszewski', '', 'interpreter-in-case'],
    ['Jola Wilk', 'Jola Wilk, a cousin\nMarek', 'interpreter-not-wanted'],
    ['Marek', 'anna; Marek', 'interpreter-not-wanted'],
    ['Ola Nowak', 'Jola Wilk', null],
    ['', 'Jola Wilk', null],
  ])('%s interprets beside “%s”: %s', (name, not, conflict) => {
    expect(interpreterConflict(name, cards, not)).toBe(conflict)
  })

  test('language and interpreter are asked once and read with safe contact', () => {
    const { contact } = fromCall(CallForm.parse({ value: '1' }), at)
    const plain = SafeContact.parse(contact)
    const access = AccessNeeds.parse({ language: 'pl', interpreter: 'yes', interpreterLine: 'a woman' })
    expect(withLanguage(plain, access)).toMatchObject({
      language: 'pl',
      interpreter: { wanted: true, note: 'a woman' },
    })
    expect(withLanguage({ ...plain, language: 'ur' }, AccessNeeds.parse({}))).toMatchObject({
      language: 'ur',
    })
    expect(withLanguage(plain, null)).toEqual(plain)
  })
})

describe('urgency', () => {
  const set = (level: Urgency['level'], when: Date) => ({ level, because: 'x', by: 'a', now: when })

  test('every level of both countries is listed once, and the more urgent never waits longer', () => {
    for (const pack of ['uk', 'us'] as const) {
      const levels = urgencyLevels(pack)
      expect(levels.map(({ level }) => level)).toEqual([...urgencyIds])
      expect(firstContactBy(pack, 'no-hurry', now)).toBeNull()
    }
  })

  test('the clock starts when the level is set; a contact that has been owes nothing until it rises', () => {
    const first = urgencyAfter(null, set('this-week', now), 'uk')
    expect(owedBy(first)).toEqual(new Date('2026-11-30T10:00:00Z'))
    const met = { ...first, met: { at: now.toISOString(), by: 'a', words: '' } }
    expect(owedBy(met)).toBeNull()
    const later = new Date('2026-11-28T10:00:00Z')
    expect(owedBy(urgencyAfter(met, set('no-hurry', later), 'uk'))).toBeNull()
    expect(urgencyAfter(met, set('no-hurry', later), 'uk').met).not.toBeNull()
    const risen = urgencyAfter(met, set('today', later), 'uk')
    expect(owedBy(risen)).toEqual(new Date('2026-11-29T10:00:00Z'))
    expect(risen.before).toHaveLength(1)
    expect(Urgency.parse(risen)).toEqual(risen)
  })
})
