import { expect, test } from 'vitest'

import { hello } from '../../test/world/hello-release.ts'
import type { LawPack } from './law-pack.ts'
import { lawPackOf } from './law-packs.ts'
import { spokenAllowed } from './spoken.rules.ts'

const written = {
  citation: 'Section 1',
  source: 'statute',
  owner: 'A lawyer',
  reviewedOn: '2026-11-01',
  reviewedBySurvivors: 'not yet' as const,
}

/** A made-up place that answers these two questions so. */
function place(first: boolean, again: boolean): { readonly law: LawPack } {
  return {
    law: {
      id: 'uk-made',
      name: 'Made-up Place',
      version: 'uk-made-1',
      note: 'Invented for a test.',
      reviewBy: '2027-01-01',
      sources: { statute: { title: 'An invented statute', standing: 'seen' } },
      fields: {
        'spoken-agreement': { ...written, value: first },
        'renewal-by-telephone': { ...written, value: again },
      },
    },
  }
}
const before = { release: '01890000-0000-7000-8000-0000000000f1', thread: null }
const once = { release: hello, renews: null }
const again = { release: hello, renews: before }

test('a first agreement is spoken only where the law takes spoken words', () => {
  expect(spokenAllowed(once, place(true, false))).toEqual({ allowed: true, rule: 'uk-made:spoken-agreement' })
  for (const rules of [place(false, true), place(false, false), { law: null }])
    expect(spokenAllowed(once, rules).allowed).toBe(false)
})

test('the same again also where it takes a renewal by telephone', () => {
  expect(spokenAllowed(again, place(false, true))).toEqual({
    allowed: true,
    rule: 'uk-made:renewal-by-telephone',
  })
  expect(spokenAllowed(again, place(true, false)).allowed).toBe(true)
  for (const rules of [place(false, false), { law: null }])
    expect(spokenAllowed(again, rules).allowed).toBe(false)
})

test('never on a form of its own, never for a child', () => {
  const both = place(true, true)
  for (const kept of [once, again]) {
    const form = { ...kept, release: { ...hello, form: 'therapy-notes' as const } }
    const child = { ...kept, release: { ...hello, subject: { ...hello.subject, kind: 'child' as const } } }
    for (const rules of [both, place(false, true)])
      expect([spokenAllowed(form, rules).allowed, spokenAllowed(child, rules).allowed]).toEqual([
        false,
        false,
      ])
  }
})

test('no state of the United States takes spoken words for a first agreement', () => {
  for (const id of ['us-wa', 'us-ct'])
    expect(spokenAllowed(once, { law: lawPackOf('us', id) }).allowed).toBe(false)
})
