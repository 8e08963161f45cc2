import { conditionsOf, solve, type Conditions, type Cover } from '#engine/coverage'
import {
  NOWHERE,
  and,
  clauseDiagram,
  clausesDiagram,
  cubesOf,
  less,
  newModel,
  sizeOf,
  stepOf,
  wholeCells,
  type Clause,
  type Diagram,
  type Model,
  type PartialSituation,
  type System,
} from '#engine/space'
import { clauseIndex, hulls, openClauses, type ClauseIndex, type Cube } from './clause-index.ts'

/** A system made ready for matching. Build it once, match many. */
export interface MatchIndex {
  readonly system: System
  model: Model
  readonly clauses: ClauseIndex
  /** Of services with several clauses: the box around them. */
  readonly hulls: ClauseIndex
  readonly serviceById: ReadonlyMap<string, number>
  /** Room for the verdicts of one box at a time. */
  readonly scratch: Uint8Array
  /** Services for which some need comes first. */
  readonly waits: ReadonlySet<number>
  /** Who is taken where, made when the first service with an `after` is asked. */
  solution: { readonly conditions: Conditions; readonly cover: Cover } | null
  /** Edges at which the diagrams are drawn anew. */
  wornAt: number
}

/** Edges after which an index that has answered many questions draws its diagrams anew; nodes are never freed one by one. */
const WORN = 4_000_000

/** Edges an index may take, some 600 MB; beyond, `TooLarge` is thrown. */
const MOST_EDGES = 25_000_000

/** Builds the index of a system. */
export function matchIndex(system: System): MatchIndex {
  return {
    system,
    model: newModel(system, { limit: MOST_EDGES }),
    clauses: clauseIndex(system, openClauses(system)),
    hulls: clauseIndex(system, hulls(system)),
    serviceById: new Map(system.services.map((service, i) => [service.id, i])),
    scratch: new Uint8Array(system.services.length),
    waits: new Set(system.services.flatMap((service, i) => (service.after.length > 0 ? [i] : []))),
    solution: null,
    wornAt: WORN,
  }
}

function begunAnew(index: MatchIndex): void {
  const solved = index.solution !== null
  index.model = newModel(index.system, { limit: MOST_EDGES })
  index.solution = null
  if (solved) solutionOf(index)
  // What the system itself takes is no wear.
  index.wornAt = WORN + index.model.store.edges
}

/** One question to the index. */
export interface Asked {
  readonly index: MatchIndex
  readonly situation: PartialSituation
  /** What is still possible. */
  readonly left: Diagram
  /** The same as boxes that do not overlap; null where there are too many. */
  readonly cubes: readonly Cube[] | null
  /** By need, filled when asked: whether what must come first is settled over everything still possible. */
  readonly settled: Map<number, 'done' | 'missing' | 'open'>
}

/** Boxes up to which a question is answered from the sets of clauses; beyond, from the diagrams. */
const MOST_CUBES = 16

/** Prepares a question. */
export function askedOf(index: MatchIndex, situation: PartialSituation): Asked {
  if (index.model.store.edges > index.wornAt) begunAnew(index)
  const { model, system } = index
  const known: Clause = system.facets.flatMap((facet, number) => {
    const value = situation[facet.id]
    if (value === undefined) return []
    const step = stepOf(facet, value)
    if (step < 0) throw new RangeError(`${String(value)} is not a value of facet ${facet.id}`)
    return [{ facet: number, runs: [step, step] }]
  })
  if (system.possible.length === 1 && system.possible[0]?.length === 0) {
    const cube: (readonly number[] | null)[] = system.facets.map((facet) =>
      sizeOf(facet) === 1 ? [0, 0] : null,
    )
    for (const { facet, runs } of known) cube[facet] = runs
    return {
      index,
      situation,
      left: clauseDiagram(model, wholeCells(model, known)),
      cubes: [cube],
      settled: new Map(),
    }
  }
  const left = and(model.store, model.possible, clauseDiagram(model, wholeCells(model, known)))
  return { index, situation, left, cubes: cubesOf(model, left, MOST_CUBES), settled: new Map() }
}

/** Where the service takes a situation. */
export function takesAt(index: MatchIndex, number: number): Diagram {
  if (index.waits.has(number)) return solutionOf(index).cover.takes[number] ?? NOWHERE
  const service = index.system.services[number]
  return service?.open === true ? clausesDiagram(index.model, service.accepts) : NOWHERE
}

/** Who is taken where, in the whole system. */
export function solutionOf(index: MatchIndex): NonNullable<MatchIndex['solution']> {
  if (index.solution !== null) return index.solution
  const conditions = conditionsOf(index.model, index.system)
  index.solution = { conditions, cover: solve(index.model, index.system, conditions, 'least') }
  return index.solution
}

/** Whether what comes first for the service is done, missing, or open over everything still possible. */
export function comesFirst(asked: Asked, number: number): 'done' | 'missing' | 'open' {
  let all: 'done' | 'open' = 'done'
  for (const need of asked.index.system.services[number]?.after ?? []) {
    const one = asked.settled.get(need) ?? needSettled(asked, need)
    asked.settled.set(need, one)
    if (one === 'missing') return 'missing'
    if (one === 'open') all = 'open'
  }
  return all
}

function needSettled({ index, left }: Asked, need: number): 'done' | 'missing' | 'open' {
  const { store } = index.model
  const { conditions, cover } = solutionOf(index)
  const missing = less(store, conditions.arises[need] ?? NOWHERE, cover.covered[need] ?? NOWHERE)
  if (and(store, left, missing) === NOWHERE) return 'done'
  return less(store, left, missing) === NOWHERE ? 'missing' : 'open'
}
