import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Card, CardBody } from './card.ts'
import { recordedToChange } from './card.rules.ts'
import { contactToKeep, keptFromHarm, personOf, safeWays } from './contact-apart.rules.ts'
import { Danger } from './danger.ts'
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
    expect(ask(keptFromHarm(written, before, null))).toHaveProperty('allowed', true)
    expect(ask(keptFromHarm(written, [survivor, harm], null))).toHaveProperty(
      'refused',
      'contact-not-safe-person',
    )
  })

  test('so does one that names them and points at nobody; another person of the case stays a way', () => {
    for (const value of ['Dane, 07700 900321', 'her husband dane', 'DANE VALE'])
      expect([value, ask(keptFromHarm(contact(way({ value })), [survivor, harm], null))]).toEqual([
        value,
        expect.objectContaining({ refused: 'contact-not-safe-person' }),
      ])
    const through = contact(way({ value: 'Jo', trustedPersonRef: 'aunt' }))
    expect(ask(keptFromHarm(through, [survivor, harm, aunt], null))).toHaveProperty('allowed', true)
    expect(ask(keptFromHarm(contact(way({ value: 'Danes Bakery' })), [survivor, harm], null))).toHaveProperty(
      'allowed',
      true,
    )
  })

  test('a way that is not used is left out of what is shown and sent', () => {
    const kept = keptFromHarm(
      contact(way({ trustedPersonRef: 'harm' }), way({ id: 'v', channel: 'text' })),
      [survivor, harm],
      null,
    )
    expect(safeWays(kept).map(({ id }) => id)).toEqual(['v'])
  })

  test('the person whose case it is stays reachable, whatever is said of them', () => {
    const own = contact(way({ channel: 'call', value: '07700 900321' }))
    expect(keptFromHarm(own, [harm], null)).toEqual(own)
  })

  test('whatever the ways and the act: nothing goes through whoever causes harm', () => {
    const anyWay = fc.record({
      channel: fc.constantFrom('trusted-person' as const, 'call' as const, 'post' as const),
      value: fc.constantFrom('', 'Dane', 'Jo', '07700 900321'),
      trustedPersonRef: fc.constantFrom(null, 'harm', 'aunt'),
    })
    fc.assert(
      fc.property(anyWay, fc.constantFrom(...contactActs), (each, kind) => {
        const kept = keptFromHarm(contact(way(each)), [survivor, harm, aunt], null)
        const answer = ask(kept, kind)
        const theirs = each.trustedPersonRef === 'harm' || kept.ways[0]?.trustedPersonRef === 'harm'
        if (theirs && kind !== 'calendar' && kind !== 'print') expect(answer).toHaveProperty('refused')
      }),
      { numRuns: 200, seed: 20261127 },
    )
  })
})

describe('whoever is named as not safe carries nothing', () => {
  const ana = card('ana', { name: 'Ana Ruiz', sayAloud: ['Nita'], legalName: 'Anabela Ruiz' })
  const said = (notSafeToTalkTo: string, ...names: string[]) => Danger.parse({ notSafeToTalkTo, names })
  const shut = expect.objectContaining({ refused: 'contact-not-safe-person' }) as unknown
  const open = expect.objectContaining({ allowed: true }) as unknown
  const through = contact(way({ value: '07700 900321', trustedPersonRef: 'ana' }))
  const asked = (of: SafeContact, danger: Danger | null, cards = [survivor, ana, aunt]) =>
    ask(keptFromHarm(of, cards, danger))

  test.each([
    ['my aunt Ana, she passes things on', shut],
    ['Not ana ruiz.', shut],
    ['ÁNA RUIZ', shut],
    ['Nita', shut],
    ['not ana, she passes things on', shut],
    ['Avoid Ana', shut],
    ['Stepmum Ana', shut],
    ['Ana I do not trust', shut],
    ['Anabela Ruiz knows his mother', shut],
    ['Only my aunt Ana is not told the address', shut],
    ['Ana Castle from the school', open],
    ['Anabel, and the Ruiz family', open],
    ['Ana’s husband', open],
    ['Jo', open],
    ['', open],
  ])('in words: %s', (words, answer) => {
    expect(asked(through, said(words))).toEqual(answer)
    expect(asked(through, null)).toEqual(open)
  })

  test('by a name on a line of its own, as it may be written', () => {
    expect(asked(through, said('', 'Ruiz Ana'))).toEqual(shut)
    expect(asked(through, said('', 'ana ruíz'))).toEqual(shut)
    expect(asked(through, said('', 'Ana Castle'))).toEqual(open)
  })

  test('a card without a name answers to nothing', () => {
    const bare = card('ana', {})
    expect(asked(through, said('my aunt Ana', 'Ana Ruiz'), [survivor, bare])).toEqual(open)
  })

  test.each([
    ['Ana, 07700 900321', 'my aunt Ana', shut],
    ['her aunt ana', 'My aunt Ana', shut],
    ['Aunt Ana', 'not ana', shut],
    ['Mum, 07700 900321', 'His brother, and Mum', shut],
    ['Jo Vale', 'Dane Vale', open],
    ['WhatsApp Ana, 07700 900321', 'Not Ana', shut],
    ['My aunt Jo', 'My aunt Ana', open],
    ['Call Jo', 'Never call Ana', open],
  ])('with no card: %s, where the person says: %s', (value, words, answer) => {
    expect(asked(contact(way({ value })), said(words), [survivor])).toEqual(answer)
  })

  test('with no card: by a name on a line of its own', () => {
    expect(asked(contact(way({ value: 'Ana, 07700 900321' })), said('', 'Ana Ruiz'), [survivor])).toEqual(
      shut,
    )
  })

  test('a child who stands there carries nothing either, and is not held back from signing', () => {
    const child = card('jude', { name: 'Jude', role: 'child' })
    const kept = keptFromHarm(
      contact(way({ trustedPersonRef: 'jude' })),
      [survivor, child],
      said('The neighbour who collects Jude'),
    )
    expect([ask(kept), kept.notSafe.includes('jude')]).toEqual([shut, false])
  })

  test('a way of the person themself stays, also where their own name stands there', () => {
    const own = contact(way({ channel: 'call', value: '07700 900321' }))
    expect(ask(keptFromHarm(own, [survivor], said('Do not say Rowan Vale to anybody')), 'call')).toEqual(open)
    expect(keptFromHarm(own, [survivor], said('Rowan Vale')).notSafe).toEqual([])
  })

  test('it is left out of what is shown and sent, flags the card, and ends when the name is taken away', () => {
    const byName = way({ id: 'n', value: 'Ana, 07700 900321' })
    const written = contact(...through.ways, byName, way({ id: 'v', value: 'Jo', trustedPersonRef: 'aunt' }))
    const kept = keptFromHarm(written, [survivor, ana, aunt], said('Ana'))
    expect(safeWays(kept).map(({ id }) => id)).toEqual(['v'])
    expect(kept.notSafe).toContain('ana')
    expect(kept.ways.map(personOf)).toEqual(['ana', null, 'aunt'])
    expect(contactToKeep(kept)).toEqual(written)
    expect(contactToKeep(written)).toEqual(written)
    const harmful = keptFromHarm(written, [survivor, harm, ana, aunt], said('Ana'))
    expect(contactToKeep(harmful)).toEqual({ ...written, notSafe: ['harm'] })
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
