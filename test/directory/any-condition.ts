import fc from 'fast-check'
import type { Condition, Constraint, Facet } from '#engine/space'
import { facets } from '../../src/directory/facet.ts'

function anyConstraint(facet: Facet): fc.Arbitrary<Constraint> {
  if (facet.kind === 'integer') {
    const number = fc.oneof(
      fc.integer({ min: facet.min, max: facet.max }),
      // Ends of years, and both ends of the facet, come more often than chance would have them.
      fc.integer({ min: 0, max: Math.floor(facet.max / 12) }).map((year) => year * 12),
      fc.integer({ min: 1, max: Math.floor(facet.max / 12) }).map((year) => year * 12 - 1),
      fc.constantFrom(facet.min, facet.max),
    )
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

/** Any condition that the editor can make. */
export const anyCondition: fc.Arbitrary<Condition> = fc
  .subarray([...facets])
  .chain((some) =>
    fc.tuple(...some.map((facet) => anyConstraint(facet).map((one) => [facet.id, one] as const))),
  )
  .map((pairs) => Object.fromEntries(pairs))
