import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { leftOut } from '#directory'

import { foundKinds } from './letter.ts'
import {
  languageFound,
  letterToKeep,
  noteParts,
  readLetter,
  sentencesOf,
  yearsFound,
} from './letter.rules.ts'

const letter = `Dear colleagues,
Re: Nasreen Karim
I am writing about Nasreen Karim, aged 34, who came to the surgery on 12 November 2026. Her husband, Tariq Karim, has hit her and controls the money.
She has a daughter called Leyla and a son, Idris. She is afraid of Tariq Karim.
She speaks Urdu and would like a woman interpreter. She would like to sleep without listening for the door.
You can ring 07700 900123 or write to n.karim@mail.example. Mrs. Jones at the school knows.
She stayed at the refuge in Harbour Lane, 14 Harbour Lane, NM1 2AB, last week. Her home is 3 Mill Road.
Yours sincerely, Dr Pell`

const found = (text: string) =>
  readLetter(text).found.map(({ kind, value, readsLike }) => [kind, value, readsLike])

describe('a referral letter', () => {
  test('is read sentence by sentence, with who each name reads like', () => {
    expect(found(letter)).toEqual([
      ['name', 'Nasreen Karim', 'survivor'],
      ['age', 'aged 34', null],
      ['date', '12 November 2026', null],
      ['name', 'Tariq Karim', 'personCausingHarm'],
      ['name', 'Leyla', 'child'],
      ['name', 'Idris', 'child'],
      ['language', 'Urdu', null],
      ['want', 'She speaks Urdu and would like a woman interpreter.', null],
      ['want', 'She would like to sleep without listening for the door.', null],
      ['telephone', '07700 900123', null],
      ['email', 'n.karim@mail.example', null],
      ['name', 'Jones', null],
    ])
    const language = readLetter(letter).found.find(({ kind }) => kind === 'language')
    expect([language?.interpreter, languageFound(language?.value ?? '')]).toEqual([true, 'ur'])
    expect(yearsFound('34-year-old')).toBe(34)
  })

  test.each([
    ['Referral for Ash Wren. The perpetrator is Piers Pond.', 'Piers Pond'],
    ['Ash was threatened by Piers Pond on Friday.', 'Piers Pond'],
    ['Ash’s ex-partner Piers Pond has stalked Ash for a year.', 'Piers Pond'],
  ])('%s names somebody as causing harm', (text, name) => {
    expect(found(text)).toContainEqual(['name', name, 'personCausingHarm'])
  })

  test('a partner without a word of harm reads like nobody, and a title ends no sentence', () => {
    expect(found('The partner, Ola Nowak, came along.')).toEqual([['name', 'Ola Nowak', null]])
    expect(sentencesOf('We met Mrs. Jones at noon. Nothing else.')).toEqual([
      'We met Mrs. Jones at noon.',
      'Nothing else.',
    ])
  })

  test('no address is proposed, and none is kept, least of all where a refuge is', () => {
    const kept = letterToKeep(letter)
    for (const told of ['Harbour Lane', 'NM1 2AB', '3 Mill Road', 'refuge']) expect(kept).not.toContain(told)
    expect(kept).toContain(leftOut)
    expect(kept).toContain('afraid of Tariq Karim')
    expect(
      found(
        'Ash moved to the refuge near St Mary’s and would like a lift. Call 07700 900123 at the shelter in Dunmoor.',
      ),
    ).toEqual([])
  })

  test('whatever is pasted, nothing breaks, every proposal stands in its sentence and every sentence in the letter', () => {
    const bits = fc.constantFrom(
      'Mr',
      'Mrs.',
      ' ',
      '. ',
      '\n',
      'Ash Wren',
      'her husband',
      'has hit',
      'aged 9',
      '07700 900123',
      '(555) 555-0134',
      'speaks Polish',
      'interpreter',
      'would like',
      '12/11/2026',
      'a@b.example',
      'the refuge at 4 Mill Lane',
      'Re: ',
      '((((',
      '++++',
      '0 0 0 0 0 0 0 0',
      'Ę',
      '💡',
      '“',
      '?!',
    )
    const text = fc.oneof(
      fc.array(fc.oneof(bits, fc.string({ maxLength: 8 })), { maxLength: 60 }).map((all) => all.join('')),
      fc.string({ unit: 'binary', maxLength: 400 }),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const read = readLetter(typed)
        for (const each of read.found) {
          const sentence = read.sentences[each.sentence] ?? ''
          expect(sentence).toContain(each.value)
          expect(each.value).not.toBe('')
          expect(foundKinds).toContain(each.kind)
        }
        const flat = typed.replaceAll(/\s+/g, ' ')
        for (const sentence of read.sentences) expect(flat).toContain(sentence.replaceAll(/\s+/g, ' '))
        expect(new Set(read.found.map(({ id }) => id)).size).toBe(read.found.length)
        letterToKeep(typed)
      }),
      { seed: 7, numRuns: 1500 },
    )
  })

  test('is kept to its last word, in as many notes as it takes', () => {
    const lines = Array.from({ length: 400 }, (_each, at) => `Ash said on day ${at} that it goes on.`)
    const long = [...lines, '💡'.repeat(9000), 'There is a key with a neighbour, ring after three.'].join(
      '\n',
    )
    const parts = noteParts(letterToKeep(long))
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) expect([part.length <= 7800, part.isWellFormed()]).toEqual([true, true])
    expect(parts.join('').replaceAll('\n', '')).toBe(letterToKeep(long).replaceAll('\n', ''))
    expect(parts.at(-1)).toContain('ring after three')
    expect(noteParts(letterToKeep(letter))).toHaveLength(1)
    expect(noteParts(' \n')).toEqual([])
  })

  test('the longest letter is read in a moment', () => {
    for (const line of ['A', '9 ', 'Aa ', 'by her husband ', '(((( ', 'a@', '1 a a a ', 'Mr. A. ']) {
      const began = performance.now()
      readLetter(line.repeat(Math.ceil(20_000 / line.length)))
      letterToKeep(line.repeat(Math.ceil(20_000 / line.length)))
      expect(performance.now() - began).toBeLessThan(2000)
    }
  })
})
