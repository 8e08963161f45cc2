import type { Diagram, Store } from './diagram.ts'
import { shareBetween, weightOf, type LevelShares, type Measure } from './measure.ts'

/** A diagram that counts `times` over. */
export interface Root {
  readonly diagram: Diagram
  readonly times: number
}

/**
 * The total weight of many diagrams, and the total with each level's weights made uniform in turn: one walk up
 * for weights, one down for how much of each total passes a node. `byLevel[l]` is the total for level `l`.
 */
export function massOf(
  measure: Measure,
  roots: readonly Root[],
): { readonly total: number; readonly byLevel: Float64Array } {
  const { store } = measure
  const depth = store.sizes.length
  let total = 0
  let lost = 0
  const mass = new Map<Diagram, number>()
  for (const { diagram, times } of roots) {
    if (diagram === 0 || times === 0) continue
    const term = times * weightOf(measure, diagram)
    const next = total + term
    lost += total >= term ? total - next + term : term - next + total
    total = next
    mass.set(diagram, (mass.get(diagram) ?? 0) + times)
  }
  total += lost
  const moved = new Float64Array(depth)
  const byLevel = nodesByLevel(store, mass.keys())
  for (const [level, nodes] of byLevel.entries()) {
    const given = measure.given[level] as LevelShares
    const uniform = measure.uniform[level] as LevelShares
    for (const node of nodes) {
      const through = mass.get(node) ?? 0
      let low = 0
      for (let e = store.first[node] as number; e < (store.first[node + 1] as number); e++) {
        const child = store.child[e] as number
        const high = store.upto[e] as number
        const share = shareBetween(given, low, high)
        if (child !== 0) {
          moved[level] =
            (moved[level] as number) +
            through * (shareBetween(uniform, low, high) - share) * weightOf(measure, child)
          if (child > 1) mass.set(child, (mass.get(child) ?? 0) + through * share)
        }
        low = high + 1
      }
    }
  }
  return { total, byLevel: moved.map((difference) => total + difference) }
}

function nodesByLevel(store: Store, roots: Iterable<Diagram>): readonly (readonly Diagram[])[] {
  const levels: Diagram[][] = store.sizes.map(() => [])
  const seen = new Set<Diagram>()
  const pile = [...roots]
  for (let node = pile.pop(); node !== undefined; node = pile.pop()) {
    if (node <= 1 || seen.has(node)) continue
    seen.add(node)
    levels[store.level[node] as number]?.push(node)
    for (let e = store.first[node] as number; e < (store.first[node + 1] as number); e++)
      pile.push(store.child[e] as number)
  }
  return levels
}
