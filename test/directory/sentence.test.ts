import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clausesDiagram, newModel, readClauses, readSystem, type Condition } from '#engine/space'
import { choicesOf, conditionOf } from '../../src/directory/clause-form.rules.ts'
import { anyCondition } from './any-condition.ts'
import { facets, type Pack } from '../../src/directory/facet.ts'
import { conditionSaid, exclusionsOf, sentenceOf } from '../../src/directory/sentence.rules.ts'

const numRuns = process.env['ANYDOOR_PROVE'] === '1' ? 20_000 : 1_500
const packs: readonly Pack[] = ['uk', 'us']

const read = readSystem({ facets, needs: [{ id: 'help' }], agencies: [{ id: 'door' }], services: [] })
if (!read.ok) throw new Error(read.problem.wrong)
const model = newModel(read.value)

/** The set of situations as the engine draws it: the same set is the same number. */
function drawn(condition: Condition): number {
  const clauses = readClauses(facets, [condition])
  if (!clauses.ok) throw new Error(clauses.problem.wrong)
  return clausesDiagram(model, clauses.value)
}

test.each(packs)('the sentence, read back, is the same condition in every situation: %s', (pack) => {
  fc.assert(
    fc.property(anyCondition, (condition) => {
      const sentence = sentenceOf(condition, pack)
      const back = conditionSaid(sentence, pack)
      if (back === null) throw new Error(`not read back: ${sentence}`)
      expect([sentence, drawn(back)]).toEqual([sentence, drawn(condition)])
    }),
    { seed: 11, numRuns },
  )
})

test.each(packs)('two conditions with the same sentence take the same situations: %s', (pack) => {
  const known = new Map<string, number>()
  fc.assert(
    fc.property(anyCondition, (condition) => {
      const sentence = sentenceOf(condition, pack)
      expect(known.get(sentence) ?? drawn(condition)).toBe(drawn(condition))
      known.set(sentence, drawn(condition))
    }),
    { seed: 12, numRuns },
  )
})

test('what the form makes of a condition is said in the same sentence', () => {
  fc.assert(
    fc.property(anyCondition, (condition) => {
      const made = conditionOf(choicesOf(condition), {})
      expect(made.ok && sentenceOf(made.condition, 'uk')).toBe(sentenceOf(condition, 'uk'))
    }),
    { seed: 13, numRuns: 300 },
  )
})

test('what is shut out and what is taken of one detail are the whole of it', () => {
  fc.assert(
    fc.property(anyCondition, (condition) => {
      for (const { facet, words } of exclusionsOf(condition, 'uk')) {
        expect(words).not.toContain('no answer fits')
        expect(condition).toHaveProperty(facet)
      }
    }),
    { seed: 14, numRuns: 300 },
  )
  expect(exclusionsOf({ age: { min: 84, max: 215 }, risk: { min: 'high' } }, 'uk')).toEqual([
    { facet: 'age', words: 'Age: up to 6, or 18 or more' },
    { facet: 'risk', words: 'Danger from abuse: nobody has gone through it yet, standard, or medium' },
  ])
})

test('a sentence is short and plain', () => {
  const said = (condition: Condition, pack: Pack = 'uk') => sentenceOf(condition, pack)
  expect(said({})).toBe('Everybody.')
  expect(said({ who: ['child'], age: { min: 60, max: 215 }, 'same-home': ['no'] })).toBe(
    'For a child or young person living with abuse. Aged 5 to 17. The person causing harm does not live in the same home.',
  )
  expect(said({ age: { max: 60 } })).toBe('Aged up to 5 years and 0 months.')
  expect(said({ age: { min: 213 } })).toBe('Aged 17 years and 9 months or more.')
  expect(said({ age: { max: 11 } })).toBe('Aged under 1.')
  expect(said({ weeks: { min: 12 }, safeguarding: { not: ['worry'] } })).toBe(
    'It has been this hard for 12 weeks or more. Child protection: anything but a worry that nobody has decided about yet.',
  )
  expect(said({ home: ['refuge'] }, 'us')).toBe('The home: in a shelter.')
  expect(said({ abuse: { min: 'ongoing' } })).toBe('Everybody.')
  expect(said({ abuse: [] })).toBe('The abuse: no answer fits.')
})

test('other words are not taken for a made sentence', () => {
  for (const text of [
    '',
    'Children from 5 on.',
    'Aged 5.',
    'Aged 17 to 5.',
    'Aged 5 to 200.',
    'Everybody. Everybody.',
  ])
    expect([text, conditionSaid(text, 'uk')]).toEqual([text, null])
  expect(conditionSaid('Aged 5 to 17. Aged 5 to 17.', 'uk')).toBeNull()
})
