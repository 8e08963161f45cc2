import { describe, expect, test } from 'vitest'
import { enoughToSayHello, usuallyExcluded } from './release-items.rules.ts'
import { basisOf } from './release.rules.ts'
import { itemKindIds, itemKindOf, itemKinds, recordOf } from './release.ts'
import type { Release } from './release.ts'
import { roleIds, sectorIds } from './sharing.ts'

describe('enough to say hello', () => {
  const held = {
    hasNameToUse: true,
    hasSafeContact: true,
    needs: [{ id: 'n1', words: 'Somewhere to sleep tonight' }],
    details: [
      { id: 'age', words: '34', asked: false },
      { id: 'children', words: 'Two', asked: true },
    ],
    others: [
      { kind: 'diagnosis', ref: 'd1', words: 'Invented' },
      { kind: 'own-words', ref: null, words: 'Dear all' },
    ] as const,
  }

  test('name, safe contact and what they want are chosen; a diagnosis never is', () => {
    const start = enoughToSayHello(held)
    expect(start.chosen.map((choice) => choice.kind)).toEqual([
      'name-to-use',
      'safe-contact',
      'what-they-want',
    ])
    expect(start.offered.map((choice) => choice.ref ?? choice.kind)).toEqual(['children', 'age', 'own-words'])
    expect(start.onRequest.map((choice) => choice.kind)).toEqual(['diagnosis'])
  })

  test('without a name or contact the rest still starts', () => {
    const start = enoughToSayHello({ ...held, hasNameToUse: false, hasSafeContact: false })
    expect(start.chosen.map((choice) => choice.kind)).toEqual(['what-they-want'])
  })

  test('what tells most is always left out unless picked', () => {
    expect(usuallyExcluded()).toEqual(
      expect.arrayContaining(['diagnosis', 'therapy-notes', 'area', 'substance-use', 'worker-letter']),
    )
  })
})

test('every kind has a record at every holder, and at a substance use service almost all of it is theirs', () => {
  expect([...itemKinds.keys()].toSorted()).toEqual([...itemKindIds].toSorted())
  for (const kind of itemKindIds) for (const role of roleIds) expect(recordOf(kind, role)).toMatch(/^R\d+$/)
  expect(recordOf('what-they-want', 'SUD')).toBe('R8')
  expect(recordOf('diagnosis', 'DVA')).toBe('R5')
  expect(itemKindOf('diagnosis').start).toBe('on-request')
})

test('the ground follows country, form and who shares', () => {
  const ground = (
    pack: Release['pack'],
    sector: (typeof sectorIds)[number],
    form: Release['form'] = 'general',
  ) => basisOf({ pack, form, discloser: { partyId: 'p', agency: 'A', unit: null, sector } })
  expect([ground('us', 'domestic-abuse'), ground('us', 'primary-care'), ground('us', 'education')]).toEqual([
    'REL',
    'AUTH',
    'CF',
  ])
  expect([ground('us', 'substance-use'), ground('us', 'substance-use', 'care')]).toEqual(['C2', 'C2-TPO'])
  expect([
    ground('us', 'substance-use', 'counselling-notes'),
    ground('uk', 'mental-health', 'therapy-notes'),
  ]).toEqual(['C2-CN', 'AUTH-PN'])
  for (const sector of sectorIds) expect(ground('uk', sector)).toBe('REL')
})
