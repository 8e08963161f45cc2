import type { Clause } from './condition.ts'
import { TooLarge } from './diagram.ts'
import { sizeOf, type Facet } from './facet.ts'
import { clausesDiagram, newModel } from './model.ts'
import { lengthOf } from './runs.ts'
import type { System } from './system.ts'

/** Services that an order is tried on at first, edges that one try may take, and edges that all tries may take. */
const SAMPLE = 240
const ONE_TRY = 300_000
const ALL_TRIES = 3_000_000

/** Facets from the one that cuts most to the one that cuts least; ties in the order of the file. */
export function orderOf(system: System): readonly number[] {
  const cuts = new Float64Array(system.facets.length)
  const note = (clauses: readonly Clause[]) => {
    for (const clause of clauses) {
      for (const { facet, runs } of clause) {
        cuts[facet] = (cuts[facet] as number) + 1 - lengthOf(runs) / sizeOf(system.facets[facet] as Facet)
      }
    }
  }
  for (const need of system.needs) note(need.arises)
  for (const service of system.services) note(service.accepts)
  return system.facets
    .map((_, facet) => facet)
    .sort((a, b) => (cuts[b] as number) - (cuts[a] as number) || a - b)
}

/**
 * An order found by sifting (Rudell 1993): each facet in turn is tried at every place and left at the best. Each try
 * builds what every need is accepted by, on a sample of the services, and is given up when it grows past the best;
 * the whole search is given up when it has built as much as is worth it.
 */
export function siftedOrder(system: System): readonly number[] {
  let order = orderOf(system)
  let size = SAMPLE
  let sample = sampleOf(system, size)
  let best = edgesIn(sample, order, ONE_TRY)
  while (best === Number.POSITIVE_INFINITY && size > 4) {
    size = Math.floor(size / 2)
    sample = sampleOf(system, size)
    best = edgesIn(sample, order, ONE_TRY)
  }
  let spent = 0
  for (const facet of order) {
    const others = order.filter((one) => one !== facet)
    for (let place = 0; place < order.length; place++) {
      if (spent > ALL_TRIES) return order
      const tried = others.toSpliced(place, 0, facet)
      const edges = edgesIn(sample, tried, best)
      spent += Math.min(edges, best)
      if (edges >= best) continue
      best = edges
      order = tried
    }
  }
  return order
}

function sampleOf(system: System, size: number): System {
  const every = Math.max(1, Math.ceil(system.services.length / size))
  return { ...system, services: system.services.filter((_, i) => i % every === 0), pathways: [] }
}

/** Edges of what every need is accepted by; infinite where there are more than `most`. */
function edgesIn(system: System, order: readonly number[], most: number): number {
  try {
    const model = newModel(system, { order, limit: most })
    for (const [number, need] of system.needs.entries()) {
      clausesDiagram(model, need.arises)
      const meeting = system.services.filter((service) => service.meets.includes(number))
      clausesDiagram(
        model,
        meeting.flatMap((service) => service.accepts),
      )
    }
    return model.store.edges
  } catch (error) {
    if (error instanceof TooLarge) return Number.POSITIVE_INFINITY
    throw error
  }
}
