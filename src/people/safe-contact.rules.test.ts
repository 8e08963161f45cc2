import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFresh, mayContact, meetingTime, nextSafeTime } from './safe-contact.rules.ts'
import { contactActs, contactRules, SafeContact } from './safe-contact.ts'
import type { ContactAct, ContactAnswer } from './safe-contact.ts'
import uk from './words.uk.json' with { type: 'json' }

/** Monday to Friday, ten to noon in London; never when the children are handed over, Wednesdays ten to eleven. */
const phone = {
  id: 'phone',
  channel: 'call',
  value: '07700 900123',
  whoElseSees: 'nobody',
  zone: 'Europe/London',
  whenever: false,
  safe: [{ days: [1, 2, 3, 4, 5], date: null, from: '10:00', to: '12:00' }],
  unsafe: [{ days: [3], date: null, from: '10:00', to: '11:00' }],
} as const
const contact: SafeContact = SafeContact.parse({
  nothingAtAll: false,
  ways: [
    phone,
    { ...phone, id: 'sms', channel: 'text' },
    { ...phone, id: 'mail', channel: 'email', content: 'ok' },
    { ...phone, id: 'post', channel: 'post', value: 'ZZ99 1AA', envelope: 'plain' },
    { ...phone, id: 'friend', channel: 'trusted-person', trustedPersonRef: 'p3' },
  ],
  nameSafeToSay: 'Wren',
  verifiedAt: '2026-11-20T10:00:00Z',
  verifiedBy: 'Ash Advocate',
})

const call: ContactAct = {
  kind: 'call',
  wayId: 'phone',
  namesAgency: false,
  hasLink: false,
  tellsMore: false,
  reminder: false,
}
const text: ContactAct = { ...call, kind: 'text', wayId: 'sms' }
const monday = new Date('2026-11-23T10:30:00Z')

function ruleOf(answer: ContactAnswer): string | null {
  return 'refused' in answer ? answer.refused : null
}

function change(first: Partial<SafeContact['ways'][number]>, rest: Partial<SafeContact> = {}): SafeContact {
  return { ...contact, ...rest, ways: contact.ways.map((way) => ({ ...way, ...first })) }
}

describe('a meeting', () => {
  const at = (iso: string) => new Date(iso)
  const now = at('2026-11-23T09:00:00Z')
  const rule = (given: SafeContact | null, iso: string) => meetingTime(given, at(iso), now).rule

  test('fits where one way is safe then, and no way is unsafe', () => {
    expect(meetingTime(contact, monday, now)).toEqual({ fits: true, rule: null, next: null })
  })

  test('at a time that is unsafe on any way it does not fit, whichever way is used', () => {
    const answer = meetingTime(contact, at('2026-11-25T10:30:00Z'), now)
    expect(answer).toMatchObject({ fits: false, rule: 'contact-unsafe-time' })
    expect(answer.next?.toISOString()).toBe('2026-11-25T11:00:00.000Z')
  })

  test('outside the safe times, with nothing known, with old words or with no contact wanted it does not fit', () => {
    expect(rule(contact, '2026-11-22T23:30:00Z')).toBe('contact-outside-safe-time')
    expect(rule(null, '2026-11-23T10:30:00Z')).toBe('contact-never-checked')
    expect(rule({ ...contact, ways: [] }, '2026-11-23T10:30:00Z')).toBe('contact-no-safe-time')
    expect(rule({ ...contact, nothingAtAll: true }, '2026-11-23T10:30:00Z')).toBe('contact-none')
    const old = { ...contact, verifiedAt: '2026-10-01T10:00:00Z' }
    expect(rule(old, '2026-11-23T10:30:00Z')).toBe('contact-stale')
  })
})

describe('when', () => {
  test('us-U10: at an unsafe time, with the rule and the next safe time', () => {
    const wednesday = new Date('2026-11-25T10:30:00Z')
    expect(mayContact(contact, call, wednesday)).toEqual({
      refused: 'contact-unsafe-time',
      key: 'people.contact.rule.contact-unsafe-time',
      safeFrom: new Date('2026-11-25T11:00:00Z'),
      overridable: true,
    })
    const sunday = mayContact(contact, call, new Date('2026-11-22T10:30:00Z'))
    expect(sunday).toMatchObject({
      refused: 'contact-outside-safe-time',
      safeFrom: new Date('2026-11-23T10:00:00Z'),
    })
  })

  test('the hours are those of the person’s own zone, also in summer', () => {
    const summer = { ...contact, verifiedAt: '2026-07-05T10:00:00Z' }
    expect(ruleOf(mayContact(summer, call, new Date('2026-07-06T09:30:00Z')))).toBe(null)
    expect(ruleOf(mayContact(summer, call, new Date('2026-07-06T11:30:00Z')))).toBe(
      'contact-outside-safe-time',
    )
    const west = change({ zone: 'America/Los_Angeles' })
    expect(ruleOf(mayContact(west, call, monday))).toBe('contact-outside-safe-time')
    expect(ruleOf(mayContact(west, call, new Date('2026-11-23T18:30:00Z')))).toBe(null)
  })

  test('past midnight, a whole day, one date', () => {
    const night = change({ safe: [{ days: [7], date: null, from: '22:00', to: '02:00' }], unsafe: [] })
    expect(ruleOf(mayContact(night, call, new Date('2026-11-23T01:00:00Z')))).toBe(null)
    expect(ruleOf(mayContact(night, call, new Date('2026-11-24T01:00:00Z')))).toBe(
      'contact-outside-safe-time',
    )
    const court = change({
      whenever: true,
      unsafe: [{ days: [], date: '2026-11-23', from: '00:00', to: '00:00' }],
    })
    expect(ruleOf(mayContact(court, call, monday))).toBe('contact-unsafe-time')
    expect(ruleOf(mayContact(court, call, new Date('2026-11-24T10:30:00Z')))).toBe(null)
  })

  test('no safe time known means none', () => {
    const silent = change({ safe: [], unsafe: [] })
    expect(ruleOf(mayContact(silent, call, monday))).toBe('contact-no-safe-time')
    expect(nextSafeTime(silent.ways[0]!, monday)).toBe(null)
  })

  test('us-U11: confirmed 31 days ago must be confirmed again, 30 days is in time', () => {
    const now = new Date('2026-12-21T10:30:00Z')
    expect(ruleOf(mayContact({ ...contact, verifiedAt: '2026-11-20T10:30:00Z' }, call, now))).toBe(
      'contact-stale',
    )
    expect(ruleOf(mayContact({ ...contact, verifiedAt: '2026-11-21T10:30:00Z' }, call, now))).toBe(null)
    expect(ruleOf(mayContact({ ...contact, verifiedAt: null }, call, monday))).toBe('contact-never-checked')
    expect([isFresh(contact, now), isFresh(contact, monday)]).toEqual([false, true])
  })

  test('two people and a reason open time and freshness, one person twice does not', () => {
    const sunday = new Date('2026-11-22T10:30:00Z')
    const override = { by: 'Ash', second: 'Bo', reason: 'The person asked for it just now' }
    expect(mayContact(contact, { ...call, override }, sunday)).toMatchObject({
      allowed: true,
      how: { overridden: 'contact-outside-safe-time' },
    })
    for (const weak of [
      { ...override, second: 'Ash' },
      { ...override, reason: ' ' },
    ])
      expect(ruleOf(mayContact(contact, { ...call, override: weak }, sunday))).toBe(
        'contact-outside-safe-time',
      )
    expect(ruleOf(mayContact(change({ whoElseSees: 'yes' }), { ...call, override }, monday))).toBe(
      'contact-seen-by-others',
    )
  })
})

describe('what and how', () => {
  test('us-U19: a reminder that names the agency is refused unless the person allowed it', () => {
    const reminding: SafeContact = { ...contact, reminders: 'neutral' }
    expect(ruleOf(mayContact(contact, { ...text, reminder: true }, monday))).toBe('contact-reminder')
    expect(ruleOf(mayContact(reminding, { ...text, reminder: true, namesAgency: true }, monday))).toBe(
      'contact-names-agency',
    )
    expect(ruleOf(mayContact(reminding, { ...text, reminder: true }, monday))).toBe(null)
    const mail = { ...text, kind: 'email', wayId: 'mail', namesAgency: true } as const
    expect(ruleOf(mayContact(contact, mail, monday))).toBe(null)
    expect(ruleOf(mayContact(contact, { ...text, namesAgency: true }, monday))).toBe('contact-names-agency')
  })

  test('neutral words have no links and tell no more', () => {
    expect(ruleOf(mayContact(contact, { ...text, hasLink: true }, monday))).toBe('contact-link')
    expect(ruleOf(mayContact(contact, { ...text, tellsMore: true }, monday))).toBe('contact-tells-more')
    expect(ruleOf(mayContact(change({ content: 'none' }), text, monday))).toBe('contact-content')
    const maybe = change({ content: 'ok', whoElseSees: 'maybe' })
    expect(ruleOf(mayContact(maybe, { ...text, tellsMore: true }, monday))).toBe('contact-tells-more')
    expect(mayContact(maybe, text, monday)).toMatchObject({
      how: { askWhoIsThere: true, script: 'written-neutral' },
    })
  })

  test('nothing at all means nothing, and a way that others see is shut', () => {
    for (const kind of contactActs)
      expect(ruleOf(mayContact({ ...contact, nothingAtAll: true }, { ...call, kind }, monday))).toBe(
        'contact-none',
      )
    expect(ruleOf(mayContact(change({ whoElseSees: 'yes' }), call, monday))).toBe('contact-seen-by-others')
    expect(ruleOf(mayContact(contact, { ...call, wayId: 'sms' }, monday))).toBe('contact-no-way')
  })

  test('a call says the safe name, as the agreed caller, and knows what to do if somebody else answers', () => {
    const agreed = change({ callAs: 'first-name', ifSomeoneElse: 'neutral-script' }, { hasCodeWord: true })
    expect(mayContact(agreed, call, monday)).toMatchObject({
      allowed: true,
      how: {
        name: 'Wren',
        value: '07700 900123',
        script: 'as-first-name',
        ifSomeoneElse: 'someone-else-neutral',
        askCodeWord: true,
      },
    })
    expect(mayContact(agreed, { ...call, someoneElseAnswered: true }, monday)).toMatchObject({
      how: { name: null, script: 'someone-else-neutral' },
    })
    expect(ruleOf(mayContact(agreed, { ...call, namesAgency: true }, monday))).toBe('contact-names-agency')
    expect(ruleOf(mayContact(change({ callAs: 'agency' }), { ...call, namesAgency: true }, monday))).toBe(
      null,
    )
  })

  test('voicemail is off unless agreed', () => {
    const voicemail = { ...call, kind: 'voicemail' } as const
    expect(ruleOf(mayContact(contact, voicemail, monday))).toBe('contact-voicemail')
    expect(mayContact(change({ voicemail: 'neutral' }), voicemail, monday)).toMatchObject({
      how: { script: 'voicemail-neutral' },
    })
    expect(
      ruleOf(mayContact(change({ voicemail: 'neutral' }), { ...voicemail, tellsMore: true }, monday)),
    ).toBe('contact-tells-more')
    expect(ruleOf(mayContact(change({ voicemail: 'ok' }), { ...voicemail, tellsMore: true }, monday))).toBe(
      null,
    )
  })

  test('letters, calendar and paper', () => {
    const letter = { ...text, kind: 'letter', wayId: 'post' } as const
    expect(mayContact(contact, letter, monday)).toMatchObject({
      how: { envelope: 'plain', script: 'written-neutral' },
    })
    expect(ruleOf(mayContact(change({ envelope: 'no' }), letter, monday))).toBe('contact-post')
    const entry = { ...text, kind: 'calendar', wayId: null } as const
    expect(ruleOf(mayContact(contact, entry, monday))).toBe('contact-calendar')
    expect(
      ruleOf(mayContact({ ...contact, calendar: 'neutral' }, { ...entry, namesAgency: true }, monday)),
    ).toBe('contact-names-agency')
    const paper = { ...text, kind: 'print', wayId: null } as const
    expect(ruleOf(mayContact(contact, paper, monday))).toBe('contact-printing')
    expect(mayContact({ ...contact, printing: 'ok' }, { ...paper, tellsMore: true }, monday)).toMatchObject({
      how: { confirmTwice: true },
    })
  })

  test('whoever is named as not safe is never the one who carries a message', () => {
    const friend = { ...call, kind: 'trusted-person', wayId: 'friend' } as const
    expect(ruleOf(mayContact(contact, friend, monday))).toBe(null)
    expect(ruleOf(mayContact(contact, { ...friend, tellsMore: true }, monday))).toBe('contact-tells-more')
    expect(ruleOf(mayContact({ ...contact, notSafe: ['p3'] }, friend, monday))).toBe(
      'contact-not-safe-person',
    )
  })
})

test('no act on any setting names the agency where the person did not allow it', () => {
  const settings = fc.record({
    content: fc.constantFrom('none' as const, 'neutral' as const, 'ok' as const),
    whoElseSees: fc.constantFrom('nobody' as const, 'maybe' as const, 'yes' as const, 'not-known' as const),
    voicemail: fc.constantFrom('no' as const, 'neutral' as const, 'ok' as const),
    callAs: fc.constantFrom('agency' as const, 'neutral' as const, 'first-name' as const),
    envelope: fc.constantFrom('no' as const, 'plain' as const),
  })
  const acts = fc.constantFrom(...contactActs)
  const ways = fc.constantFrom('phone', 'sms', 'mail', 'post', 'friend', null)
  fc.assert(
    fc.property(settings, acts, ways, fc.boolean(), (way, kind, wayId, reminder) => {
      const given = change(way, { reminders: 'neutral', calendar: 'neutral', printing: 'neutral' })
      const answer = mayContact(given, { ...call, kind, wayId, reminder, namesAgency: true }, monday)
      const allowedToSay = way.content === 'ok' || way.voicemail === 'ok' || way.callAs === 'agency'
      if (!('refused' in answer)) expect([kind, allowedToSay, reminder]).toEqual([kind, true, false])
    }),
    { seed: 6, numRuns: 2000 },
  )
})

test('every rule and every script has a sentence', () => {
  const { rule, script } = uk.people.contact
  for (const id of contactRules) expect(rule).toHaveProperty([id])
  for (const id of [
    'as-agency',
    'as-neutral',
    'as-first-name',
    'someone-else-hang-up',
    'someone-else-neutral',
    'voicemail-neutral',
    'voicemail-open',
    'written-neutral',
    'written-open',
  ])
    expect(script).toHaveProperty([id])
})
