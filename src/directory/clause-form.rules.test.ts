import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds, readClauses, type Condition, type Constraint, type Facet } from '#engine/space'
import { choicesOf, conditionOf } from './clause-form.rules.ts'
import { facets } from './facet.ts'

function constraintOf(facet: Facet): fc.Arbitrary<Constraint> {
  if (facet.kind === 'integer') {
    const number = fc.integer({ min: facet.min, max: facet.max })
    return fc
      .tuple(number, number)
      .chain(([a, b]) =>
        fc.constantFrom<Constraint>(
          { min: Math.min(a, b) },
          { max: Math.max(a, b) },
          { min: Math.min(a, b), max: Math.max(a, b) },
        ),
      )
  }
  const some = fc.subarray([...facet.values], { minLength: 1, maxLength: facet.values.length - 1 })
  return fc.oneof(
    some,
    some.map((not) => ({ not })),
  )
}

const condition: fc.Arbitrary<Condition> = fc
  .subarray([...facets])
  .chain((some) =>
    fc.tuple(...some.map((facet) => constraintOf(facet).map((one) => [facet.id, one] as const))),
  )
  .map((pairs) => Object.fromEntries(pairs))

const situation = fc
  .tuple(
    ...facets.map((facet) =>
      (facet.kind === 'integer'
        ? fc.integer({ min: facet.min, max: facet.max })
        : fc.constantFrom(...facet.values)
      ).map((value) => [facet.id, value] as const),
    ),
  )
  .map((pairs) => Object.fromEntries(pairs))

function takes(one: Condition, at: Readonly<Record<string, string | number>>): boolean {
  const read = readClauses(facets, [one])
  if (!read.ok) throw new Error(read.problem.wrong)
  return holds(facets, read.value, at)
}

test('a condition shown as choices and read back unchanged is the same, to the letter', () => {
  fc.assert(
    fc.property(condition, (one) => {
      const read = conditionOf(choicesOf(one), one)
      expect(read).toEqual({ ok: true, condition: one })
    }),
    { seed: 3, numRuns: 500 },
  )
})

test('read back without knowing what stood there before, it takes exactly the same situations', () => {
  fc.assert(
    fc.property(condition, fc.array(situation, { minLength: 20, maxLength: 20 }), (one, situations) => {
      const read = conditionOf(choicesOf(one), {})
      if (!read.ok) throw new Error(read.rule)
      for (const at of situations) expect(takes(read.condition, at)).toBe(takes(one, at))
    }),
    { seed: 4, numRuns: 300 },
  )
})

test('ages are typed in years, the last one whole, or in years and months', () => {
  const age = (from: string, to: string) => conditionOf({ chosen: {}, ranges: { age: { from, to } } }, {})
  expect(age('5', '17')).toEqual({ ok: true, condition: { age: { min: 60, max: 215 } } })
  expect(age('17y9m', '')).toEqual({ ok: true, condition: { age: { min: 213 } } })
  expect(age('9m', '12m')).toEqual({ ok: true, condition: { age: { min: 9, max: 12 } } })
  expect(age(' 5 y 6 m ', '0')).toMatchObject({ ok: false, end: 'to', rule: 'order' })
  expect(age('five', '')).toMatchObject({ ok: false, facet: 'age', end: 'from', rule: 'age-unreadable' })
  expect(age('', '400')).toMatchObject({ ok: false, end: 'to', rule: 'beyond' })
  expect(age('', '')).toEqual({ ok: true, condition: {} })
})

test('neighbours of an ordered facet become one run', () => {
  const read = conditionOf(
    { chosen: { severity: ['moderate', 'severe'], who: ['child', 'adult'] }, ranges: {} },
    {},
  )
  expect(read).toEqual({
    ok: true,
    condition: { who: ['adult', 'child'], severity: { min: 'moderate', max: 'severe' } },
  })
})
