import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { mayContact, nextSafeTime } from '#people'
import { type ContactAct, contactActs, type ContactWay, SafeContact } from '../../src/people/safe-contact.ts'
import { mayTell } from '../../src/diary/theirs.rules.ts'
import { forbidden } from './oracle.ts'

const runs = process.env['ANYDOOR_PROVE'] === undefined ? 1_500 : 200_000
const zones = [
  'Europe/London',
  'America/New_York',
  'America/Denver',
  'America/Phoenix',
  'Pacific/Honolulu',
  'Australia/Lord_Howe',
]

const clock = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 45, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
/** Days around the changes of the clocks of 2026, here and there, and any other. */
const day = fc.oneof(
  fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
  fc
    .integer({ min: 0, max: 364 })
    .map((n) => Temporal.PlainDate.from('2026-01-01').add({ days: n }).toString()),
)
const moment = fc
  .tuple(day, fc.nat(24 * 60))
  .map(([on, minute]) => new Date(Date.parse(`${on}T00:00:00Z`) + minute * 60_000))
const span = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }),
  date: fc.option(day, { freq: 4, nil: null }),
  from: clock,
  to: clock,
})
const wayParts = {
  id: fc.constantFrom('one', 'two', 'three'),
  channel: fc.constantFrom('call', 'text', 'email', 'post', 'portal', 'trusted-person', 'in-person'),
  value: fc.constant('0'),
  whoElseSees: fc.constantFrom('nobody', 'nobody', 'maybe', 'yes', 'not-known'),
  zone: fc.constantFrom(...zones),
  whenever: fc.boolean(),
  safe: fc.array(span, { maxLength: 3 }),
  unsafe: fc.array(span, { maxLength: 3 }),
  callAs: fc.constantFrom('agency', 'neutral', 'first-name'),
  voicemail: fc.constantFrom('no', 'neutral', 'ok'),
  ifSomeoneElse: fc.constantFrom('hang-up', 'neutral-script'),
  content: fc.constantFrom('none', 'neutral', 'ok'),
  envelope: fc.constantFrom('no', 'plain', 'substitute-address'),
  trustedPersonRef: fc.constantFrom(null, 'p1', 'p2'),
} as const
const way: fc.Arbitrary<ContactWay> = fc.record(wayParts)

/** Rules of one person, checked some days before the moment that is tried, or never. */
const contactAt = (now: Date) =>
  fc
    .record({
      nothingAtAll: fc.boolean().map((each) => each && now.getMinutes() % 4 === 0),
      ways: fc.uniqueArray(way, { maxLength: 3, selector: (each) => each.id }),
      nameSafeToSay: fc.constantFrom(null, 'Wren'),
      reminders: fc.constantFrom('no', 'neutral'),
      calendar: fc.constantFrom('no', 'neutral'),
      printing: fc.constantFrom('no', 'neutral', 'ok'),
      notSafe: fc.constantFrom([], ['p1']),
      age: fc.constantFrom(0, 1, 29.9, 30, 30.1, 31, 200, null),
    })
    .map(({ age, ...rest }) =>
      SafeContact.parse({
        ...rest,
        verifiedAt: age === null ? null : new Date(now.getTime() - age * 86_400_000).toISOString(),
        verifiedBy: null,
      }),
    )

const act: fc.Arbitrary<ContactAct> = fc.record({
  kind: fc.constantFrom(...contactActs),
  wayId: fc.constantFrom('one', 'two', 'three', null),
  namesAgency: fc.boolean(),
  hasLink: fc.boolean(),
  tellsMore: fc.boolean(),
  reminder: fc.boolean(),
  someoneElseAnswered: fc.boolean(),
  override: fc.constantFrom(
    null,
    null,
    null,
    { by: 'a', second: 'a', reason: 'x' },
    { by: 'a', second: 'b', reason: ' ' },
    {
      by: 'a',
      second: 'b',
      reason: 'It cannot wait',
    },
  ),
})

const rarely = fc.constantFrom(false, false, false, false, true)

/** Acts on a way that is there and speaks softly: they come as far as the hours and the days. */
const softly = moment.chain((now) =>
  fc
    .record({
      contact: contactAt(now),
      one: fc.record({
        ...wayParts,
        whenever: fc.constantFrom(false, false, false, true),
        whoElseSees: fc.constantFrom('nobody', 'maybe'),
        safe: fc.array(span, { minLength: 1, maxLength: 4 }),
      }),
      fresh: fc.constantFrom(1, 1, 1, 1, 29.9, 30.1),
      voicemail: fc.boolean(),
      says: fc.record({ namesAgency: rarely, hasLink: rarely, tellsMore: rarely, reminder: rarely }),
    })
    .map(({ contact, one, fresh, voicemail, says }) => ({
      now,
      contact: {
        ...contact,
        nothingAtAll: false,
        ways: [one],
        verifiedAt: new Date(now.getTime() - fresh * 86_400_000).toISOString(),
      },
      act: {
        kind:
          one.channel === 'post' ? 'letter' : one.channel === 'call' && voicemail ? 'voicemail' : one.channel,
        wayId: one.id,
        ...says,
      } satisfies ContactAct,
    })),
)

const tried = fc.oneof(
  moment.chain((now) => fc.record({ now: fc.constant(now), contact: contactAt(now), act })),
  softly,
)

type Gate = typeof mayContact

/** The first case in which a gate lets something out that the person's rules forbid, or keeps back what they allow. */
function wrongOf(gate: Gate, numRuns: number) {
  return fc.check(
    fc.property(tried, ({ now, contact, act: one }) => {
      const answer = gate(contact, one, now)
      return 'refused' in answer === (forbidden(contact, one, now) !== null)
    }),
    { seed: 32, numRuns },
  )
}

describe('safe contact', () => {
  test('nothing leaves against the rules, and nothing is kept back that they allow, at any time in any zone', () => {
    const { counterexample, failed } = wrongOf(mayContact, runs)
    expect([failed, counterexample]).toEqual([false, null])
  })

  test('what changes between scheduling and sending decides at sending', () => {
    const later = fc
      .tuple(tried, moment)
      .chain(([first, at]) =>
        fc.record({ first: fc.constant(first), at: fc.constant(at), then: contactAt(at) }),
      )
    fc.assert(
      fc.property(later, ({ first, at, then }) => {
        const sent: Date[] = []
        // Scheduled when the rules said yes; the sender asks the gate again with what holds when it is due.
        if ('refused' in mayContact(first.contact, first.act, first.now)) return
        if (!('refused' in mayContact(then, first.act, at))) sent.push(at)
        expect(sent.length > 0).toBe(forbidden(then, first.act, at) === null)
      }),
      { seed: 33, numRuns: runs },
    )
  })

  test('the next safe time that is promised is one, and none before it is', () => {
    fc.assert(
      fc.property(way, moment, (one, now) => {
        const next = nextSafeTime(one, now)
        if (next === null) return
        const contact = SafeContact.parse({
          nothingAtAll: false,
          ways: [
            {
              ...one,
              whoElseSees: 'nobody',
              content: 'neutral',
              voicemail: 'neutral',
              envelope: 'plain',
              trustedPersonRef: null,
            },
          ],
          nameSafeToSay: null,
          verifiedAt: next.toISOString(),
          verifiedBy: null,
        })
        const kind = one.channel === 'post' ? 'letter' : one.channel
        const plain: ContactAct = {
          kind,
          wayId: one.id,
          namesAgency: false,
          hasLink: false,
          tellsMore: false,
          reminder: false,
        }
        expect(forbidden(contact, plain, next)).toBe(null)
        const before = new Date(next.getTime() - 15 * 60_000)
        if (before >= now && one.channel !== 'post') expect(forbidden(contact, plain, before)).not.toBe(null)
      }),
      { seed: 34, numRuns: Math.ceil(runs / 5) },
    )
  })

  test('a calendar entry and a slip of paper ask the same gate', () => {
    fc.assert(
      fc.property(tried, fc.constantFrom('print' as const, 'calendar' as const), ({ now, contact }, how) => {
        const plain: ContactAct = {
          kind: how,
          wayId: null,
          namesAgency: false,
          hasLink: false,
          tellsMore: false,
          reminder: false,
        }
        expect(mayTell(contact, how, now).may).toBe(forbidden(contact, plain, now) === null)
      }),
      { seed: 35, numRuns: runs },
    )
  })
})

/** Gates with one mistake each, as somebody could make it. The fuzz has to find every one. */
const faults: Readonly<Record<string, Gate>> = {
  'safe wins over unsafe': (contact, one, now) =>
    mayContact({ ...contact, ways: contact.ways.map((each) => ({ ...each, unsafe: [] })) }, one, now),
  'the zone of the server': (contact, one, now) =>
    mayContact({ ...contact, ways: contact.ways.map((each) => ({ ...each, zone: 'UTC' })) }, one, now),
  'winter time all the year': (contact, one, now) =>
    mayContact(
      {
        ...contact,
        ways: contact.ways.map((each) => ({
          ...each,
          zone: each.zone === 'Europe/London' ? 'Etc/GMT' : each.zone,
        })),
      },
      one,
      now,
    ),
  'thirty-one days are fresh': (contact, one, now) => {
    const at = contact.verifiedAt
    const younger = at === null ? null : new Date(Date.parse(at) + 86_400_000).toISOString()
    return mayContact({ ...contact, verifiedAt: younger }, one, now)
  },
  'never checked is fresh': (contact, one, now) =>
    mayContact({ ...contact, verifiedAt: contact.verifiedAt ?? now.toISOString() }, one, now),
  'one person twice overrides': (contact, one, now) =>
    mayContact(
      contact,
      one.override ? { ...one, override: { ...one.override, second: `${one.override.second}2` } } : one,
      now,
    ),
  'an override opens everything': (contact, one, now) => {
    const answer = mayContact(contact, one, now)
    const { by, second, reason } = one.override ?? { by: '', second: '', reason: '' }
    if (!('refused' in answer) || by === second || reason.trim() === '' || contact.ways.length === 0)
      return answer
    return mayContact(
      { ...contact, nothingAtAll: false },
      { ...one, kind: 'calendar', namesAgency: false, hasLink: false, tellsMore: false },
      now,
    )
  },
  'no contact at all still prints': (contact, one, now) =>
    mayContact({ ...contact, nothingAtAll: contact.nothingAtAll && one.kind !== 'print' }, one, now),
  'others see it, and it is used': (contact, one, now) =>
    mayContact(
      {
        ...contact,
        ways: contact.ways.map((each) =>
          each.whoElseSees === 'yes' ? { ...each, whoElseSees: 'maybe' as const } : each,
        ),
      },
      one,
      now,
    ),
  'a branded letter': (contact, one, now) =>
    mayContact(contact, one.kind === 'letter' ? { ...one, namesAgency: false } : one, now),
  'a link in a neutral line': (contact, one, now) => mayContact(contact, { ...one, hasLink: false }, now),
  'a reminder like any message': (contact, one, now) => mayContact(contact, { ...one, reminder: false }, now),
  'whoever is not safe carries it': (contact, one, now) => mayContact({ ...contact, notSafe: [] }, one, now),
  'voicemail unless it was said': (contact, one, now) =>
    mayContact(
      {
        ...contact,
        ways: contact.ways.map((each) =>
          each.voicemail === 'no' ? { ...each, voicemail: 'neutral' as const } : each,
        ),
      },
      one,
      now,
    ),
  'a night that ends at midnight': (contact, one, now) => {
    const cut = (each: ContactWay) =>
      each.safe.map((span_) => (span_.to < span_.from ? { ...span_, to: '23:59' } : span_))
    return mayContact(
      { ...contact, ways: contact.ways.map((each) => ({ ...each, safe: cut(each) })) },
      one,
      now,
    )
  },
  'the dated day forgotten': (contact, one, now) =>
    mayContact(
      {
        ...contact,
        ways: contact.ways.map((each) => ({
          ...each,
          unsafe: each.unsafe.filter((span_) => span_.date === null),
        })),
      },
      one,
      now,
    ),
}

test.each(Object.keys(faults))('the fuzz finds the planted mistake: %s', (name) => {
  const gate = faults[name]
  expect(gate === undefined ? null : wrongOf(gate, 20_000).failed).toBe(true)
})
