import fc from 'fast-check'
import { expect, test } from 'vitest'

import { heldBack, textsIn, type Told } from './held-back.rules.ts'

const told: Told = {
  names: ['Wren Larch', 'Moss'],
  ofHarm: ['Dale Larch'],
  contacts: ['07700 900123', 'wren@example.org', 'Flat 2, Quay House'],
  texts: ['Rang from the library on Tuesday and sounded calm.', 'the blue door'],
  pages: ['The school by the river', 'Quay Street Children’s Services', ''],
}

test('a name of the person, a child or anybody else in the case is held back, however it is written', () => {
  for (const text of ['He asked after Wren.', 'Said WREN left', 'Moss’s school', '“Wren”'])
    expect([text, heldBack(text, told)]).toEqual([text, 'held-back-names'])
})

test('a family name that both share, and a word that only sounds like a name, are not', () => {
  expect(heldBack('Dale Larch was arrested.', told)).toBe(null)
  expect(heldBack('There is moss on the wrench.', told)).toBe(null)
})

test('a number or an address is held back, however it is spaced', () => {
  for (const text of [
    'ring 07700900123',
    '0 7 7 0 0-900 123',
    'WREN@example.org is hers',
    'at flat 2 quay house',
  ])
    expect([text, heldBack(text, told)]).not.toEqual([text, null])
  expect(heldBack('ring 07700 900999', told)).toBe(null)
})

test('five words in a row of the case, or a short text of it whole, are held back; four are not', () => {
  expect(heldBack('She rang from the library on Monday', told)).toBe('held-back-words')
  expect(heldBack('He rang from the library', told)).toBe(null)
  expect(heldBack('waits at the blue door', told)).toBe('held-back-words')
})

test('of a page five words in a row are held back, and a short text such as the name of an agency stays writable', () => {
  expect(heldBack('Was seen at the school by the river', told)).toBe('held-back-words')
  expect(heldBack('The school by the lake', told)).toBe(null)
  expect(heldBack('Quay Street Children’s Services rang', told)).toBe(null)
  expect(
    heldBack("It's Moss's school by the river", {
      ...told,
      names: [],
      pages: ["it's Moss’s school by the sea"],
    }),
  ).toBe('held-back-words')
})

test('every text of what was sealed is found, however deep it lies', () => {
  const sealed = [{ a: 'one', b: [{ c: ['two', 3, null, true] }], d: ' ' }, [new Date(), undefined], 'three']
  expect(textsIn(sealed)).toEqual(['one', 'two', 'three'])
})

test('whatever stands around it, and whatever the case holds, a copy is found', () => {
  const word = fc.stringMatching(/^[a-z]{3,8}$/)
  const phrase = fc.array(word, { minLength: 5, maxLength: 12 })
  fc.assert(
    fc.property(phrase, fc.array(word), fc.array(word), fc.nat(), (source, before, after, at) => {
      const from = at % (source.length - 4)
      const copy = [...before, ...source.slice(from, from + 5), ...after].join(' ')
      const only: Told = { names: [], ofHarm: [], contacts: [], texts: [source.join(', ')], pages: [] }
      expect(heldBack(copy, { ...only, texts: [], pages: only.texts })).toBe('held-back-words')
      expect(heldBack(copy, only)).toBe('held-back-words')
    }),
    { seed: 7, numRuns: process.env['ANYDOOR_PROVE'] === undefined ? 200 : 20_000 },
  )
})
