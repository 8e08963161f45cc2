import { describe, expect, test } from 'vitest'

import type { Card } from '#people'

import { excludedParties, flaggedByName, namedIn } from './named.rules.ts'

function card(id: string, name: string, role: Card['role'], sayAloud: readonly string[] = []): Card {
  return {
    id,
    name,
    role,
    sayAloud: [...sayAloud],
    pronoun: '',
    roleSource: 'said-so',
    roleSince: '',
    note: '',
    version: 1,
  }
}

const survivor = card('s', 'Rowan Vale', 'survivor')
const harm = card('h', 'Dane Ó Vale', 'personCausingHarm', ['Big D'])
const aunt = card('a', 'Wren', 'other')
const uncle = { ...card('u', 'Zdeněk Krásný', 'personCausingHarm'), legalName: 'Stanislav Novotný' }
const people = namedIn({
  cards: [survivor, harm, aunt, uncle],
  survivor,
  personsCausingHarm: [harm, uncle],
  contact: { notSafe: ['a'] } as unknown as Parameters<typeof namedIn>[0]['contact'],
})

describe('whose name this is', () => {
  test.each([
    'Dane Ó Vale',
    'dane o vale',
    '  DANE  O.  VALE ',
    'Mr Dane O Vale',
    'Vale, Dane Ó',
    'Big D',
    'wren',
    'Zdenek Krasny',
    'ZDENĚK KRÁSNÝ',
    'Stanislav Novotny',
  ])('%s is somebody who may never sign', (typed) => expect(flaggedByName(people, typed)).not.toBeNull())

  test.each(['Rowan Vale', 'Dane', 'Wren Moss', 'D', '', '…'])('%s is not', (typed) =>
    expect(flaggedByName(people, typed)).toBeNull(),
  )

  test('a survivor with the same name is never taken for the other', () => {
    const same = card('s2', 'Dane Ó Vale', 'survivor')
    const two = namedIn({ cards: [same, harm], survivor: same, personsCausingHarm: [harm], contact: null })
    expect(flaggedByName(two, 'Dane O Vale')).toBeNull()
  })
})

test('an agency named in the person’s own words is excluded, a word inside another is not', () => {
  const agencies = [
    { partyId: 'p1', name: 'Hill Clinic' },
    { partyId: 'p2', name: 'Harbour' },
    { partyId: 'p3', name: 'GP' },
  ]
  expect(excludedParties('Not the hill clinic. My gp is fine. Harbours are nice.', agencies)).toEqual(
    new Set(['p1']),
  )
})
