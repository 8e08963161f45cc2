import { otherRuns, sizeOf, sumOf, type Clause, type Runs, type Service, type System } from '#engine/space'

/**
 * What could be won by knock-on where a need comes to be covered: by facet and value, the sum of what the
 * services could win that wait for it, or for what those meet, and accept that value. A bound, never a figure.
 */
export interface KnockOnBound {
  /** By facet; null on facets with too many values to list. */
  readonly byFacet: readonly (Float64Array | null)[]
  readonly total: number
}

const MOST_VALUES = 4096

/** By need, the bound; null where no service waits for it. `worth` is the most that a service wins in one situation. */
export function knockOnBounds(
  system: System,
  waiting: readonly (readonly number[])[],
  worth: (service: number) => number,
): readonly (KnockOnBound | null)[] {
  return system.needs.map((_, need) => {
    const services = following(system, waiting, need)
    return services.length === 0 ? null : boundOf(system, services, worth)
  })
}

/** The most that the parts of a clause could set off, in one situation. */
export function knockOnWithin(bound: KnockOnBound, part: Clause): number {
  let least = bound.total
  for (const { facet, runs } of part) {
    const sums = bound.byFacet[facet] ?? null
    if (sums === null) continue
    let most = 0
    for (let i = 0; i < runs.length; i += 2) {
      for (let step = runs[i] as number; step <= (runs[i + 1] as number); step++)
        most = Math.max(most, sums[step] as number)
    }
    least = Math.min(least, most)
  }
  return least
}

/** The services that wait for the need, and those that wait for what they meet, and so on. */
function following(system: System, waiting: readonly (readonly number[])[], need: number): readonly number[] {
  const needs = new Set([need])
  const services = new Set<number>()
  for (const one of needs) {
    for (const number of waiting[one] ?? []) {
      services.add(number)
      for (const met of system.services[number]?.meets ?? []) needs.add(met)
    }
  }
  return [...services]
}

function boundOf(
  system: System,
  services: readonly number[],
  worth: (service: number) => number,
): KnockOnBound {
  const worths = services.map(worth)
  const byFacet = system.facets.map((facet, number) => {
    const size = sizeOf(facet)
    if (size > MOST_VALUES) return null
    const sums = new Float64Array(size)
    for (const [i, service] of services.entries()) {
      const most = worths[i] as number
      for (const step of stepsAccepted(system.services[service] as Service, number, size))
        sums[step] = (sums[step] as number) + most
    }
    return sums
  })
  return { byFacet, total: sumOf(worths) }
}

/** The values of one facet that some clause of the service lets through. */
function stepsAccepted(service: Service, facet: number, size: number): ReadonlySet<number> {
  const steps = new Set<number>()
  for (const clause of service.accepts) {
    const runs: Runs = clause.find((limit) => limit.facet === facet)?.runs ?? otherRuns([], size)
    for (let i = 0; i < runs.length; i += 2)
      for (let step = runs[i] as number; step <= (runs[i + 1] as number); step++) steps.add(step)
  }
  return steps
}
