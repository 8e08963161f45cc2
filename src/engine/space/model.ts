import type { Clause } from './condition.ts'
import { EVERYWHERE, NOWHERE, make, newStore, or, orAll, push, type Diagram, type Store } from './diagram.ts'
import { sizeOf, type Facet } from './facet.ts'
import { newMeasure, type Measure } from './measure.ts'
import { orderOf } from './order.ts'
import type { Runs } from './runs.ts'
import { uniformShares, type Shares } from './shares.ts'
import type { System } from './system.ts'

/** Facets with more steps than this are counted in the runs that the file distinguishes. */
const MOST_STEPS = 2 ** 30

/** One facet as a level of the diagrams. */
export interface Axis {
  readonly facet: number
  /** How many coordinates the level has. */
  readonly size: number
  /** First step of each coordinate, where a coordinate stands for a run; null where it is the step itself. */
  readonly cuts: readonly number[] | null
  readonly shares: Shares
}

/** A diagram store together with the facets that it speaks about. */
export interface Model {
  readonly facets: readonly Facet[]
  readonly store: Store
  /** By level. */
  readonly axes: readonly Axis[]
  /** Level of each facet. */
  readonly levelOf: readonly number[]
  readonly measure: Measure
  readonly possible: Diagram
}

/** Options of a model: an order of facets, top first (else by how much each cuts), and a limit on edges. */
export interface ModelOptions {
  readonly order?: readonly number[]
  readonly limit?: number
  /** Facets with more values than this are counted in the runs that the file distinguishes. */
  readonly mostSteps?: number
}

/** Opens a store for the system's facets and builds `possible` in it. */
export function newModel(system: System, options: ModelOptions = {}): Model {
  const { facets } = system
  const order = options.order ?? orderOf(system)
  const axes = order.map((facet) => axisOf(system, facet, options.mostSteps ?? MOST_STEPS))
  const store = newStore(
    axes.map((axis) => axis.size),
    options.limit,
  )
  const levelOf = facets.map((_, facet) => order.indexOf(facet))
  const model = {
    facets,
    store,
    axes,
    levelOf,
    measure: newMeasure(store, axes, facets),
    possible: EVERYWHERE,
  }
  return { ...model, possible: clausesDiagram(model, system.possible) }
}

/** Where any of the clauses holds. */
export function clausesDiagram(model: Model, clauses: readonly Clause[]): Diagram {
  return orAll(
    model.store,
    clauses.map((clause) => clauseDiagram(model, clause)),
  )
}

/** Where every limit of the clause holds. */
export function clauseDiagram(model: Model, clause: Clause): Diagram {
  let below: Diagram = EVERYWHERE
  const deepestFirst = [...clause].sort(
    (a, b) => (model.levelOf[b.facet] ?? 0) - (model.levelOf[a.facet] ?? 0),
  )
  for (const { facet, runs } of deepestFirst)
    below = levelDiagram(model, model.levelOf[facet] ?? 0, runs, below)
  return below
}

/** The facet within these runs of steps, and `below` for the rest. Everything `below` asks lies deeper. */
function levelDiagram(model: Model, level: number, runs: Runs, below: Diagram): Diagram {
  const { store } = model
  const axis = model.axes[level] as Axis
  const coordinates = stepRuns(model, level, runs)
  const base = store.pending
  let next = 0
  for (let i = 0; i < coordinates.length; i += 2) {
    const low = coordinates[i] as number
    const high = coordinates[i + 1] as number
    if (low > next) push(store, base, low - 1, NOWHERE)
    push(store, base, high, below)
    next = high + 1
  }
  if (next < axis.size) push(store, base, axis.size - 1, NOWHERE)
  return make(store, level, base)
}

/** Runs of steps as runs of the level's coordinates; throws where a run is not cut so. */
export function stepRuns(model: Model, level: number, runs: Runs): Runs {
  const axis = model.axes[level] as Axis
  if (axis.cuts === null) return runs
  if (!isCutAt(model, level, runs))
    throw new RangeError(`facet ${model.facets[axis.facet]?.id} is not cut at ${runs.join()}`)
  return runs.map((step, i) => coordinateOf(axis, step + (i % 2)) - (i % 2))
}

/** The clause with each run widened to the coordinates that it touches, so that it can be drawn. */
export function wholeCells(model: Model, clause: Clause): Clause {
  if (model.axes.every((axis) => axis.cuts === null)) return clause
  return clause.map((limit) => {
    const axis = model.axes[model.levelOf[limit.facet] ?? 0] as Axis
    if (axis.cuts === null) return limit
    const runs = limit.runs.map((step, i) => {
      const next = coordinateOf(axis, step + 1)
      return i % 2 === 0 ? stepAt(model, axis, next - 1) : stepAt(model, axis, next) - 1
    })
    return { ...limit, runs }
  })
}

/** Whether the runs begin and end where the level is cut. */
export function isCutAt(model: Model, level: number, runs: Runs): boolean {
  const axis = model.axes[level] as Axis
  if (axis.cuts === null) return true
  return runs.every((step, i) => stepAt(model, axis, coordinateOf(axis, step + (i % 2))) === step + (i % 2))
}

/** The coordinate that begins at this step, or the next one after it. */
function coordinateOf(axis: Axis, step: number): number {
  const { cuts } = axis
  if (cuts === null) return step
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cuts[middle] as number) < step) low = middle + 1
    else high = middle
  }
  return low
}

/** The first step of a coordinate; the coordinate after the last begins where the facet ends. */
export function stepAt(model: Model, axis: Axis, coordinate: number): number {
  if (axis.cuts === null) return coordinate
  return axis.cuts[coordinate] ?? sizeOf(model.facets[axis.facet] as Facet)
}

/** Which facets a diagram asks about, by level. */
export function supportOf(store: Store, diagram: Diagram): readonly number[] {
  const seen = new Set<Diagram>()
  const levels = new Set<number>()
  const walk = (node: Diagram): void => {
    if (store.level[node] === store.sizes.length || seen.has(node)) return
    seen.add(node)
    levels.add(store.level[node] as number)
    for (let e = store.first[node] as number; e < (store.first[node + 1] as number); e++)
      walk(store.child[e] as number)
  }
  walk(diagram)
  return [...levels].sort((a, b) => a - b)
}

/** Where the diagram holds for some value of the levels marked. */
export function some(store: Store, diagram: Diagram, marked: Uint8Array): Diagram {
  const done = new Map<Diagram, Diagram>()
  const walk = (node: Diagram): Diagram => {
    const level = store.level[node] as number
    if (level === store.sizes.length) return node
    const known = done.get(node)
    if (known !== undefined) return known
    let made: Diagram = NOWHERE
    const base = store.pending
    for (let e = store.first[node] as number; e < (store.first[node + 1] as number); e++) {
      const below = walk(store.child[e] as number)
      if (marked[level] === 1) made = or(store, made, below)
      else push(store, base, store.upto[e] as number, below)
    }
    if (marked[level] !== 1) made = make(store, level, base)
    done.set(node, made)
    return made
  }
  return walk(diagram)
}

function axisOf(system: System, number: number, mostSteps: number): Axis {
  const facet = system.facets[number] as Facet
  const steps = sizeOf(facet)
  const shares = system.weights[number] ?? uniformShares(facet)
  if (steps <= mostSteps) return { facet: number, size: steps, cuts: null, shares }
  const cuts = cutsOf(system)[number] ?? [0]
  return { facet: number, size: cuts.length, cuts, shares }
}

/** By facet, the steps at which some constraint of the file begins or has just ended: rising, 0 first. */
export function cutsOf(system: System): readonly (readonly number[])[] {
  const cuts = system.facets.map(() => new Set([0]))
  const note = (clauses: readonly Clause[]) => {
    for (const clause of clauses) {
      for (const { facet, runs } of clause) {
        const set = cuts[facet] as Set<number>
        for (const [i, step] of runs.entries()) set.add(step + (i % 2))
      }
    }
  }
  note(system.possible)
  for (const need of system.needs) note(need.arises)
  for (const service of system.services) note(service.accepts)
  for (const pathway of system.pathways) note(pathway.when)
  return cuts.map((set, facet) => {
    set.delete(sizeOf(system.facets[facet] as Facet))
    return [...set].sort((a, b) => a - b)
  })
}
