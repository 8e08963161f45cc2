import fc from 'fast-check'
import { vi } from 'vitest'
import type { ConditionJson, ConstraintJson, FacetJson, SystemJson, Value } from './oracle.ts'
import { valuesOf } from './oracle.ts'

const proving = (process.env['PROVE'] ?? process.env['ANYDOOR_PROVE']) !== undefined
if (proving) vi.setConfig({ testTimeout: 3_600_000 })

/** How many random systems a property sees: bounded in `npm test`, the full count with PROVE=1. */
export function runs(bounded: number, full: number): { numRuns: number; seed: number } {
  return { numRuns: proving ? full : bounded, seed: 20_261_122 }
}

/** Random small systems of every shape that the format allows, small enough to count by hand. */
export const smallSystem: fc.Arbitrary<SystemJson> = fc
  .record({
    facets: fc.array(facetKind(), { minLength: 1, maxLength: 3, size: 'max' }),
    needs: fc.integer({ min: 1, max: 3 }),
    agencies: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ facets: kinds, needs, agencies }) => {
    const facets = kinds.map((facet, i) => ({ ...facet, id: `f${i}` }))
    const needIds = ids('n', needs)
    const agencyIds = ids('a', agencies)
    return fc
      .record(
        {
          facets: fc.constant(facets),
          possible: often(clausesFor(facets, 2)),
          weights: weightsFor(facets),
          needs: fc.tuple(
            ...needIds.map((id) =>
              fc.record(
                {
                  id: fc.constant(id),
                  arises: often(clausesFor(facets, 2)),
                  importance: fc.integer({ min: 1, max: 4 }),
                },
                { requiredKeys: ['id'] },
              ),
            ),
          ),
          agencies: fc.tuple(
            ...agencyIds.map((id) =>
              fc.record(
                {
                  id: fc.constant(id),
                  door: mostly(fc.constant(true), fc.constant(false)),
                  arrivals: mostly(fc.integer({ min: 1, max: 3 }), fc.constant(0)),
                },
                { requiredKeys: ['id'] },
              ),
            ),
          ),
          services: fc
            .array(serviceFor(facets, needIds, agencyIds), { minLength: 1, maxLength: 6, size: 'max' })
            .map((list) => list.map((s, i) => ({ ...s, id: `s${i}` }))),
          maxHandoffs: mostly(fc.integer({ min: 1, max: 3 }), fc.constant(0)),
          withinWeeks: fc.uniqueArray(fc.constantFrom(0, 1, 2, 4), { maxLength: 3, size: 'max' }),
        },
        { requiredKeys: ['facets', 'needs', 'agencies', 'services'] },
      )
      .chain((system) => {
        const places = [...agencyIds, ...system.services.map((s) => s.id)]
        const way = fc.record(
          {
            from: fc.constantFrom(...agencyIds),
            to: fc.constantFrom(...places),
            kind: fc.constantFrom('warm' as const, 'referral' as const, 'signpost' as const),
            when: often(clausesFor(facets, 2)),
          },
          { requiredKeys: ['from', 'to', 'kind'] },
        )
        return fc.array(way, { maxLength: 8, size: 'max' }).map((pathways) => clean({ ...system, pathways }))
      })
  })

/** A condition over these facets. */
export function conditionFor(facets: readonly FacetJson[]): fc.Arbitrary<ConditionJson> {
  return fc
    .tuple(...facets.map((facet) => fc.option(constraintFor(facet), { nil: undefined, freq: 2 })))
    .map((all) =>
      Object.fromEntries(all.flatMap((one, i) => (one === undefined ? [] : [[facets[i]!.id, one]]))),
    )
}

/** A situation in which some facets are unknown. */
export function partialFor(facets: readonly FacetJson[]): fc.Arbitrary<Record<string, Value>> {
  return fc
    .tuple(...facets.map((facet) => fc.option(fc.constantFrom(...valuesOf(facet)), { nil: undefined })))
    .map((all) =>
      Object.fromEntries(all.flatMap((one, i) => (one === undefined ? [] : [[facets[i]!.id, one]]))),
    )
}

function facetKind(): fc.Arbitrary<Omit<FacetJson, 'id'>> {
  const listed = (kind: 'choice' | 'ordered') =>
    mostly(fc.integer({ min: 2, max: 4 }), fc.constant(1)).map((size) => ({ kind, values: ids('v', size) }))
  const integer = fc
    .tuple(fc.integer({ min: -2, max: 3 }), fc.integer({ min: 0, max: 5 }))
    .map(([min, more]) => ({ kind: 'integer' as const, min, max: min + more }))
  return fc.oneof(integer, listed('choice'), listed('ordered'))
}

function constraintFor(facet: FacetJson): fc.Arbitrary<ConstraintJson> {
  const values = valuesOf(facet)
  const some = mostly(fc.subarray(values, { minLength: 1 }), fc.constant([]))
  const list: fc.Arbitrary<ConstraintJson> = fc.oneof(
    some,
    some.map((not) => ({ not })),
  )
  if (facet.kind === 'choice') return list
  const pair = fc
    .tuple(fc.nat(values.length - 1), fc.nat(values.length - 1))
    .map(([a, b]) => [values[Math.min(a, b)]!, values[Math.max(a, b)]!] as const)
  const range = fc
    .tuple(pair, fc.constantFrom('both', 'min', 'max'))
    .map(([[min, max], ends]): ConstraintJson =>
      ends === 'both' ? { min, max } : ends === 'min' ? { min } : { max },
    )
  return fc.oneof({ weight: 1, arbitrary: list }, { weight: 3, arbitrary: range })
}

function clausesFor(facets: readonly FacetJson[], most: number): fc.Arbitrary<ConditionJson[]> {
  return mostly(
    fc.array(conditionFor(facets), { minLength: 1, maxLength: most, size: 'max' }),
    fc.constant([]),
  )
}

function serviceFor(facets: readonly FacetJson[], needs: readonly string[], agencies: readonly string[]) {
  return fc.record(
    {
      agency: fc.constantFrom(...agencies),
      meets: fc.subarray([...needs], { minLength: 1 }),
      accepts: clausesFor(facets, 3),
      selfReferral: fc.boolean(),
      open: mostly(fc.constant(true), fc.constant(false)),
      waitWeeks: fc.constantFrom(0, 1, 3, 8),
      after: fc.oneof(fc.constant([]), fc.subarray([...needs], { maxLength: Math.min(2, needs.length) })),
      fixed: fc.subarray(
        facets.map((facet) => facet.id),
        { maxLength: 1 },
      ),
    },
    { requiredKeys: ['agency', 'meets'] },
  )
}

function weightsFor(facets: readonly FacetJson[]): fc.Arbitrary<SystemJson['weights']> {
  const one = (
    facet: FacetJson,
  ): fc.Arbitrary<Record<string, number> | { min: number; max: number; weight: number }[]> => {
    const values = valuesOf(facet)
    const amounts = fc
      .array(fc.integer({ min: 0, max: 5 }), { minLength: values.length, maxLength: values.length })
      .filter((all) => all.some((w) => w > 0))
    if (facet.kind !== 'integer')
      return amounts.map((all) => Object.fromEntries(values.map((value, i) => [value, all[i]!])))
    return fc.tuple(amounts, fc.integer({ min: 1, max: 3 })).map(([all, wide]) => {
      const ranges = []
      for (let i = 0; i < values.length; i += wide)
        ranges.push({
          min: Number(values[i]),
          max: Number(values[Math.min(i + wide, values.length) - 1]),
          weight: all[i]! + 1,
        })
      return ranges
    })
  }
  return fc
    .tuple(...facets.map((facet) => fc.option(one(facet), { nil: undefined })))
    .map((all) =>
      Object.fromEntries(
        all.flatMap((weights, i) => (weights === undefined ? [] : [[facets[i]!.id, weights]])),
      ),
    )
}

/** The first kind nine times in ten. */
function mostly<T, U>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd })
}

function often<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 })
}

function ids(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i}`)
}

function clean(system: object): SystemJson {
  return JSON.parse(JSON.stringify(system)) as SystemJson
}
