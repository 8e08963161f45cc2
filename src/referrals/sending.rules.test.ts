import { expect, test } from 'vitest'

import type { Card, CaseFile } from '#people'
import { type DraftContext, rulesInForce } from '#releases'

import { guardianProblems, possibleGuardians, talkProblems } from './sending.rules.ts'

function card(id: string, name: string, role: Card['role']): Card {
  return {
    id,
    name,
    role,
    sayAloud: [],
    pronoun: '',
    roleSource: 'said-so',
    roleSince: '',
    note: '',
    version: 1,
  }
}
const child = card('c', 'Ivy Vale', 'child')
const sister = card('s', 'Fern Vale', 'child')
const harm = card('h', 'Dane Vale', 'personCausingHarm')
const aunt = card('a', 'Wren Moss', 'other')
const sameName = card('n', 'Dane Vale', 'other')
const unsafe = card('u', 'Sam Orchard', 'other')
const nameless = card('x', '', 'other')
const cards = [child, sister, harm, aunt, sameName, unsafe, nameless]
const file = { cards, survivor: null, situation: {} } as unknown as CaseFile
const context: DraftContext = {
  rules: rulesInForce('us'),
  now: new Date('2026-11-22T10:00:00Z'),
  people: { flagged: new Set(['h', 'u']), cards, subjectId: 'c' },
  excluded: new Set(),
}

test('us-4, uk-4: nobody named as causing harm or not safe can sign for a child, nor whoever has that name', () => {
  expect(possibleGuardians(file, context)).toEqual([aunt])
  for (const one of cards)
    expect([one.id, guardianProblems({ guardian: one.id }, file, context).map(({ rule }) => rule)]).toEqual([
      one.id,
      one === aunt ? [] : ['us-4'],
    ])
  expect(guardianProblems({ guardian: 'nobody' }, file, context)).toHaveLength(1)
  expect(guardianProblems({ guardian: '' }, file, context)).toEqual([])
})

test('by the card’s own role, and where parent and child have one name', () => {
  const nobody = { ...context, people: { ...context.people, flagged: new Set<string>(), cards: [] } }
  expect(possibleGuardians(file, nobody)).not.toContain(harm)
  const junior = card('c', 'Sam Orchard', 'child')
  const family = [junior, unsafe, aunt]
  const of = { cards: family, survivor: null, situation: {} } as unknown as CaseFile
  const people = { flagged: new Set(['u']), cards: family, subjectId: 'c' }
  expect(possibleGuardians(of, { ...context, people })).toEqual([aunt])
})

test('a page leaves for later only what the person’s own turn gives', () => {
  const problem = (field: string, rule = field) => ({ field, rule, key: 'k' })
  const all = [problem('copy'), problem('need-minor-signed'), problem('signature', 'release-signature')]
  const kept = [problem('signature', 'us-4'), problem('purpose'), problem('need-part2-notice')]
  expect(talkProblems([...all, ...kept])).toEqual(kept)
})
