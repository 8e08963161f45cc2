import { expect, test } from 'vitest'

import type { Letter } from './letter.ts'
import { namedContacts } from './named-contact.rules.ts'

const person = { name: 'Kim', phone: '01632 960200', cover: 'Lee, 01632 960201' }
const yes: Letter = { about: 'accepted', startsOn: null, person, first: null, note: '' }
const away: Letter = { about: 'named-contact', person: { ...person, name: 'Jo' }, awayUntil: '2026-12-05' }

test('each side is rung as it was last named, and whoever stands in comes first only while the other is away', () => {
  const pieces = [
    { way: 'in' as const, letter: yes },
    { way: 'out' as const, letter: { ...yes, person: { ...person, name: 'Robin' } } },
    { way: 'in' as const, letter: away },
    { way: 'in' as const, letter: null },
  ]
  const during = namedContacts(pieces, '2026-12-05')
  expect(during.ours?.person.name).toBe('Robin')
  expect(during.theirs).toMatchObject({ person: { name: 'Jo' }, awayUntil: '2026-12-05' })
  expect(namedContacts(pieces, '2026-12-06').theirs).toMatchObject({
    person: { name: 'Jo' },
    awayUntil: null,
  })
  expect(namedContacts([], '2026-12-05')).toEqual({ ours: null, theirs: null })
})
