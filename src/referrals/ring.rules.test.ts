import { expect, test } from 'vitest'
import type { NamedContact } from '#directory'
import { whomToRing } from './ring.rules.ts'

function contact(id: string, more: Partial<NamedContact> = {}): NamedContact {
  return {
    id,
    serviceId: 's-1',
    serviceName: 'Harbour Counselling',
    organizationName: 'Harbour Homes',
    partyId: null,
    name: `Person ${id.toUpperCase()}`,
    role: '',
    purpose: 'mental-health',
    phone: '01632 960150',
    email: null,
    away: false,
    awayFrom: null,
    awayUntil: null,
    coverId: null,
    confirmedOn: null,
    stale: true,
    ...more,
  }
}

const nobody = { people: { flagged: new Set<string>(), cards: [], subjectId: null }, notSafeToTalkTo: '' }

function listed(contacts: readonly NamedContact[], says: Parameters<typeof whomToRing>[2] = nobody) {
  const { toRing, awayAlone, keptOut } = whomToRing(contacts, 'mental-health', says)
  return {
    ring: toRing.map((each) => [each.contact.id, each.insteadOf.map((one) => one.id)]),
    alone: awayAlone.map((each) => each.id),
    keptOut,
  }
}

test('whoever is away is replaced by the first cover who is there', () => {
  const away = { away: true, awayUntil: '2026-12-11' }
  expect(
    listed([
      contact('a', { ...away, coverId: 'b' }),
      contact('b', { ...away, coverId: 'c' }),
      contact('c', { purpose: 'other' }),
      contact('d', { ...away, coverId: 'e' }),
      contact('e', { ...away, coverId: 'd' }),
      contact('f', { purpose: 'domestic-abuse' }),
    ]),
  ).toEqual({ ring: [['c', ['a', 'b']]], alone: ['d', 'e'], keptOut: 0 })
})

test('nobody named as causing harm or as not safe is a contact or a cover', () => {
  const card = {
    id: 'k-1',
    name: 'Ash Fenwick',
    sayAloud: [],
    role: 'personCausingHarm',
  } as unknown as Parameters<typeof whomToRing>[2]['people']['cards'][number]
  const people = { flagged: new Set(['k-1']), cards: [card], subjectId: null }
  const contacts = [
    contact('a', { name: 'Ash Fenwick' }),
    contact('b', { away: true, awayUntil: '2026-12-11', coverId: 'a' }),
    contact('c'),
  ]
  expect(listed(contacts, { ...nobody, people })).toEqual({ ring: [['c', []]], alone: ['b'], keptOut: 1 })
})

test.each([
  ['not Person A, she is his sister', 1],
  ['nobody at Harbour Homes', 3],
  ['his cousin works at harbour counselling', 3],
  ['my brother', 0],
])('%j keeps %i out', (notSafeToTalkTo, keptOut) => {
  expect(listed([contact('a'), contact('b'), contact('c')], { ...nobody, notSafeToTalkTo }).keptOut).toBe(
    keptOut,
  )
})
