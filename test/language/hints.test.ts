import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { adviceFor, hintsIn, patternsOf, rows, tableFor } from '#language/hints'

import examples from './examples.json' with { type: 'json' }

const hits = Object.entries(examples).map(([id, { hit }]) => ({ id, hit: hit.replace(/[.?!]$/, '') }))
const gentle = { country: 'uk', severity: 1 } as const
const runs = process.env['ANYDOOR_PROVE'] === undefined ? 300 : 20_000

/** Every word that any pattern names: the hardest text there is, as each word may begin or go on with many. */
const vocabulary = [
  ...new Set(
    rows
      .flatMap((row) => [...patternsOf(row, 'uk'), ...(row.unless ?? [])])
      .flatMap((pattern) => pattern.split(/[ |]/))
      .map((word) => word.replace(/[~?]/g, ''))
      .filter((word) => /^[a-z]/.test(word)),
  ),
  'she',
  'he',
  'child',
  'failed',
]
const signs = ['.', ',', '\n\n', '“', '”', '"', "'", '’', '>', ':', '-', '\n> ', 'said', '!', '(', '…']
const hardText = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...vocabulary) }, fc.constantFrom(...signs)), {
    maxLength: 400,
  })
  .map((parts) => parts.join(' '))
const anyText = fc.oneof(hardText, fc.string({ unit: 'binary', maxLength: 600 }))

const attributions: readonly ((quote: string) => string)[] = [
  (quote) => `She said: ${quote}.`,
  (quote) => `${quote}, said the grandmother.`,
  (quote) => `The letter from the school states ${quote} on its second page.`,
  (quote) => `He texted her ${quote} that night.`,
  (quote) => `She told the nurse ${quote}.`,
  (quote) => `Mother: ${quote}`,
  (quote) => `“I was upstairs,” she said. ${quote}`,
]
const marks: readonly ((words: string) => string)[] = [
  (words) => `“${words}”`,
  (words) => `"${words}"`,
  (words) => `„${words}“`,
  (words) => `«${words}»`,
  (words) => `‘${words.replace(/['’](?=\s|$)/g, '')}’`,
  (words) => `'${words.replace(/['’](?=\s|$)/g, '')}'`,
]

describe('what is quoted', () => {
  test('is left alone when somebody is named as saying it, in every row, with every kind of mark', () => {
    for (const { id, hit } of hits) {
      for (const attribute of attributions) {
        for (const mark of marks) {
          const text = attribute(mark(hit))
          expect({ id, text, found: hintsIn(text, gentle).map((hint) => hint.words) }).toMatchObject({
            found: [],
          })
        }
      }
    }
  })

  test('is left alone as lines of a quoted mail, and after “in her own words”', () => {
    for (const { id, hit } of hits) {
      for (const text of [`> ${hit}.`, `As sent:\n> So.\n > ${hit}.\n`, `In her own words: so. ${hit}.`]) {
        expect({ id, text, found: hintsIn(text, gentle).map((hint) => hint.words) }).toMatchObject({
          found: [],
        })
      }
    }
  })

  test.each([
    'The mother has “failed to protect” the children.',
    'In other words: she failed to protect them.',
    'She said that she was tired. The mother failed to protect them.',
    'He said “stop”, but the plan is that mother “failed to protect” them.',
    'He said “stop”.\n\n“Failed to protect” is the finding.',
  ])('is looked at where the marks are a sneer, or the quotation is over: %s', (text) => {
    expect(hintsIn(text, gentle).map((hint) => hint.row.id)).toContain('failed-to-protect')
  })
})

describe('how it is written', () => {
  const ways: Readonly<Record<string, (text: string) => string>> = {
    'in capitals': (text) => text.toUpperCase(),
    'with accents apart': (text) => text.normalize('NFD'),
    'in full-width letters': (text) =>
      text.replace(/[a-z]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)),
    'with spaces that do not break': (text) => text.replaceAll(' ', '\u00a0'),
    'broken over lines': (text) => text.replaceAll(' ', '\n'),
    'with soft hyphens': (text) => text.replace(/(?<=[a-z])(?=[a-z])/g, '\u00ad'),
    'with hyphens that do not break': (text) => text.replaceAll('-', '\u2011'),
    'with straight apostrophes': (text) => text.replaceAll('’', "'"),
  }
  test.each(Object.entries(ways))('makes no difference: %s', (_way, write) => {
    for (const { id, hit } of hits)
      expect(
        hintsIn(write(hit), gentle).map((hint) => hint.row.id),
        hit,
      ).toContain(id)
  })

  test('British and American spellings are one', () => {
    for (const text of ['She prioritizes her relationship', 'She prioritises her relationship'])
      expect(hintsIn(text, { country: 'us' })).toHaveLength(1)
  })

  test('what one country writes is looked for there only', () => {
    const ids = (country: 'uk' | 'us') =>
      hintsIn('DNA at clinic', { country, severity: 1 }).map((hint) => hint.row.id)
    expect(ids('uk')).toEqual(['no-show'])
    expect(ids('us')).toEqual([])
  })
})

describe('the threshold', () => {
  test('is 2 unless another is set', () => {
    for (const { id, hit } of hits) {
      const row = rows.find((one) => one.id === id)
      const found = hintsIn(hit, { country: 'uk' }).filter((hint) => hint.row === row)
      expect(found.length > 0, hit).toBe(row?.severity === 2)
    }
  })
})

test('looking changes nothing, and what it finds stands where it says', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const before = text.slice()
      const found = hintsIn(text, gentle)
      expect(text).toBe(before)
      expect(hintsIn(text, gentle)).toEqual(found)
      for (const [index, hint] of found.entries()) {
        expect(text.slice(hint.from, hint.to)).toBe(hint.words)
        expect(hint.from).toBeGreaterThanOrEqual(found[index - 1]?.to ?? 0)
      }
    }),
    { numRuns: runs },
  )
})

test('advice says each row once, with words to put there', () => {
  const [first, ...others] = adviceFor('She failed to protect him. They failed to protect her.', {
    country: 'uk',
  })
  expect(others).toEqual([])
  expect(first).toMatchObject({ id: 'failed-to-protect', words: ['failed to protect'] })
  expect(first?.suggest[0]).toMatch(/\[act\]/)
})

describe('what looking costs', () => {
  const { search } = tableFor('uk')
  const widest = Math.max(...search.patterns.map((pattern) => pattern.length))

  test('is never more for a word than all patterns have places', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const steps = { count: 0 }
        hintsIn(text, gentle, steps)
        expect(steps.count).toBeLessThanOrEqual((text.length + 1) * (search.places * widest + 40))
      }),
      { numRuns: runs },
    )
  })

  test('grows with the text and no faster, for the hardest text too', () => {
    fc.assert(
      fc.property(hardText, (text) => {
        const cost = (times: number) => {
          const steps = { count: 0 }
          hintsIn(`${text} `.repeat(times), gentle, steps)
          return steps.count
        }
        const [once, twice, fourTimes] = [cost(1), cost(2), cost(4)]
        // The edges of two copies may meet; beyond that each copy costs what the one before cost.
        expect(fourTimes - twice).toBeLessThanOrEqual((twice - once) * 2.5 + 4000)
      }),
      { numRuns: runs },
    )
  })

  test.each([
    ['one word for ever', 'a'.repeat(200_000)],
    ['gaps that never close', 'failed to '.repeat(20_000)],
    ['quotes that never close', '“'.repeat(100_000)],
    ['single marks', " 'a".repeat(60_000)],
    ['empty lines', '\n'.repeat(100_000)],
    ['dashes on lines', '\n-'.repeat(60_000)],
    ['apostrophes in a row', "a'".repeat(60_000)],
    ['invisible signs', '\u200b'.repeat(100_000)],
  ])('has an end: %s', (_name, text) => {
    const steps = { count: 0 }
    hintsIn(text, gentle, steps)
    expect(steps.count).toBeLessThan(3_000_000)
  })
})
