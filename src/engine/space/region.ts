import { NOWHERE, and, less, make, push, type Diagram, type Store } from './diagram.ts'
import { constraintOf, type Condition, type Situation } from './condition.ts'
import { sizeOf, valueAt, type Facet } from './facet.ts'
import { countOf, shareBetween, stepsBetween, weightOf, weightOfBoth, type LevelShares } from './measure.ts'
import { stepAt, type Model } from './model.ts'
import { grow, levelSpan, newFrontier, type Box } from './grow.ts'

/** A region picked out of a set: maximal, and none of it outside. */
export interface Region {
  readonly box: Box
  readonly diagram: Diagram
  /** What of the set it holds: weight, weight that no earlier region holds, and number of situations. */
  readonly weight: number
  readonly adds: number
  readonly situations: bigint
}

/** Regions that cover a set together, the one that adds most first. */
export interface Regions {
  readonly regions: readonly Region[]
  /** Whether every situation of the set lies in one of them. */
  readonly complete: boolean
}

interface Candidate {
  readonly box: Box
  readonly diagram: Diagram
  readonly weight: number
  /** An upper bound: what it added when last asked. */
  adds: number
}

/**
 * Picks up to `most` maximal regions that cover `lost` and touch nothing of `spared`; what is in neither may be
 * taken in. First candidates are grown from the heaviest paths of what is left, then they are put in the order
 * in which they add most, so that `adds` never rises.
 */
export function pickRegions(model: Model, lost: Diagram, spared: Diagram, most: number): Regions {
  if (lost === NOWHERE) return { regions: [], complete: true }
  const { store } = model
  const frontier = newFrontier(model, spared)
  const pool: Candidate[] = []
  let left = lost
  let picked: { chosen: Candidate[]; rest: Diagram } = { chosen: [], rest: lost }
  for (let round = 1; round <= 4; round++) {
    while (left !== NOWHERE && pool.length < most + 4 * round) {
      const box = grow(frontier, heaviestPath(model, left))
      const diagram = boxDiagram(model, box)
      const weight = weightOfBoth(model.measure, diagram, lost)
      pool.push({ box, diagram, weight, adds: weight })
      left = less(store, left, diagram)
    }
    picked = inOrder(model, lost, pool, most)
    if (picked.chosen.length >= most || picked.rest === NOWHERE) break
    left = picked.rest
  }
  const regions = picked.chosen.map((one) => ({ ...one, situations: situationsIn(model, one.diagram, lost) }))
  return { regions, complete: picked.rest === NOWHERE }
}

/** The candidates in the order in which they add most to those before; ties by number of situations. */
function inOrder(
  model: Model,
  lost: Diagram,
  pool: readonly Candidate[],
  most: number,
): { chosen: Candidate[]; rest: Diagram } {
  const chosen: Candidate[] = []
  const waiting = pool.map((one) => ({ ...one, adds: one.weight }))
  let rest = lost
  while (chosen.length < most && rest !== NOWHERE) {
    waiting.sort((a, b) => b.adds - a.adds)
    let best: { at: number; adds: number } | null = null
    for (const [i, one] of waiting.entries()) {
      if (best !== null && one.adds < best.adds * (1 - TIE)) break
      one.adds = weightOfBoth(model.measure, one.diagram, rest)
      if (best === null || one.adds > best.adds * (1 + TIE)) best = { at: i, adds: one.adds }
      else if (
        one.adds >= best.adds * (1 - TIE) &&
        holdsMore(model, one, waiting[best.at] as Candidate, rest)
      )
        best = { at: i, adds: one.adds }
    }
    if (best === null) break
    if (best.adds === 0 && weightOf(model.measure, rest) > 0) break
    const [next] = waiting.splice(best.at, 1)
    const after = less(model.store, rest, (next as Candidate).diagram)
    if (after === rest) continue
    chosen.push(next as Candidate)
    rest = after
  }
  return { chosen, rest }
}

// Doubles summed in another order differ in the last digits; two weights this close are the same.
const TIE = 1e-12

function holdsMore(model: Model, a: Candidate, b: Candidate, rest: Diagram): boolean {
  return situationsIn(model, a.diagram, rest) > situationsIn(model, b.diagram, rest)
}

function situationsIn(model: Model, f: Diagram, g: Diagram): bigint {
  return countOf(model.measure, and(model.store, f, g))
}

/** The runs of one path to the true end, at each node along the edge that weighs most. */
function heaviestPath(model: Model, from: Diagram): Box {
  const { store, measure } = model
  const box: (readonly [number, number] | null)[] = model.axes.map(() => null)
  let node = from
  while (node > 1) {
    const level = store.level[node] as number
    const shares = measure.given[level] as LevelShares
    let best = { weight: -1, steps: -1, low: 0, high: 0, child: NOWHERE }
    let low = 0
    for (let e = store.first[node] as number; e < (store.first[node + 1] as number); e++) {
      const child = store.child[e] as number
      const high = store.upto[e] as number
      if (child !== NOWHERE) {
        const weight = shareBetween(shares, low, high) * weightOf(measure, child)
        const steps = stepsBetween(shares, low, high)
        if (weight > best.weight || (weight === best.weight && steps > best.steps))
          best = { weight, steps, low, high, child }
      }
      low = high + 1
    }
    box[level] = [best.low, best.high]
    node = best.child
  }
  return box.map((span, level) => levelSpan(model, level, span))
}

/** The region as a diagram. */
export function boxDiagram(model: Model, box: Box): Diagram {
  const { store } = model
  let below: Diagram = 1
  for (let level = box.length - 1; level >= 0; level--) {
    const runs = box[level]
    if (runs === undefined || runs === null) continue
    below = spanNode(store, level, runs, below)
  }
  return below
}

function spanNode(store: Store, level: number, runs: readonly number[], below: Diagram): Diagram {
  const base = store.pending
  let next = 0
  for (let i = 0; i < runs.length; i += 2) {
    const low = runs[i] as number
    if (low > next) push(store, base, low - 1, NOWHERE)
    push(store, base, runs[i + 1] as number, below)
    next = (runs[i + 1] as number) + 1
  }
  if (next < (store.sizes[level] as number)) push(store, base, (store.sizes[level] as number) - 1, NOWHERE)
  return make(store, level, base)
}

/** The region in the file's own words: facets in file order, those with all their values left out. */
export function regionInWords(model: Model, box: Box): Condition {
  const words: [string, Condition[string]][] = []
  for (const [number, facet] of model.facets.entries()) {
    const level = model.levelOf[number] ?? 0
    const runs = box[level]
    if (runs === undefined || runs === null) continue
    words.push([facet.id, constraintOf(facet as Facet, stepsOf(model, level, runs))])
  }
  return Object.fromEntries(words)
}

function stepsOf(model: Model, level: number, runs: readonly number[]): readonly number[] {
  const axis = model.axes[level] as Model['axes'][number]
  return runs.map((coordinate, i) =>
    i % 2 === 0 ? stepAt(model, axis, coordinate) : stepAt(model, axis, coordinate + 1) - 1,
  )
}

/** One situation of a set that is not empty, with the first values that it allows. */
export function someSituation(model: Model, from: Diagram): Situation {
  const { store } = model
  const steps = model.facets.map(() => 0)
  for (let node = from; node > 1;) {
    const axis = model.axes[store.level[node] as number] as Model['axes'][number]
    let low = 0
    let next: Diagram = NOWHERE
    for (let e = store.first[node] as number; next === NOWHERE; e++) {
      next = store.child[e] as number
      if (next === NOWHERE) low = (store.upto[e] as number) + 1
    }
    steps[axis.facet] = stepAt(model, axis, low)
    node = next
  }
  return Object.fromEntries(model.facets.map((facet, i) => [facet.id, valueAt(facet, steps[i] ?? 0)]))
}

/** A set as boxes that do not overlap, by facet runs of steps or null for every value; null beyond `most` boxes. */
export function cubesOf(
  model: Model,
  from: Diagram,
  most: number,
): readonly (readonly (readonly number[] | null)[])[] | null {
  const { store } = model
  const cubes: (readonly number[] | null)[][] = []
  const walk = (node: Diagram, cube: readonly (readonly number[] | null)[]): boolean => {
    if (node === NOWHERE) return true
    if (node === 1) return cubes.push([...cube]) <= most
    const level = store.level[node] as number
    const axis = model.axes[level] as Model['axes'][number]
    const runsTo = new Map<Diagram, number[]>()
    let low = 0
    for (let e = store.first[node] as number; e < (store.first[node + 1] as number); e++) {
      const child = store.child[e] as number
      const high = store.upto[e] as number
      const runs = runsTo.get(child) ?? []
      runs.push(stepAt(model, axis, low), stepAt(model, axis, high + 1) - 1)
      runsTo.set(child, runs)
      low = high + 1
    }
    return [...runsTo].every(([child, runs]) => walk(child, cube.with(axis.facet, runs)))
  }
  const whole = model.facets.map((facet) => (sizeOf(facet) === 1 ? [0, 0] : null))
  return walk(from, whole) ? cubes : null
}
