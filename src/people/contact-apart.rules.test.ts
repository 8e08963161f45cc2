import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Card, CardBody } from './card.ts'
import { recordedToChange } from './card.rules.ts'
import { keptFromHarm, safeWays } from './contact-apart.rules.ts'
import { contactActs, ContactWay, SafeContact } from './safe-contact.ts'
import { mayContact } from './safe-contact.rules.ts'

const card = (id: string, body: Partial<Card>): Card => ({
  ...CardBody.parse({ role: 'other', ...body }),
  id,
  version: 1,
})
const survivor = card('survivor', { name: 'Rowan Vale', role: 'survivor' })
const harm = card('harm', { name: 'Dane Vale', role: 'personCausingHarm' })
const aunt = card('aunt', { name: 'Jo' })

const way = (over: Partial<ContactWay>) =>
  ContactWay.parse({
    id: 'w',
    channel: 'trusted-person',
    value: '',
    whoElseSees: 'nobody',
    zone: 'Europe/London',
    whenever: true,
    safe: [],
    unsafe: [],
    content: 'ok',
    ...over,
  })
const contact = (...ways: readonly ContactWay[]): SafeContact =>
  SafeContact.parse({
    nothingAtAll: false,
    ways,
    nameSafeToSay: null,
    verifiedAt: '2026-11-27T00:00:00Z',
    verifiedBy: 'Ash',
  })

const now = new Date('2026-11-27T12:00:00Z')
const ask = (of: SafeContact, kind: (typeof contactActs)[number] = 'trusted-person') =>
  mayContact(
    of,
    { kind, wayId: 'w', namesAgency: false, hasLink: false, tellsMore: false, reminder: false },
    now,
  )

describe('whoever causes harm is no contact', () => {
  test('a way through somebody who is named later refuses from that moment', () => {
    const written = contact(way({ trustedPersonRef: 'harm' }))
    const before = [survivor, { ...harm, role: 'other' as const }]
    expect(ask(keptFromHarm(written, before))).toHaveProperty('allowed', true)
    expect(ask(keptFromHarm(written, [survivor, harm]))).toHaveProperty('refused', 'contact-not-safe-person')
  })

  test('so does one that names them and points at nobody; another person of the case stays a way', () => {
    for (const value of ['Dane, 07700 900321', 'her husband dane', 'DANE VALE'])
      expect([value, ask(keptFromHarm(contact(way({ value })), [survivor, harm]))]).toEqual([
        value,
        expect.objectContaining({ refused: 'contact-not-safe-person' }),
      ])
    const through = contact(way({ value: 'Jo', trustedPersonRef: 'aunt' }))
    expect(ask(keptFromHarm(through, [survivor, harm, aunt]))).toHaveProperty('allowed', true)
    expect(ask(keptFromHarm(contact(way({ value: 'Danes Bakery' })), [survivor, harm]))).toHaveProperty(
      'allowed',
      true,
    )
  })

  test('a way that is not used is left out of what is shown and sent', () => {
    const kept = keptFromHarm(contact(way({ trustedPersonRef: 'harm' }), way({ id: 'v', channel: 'text' })), [
      survivor,
      harm,
    ])
    expect(safeWays(kept).map(({ id }) => id)).toEqual(['v'])
  })

  test('the person whose case it is stays reachable, whatever is said of them', () => {
    const own = contact(way({ channel: 'call', value: '07700 900321' }))
    expect(keptFromHarm(own, [harm])).toEqual(own)
  })

  test('whatever the ways and the act: nothing goes through whoever causes harm', () => {
    const anyWay = fc.record({
      channel: fc.constantFrom('trusted-person' as const, 'call' as const, 'post' as const),
      value: fc.constantFrom('', 'Dane', 'Jo', '07700 900321'),
      trustedPersonRef: fc.constantFrom(null, 'harm', 'aunt'),
    })
    fc.assert(
      fc.property(anyWay, fc.constantFrom(...contactActs), (each, kind) => {
        const kept = keptFromHarm(contact(way(each)), [survivor, harm, aunt])
        const answer = ask(kept, kind)
        const theirs = each.trustedPersonRef === 'harm' || kept.ways[0]?.trustedPersonRef === 'harm'
        if (theirs && kind !== 'calendar' && kind !== 'print') expect(answer).toHaveProperty('refused')
      }),
      { numRuns: 200, seed: 20261127 },
    )
  })
})

test('a carer, next of kin or nearest relative who causes harm is asked about until it is changed, also when the role comes later', () => {
  const recorded = {
    as: ['carer', 'next-of-kin'] as ('carer' | 'next-of-kin')[],
    where: 'GP',
    changed: false,
  }
  const partner = card('harm', { name: 'Dane', recorded })
  expect(recordedToChange([survivor, partner])).toEqual([])
  const named = { ...partner, role: 'personCausingHarm' as const }
  expect(recordedToChange([survivor, named]).map(({ id }) => id)).toEqual(['harm'])
  expect(recordedToChange([survivor, { ...named, recorded: { ...recorded, changed: true } }])).toEqual([])
  expect(recordedToChange([survivor, { ...named, recorded: { ...recorded, as: [] } }])).toEqual([])
})
