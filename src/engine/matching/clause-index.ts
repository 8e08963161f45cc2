import {
  cutsOf,
  inRuns,
  intersectRuns,
  lengthOf,
  normalRuns,
  sizeOf,
  type Clause,
  type Limit,
  type Runs,
  type System,
} from '#engine/space'

/** One facet of the index: sets of clauses as bits, by the runs of values that some clause tells apart. */
interface FacetBits {
  /** First step of each cell, rising. */
  readonly cuts: readonly number[]
  /** Clauses that every value of the facet satisfies. */
  readonly free: Int32Array
  /** By cell: clauses that it satisfies; null on facets with so many cells that looking at each limit is cheaper. */
  readonly cells: readonly Int32Array[] | null
  /** Clauses that no value satisfies. */
  readonly never: readonly number[]
  /** The limits on the facet, with the clause of each. */
  readonly limits: readonly { readonly clause: number; readonly runs: Runs }[]
}

/** Clauses with the sets in which each is found by value. */
export interface ClauseIndex {
  readonly words: number
  /** By clause: its service. Clauses of one service lie side by side. */
  readonly serviceOf: Int32Array
  readonly facets: readonly FacetBits[]
}

/** Memory that the cells of one facet may take, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024

/** A clause and the service that it belongs to. */
export interface Owned {
  readonly service: number
  readonly clause: Clause
}

/** The clauses of open services, in the order of the file. */
export function openClauses(system: System): readonly Owned[] {
  return system.services.flatMap((service, i) =>
    service.open ? service.accepts.map((clause) => ({ service: i, clause })) : [],
  )
}

/** For each open service of several clauses, the smallest box around them all: where it leaves something open, so do they together. */
export function hulls(system: System): readonly Owned[] {
  return system.services.flatMap((service, i) =>
    service.open && service.accepts.length > 1 ? [{ service: i, clause: hullOf(service.accepts) }] : [],
  )
}

function hullOf(clauses: readonly Clause[]): Clause {
  const [first = [], ...others] = clauses
  return first.flatMap(({ facet, runs }) => {
    const pairs = pairsOf(runs)
    for (const clause of others) {
      const limit = clause.find((one) => one.facet === facet)
      if (limit === undefined) return []
      pairs.push(...pairsOf(limit.runs))
    }
    return [{ facet, runs: normalRuns(pairs) }]
  })
}

function pairsOf(runs: Runs): [number, number][] {
  const pairs: [number, number][] = []
  for (let i = 0; i < runs.length; i += 2) pairs.push([runs[i] as number, runs[i + 1] as number])
  return pairs
}

/** Builds the index of these clauses. */
export function clauseIndex(system: System, clauses: readonly Owned[]): ClauseIndex {
  const limits = system.facets.map((): { clause: number; runs: Runs }[] => [])
  for (const [number, { clause }] of clauses.entries()) {
    for (const { facet, runs } of clause) {
      const size = sizeOf(system.facets[facet] as System['facets'][number])
      if (lengthOf(runs) < size) limits[facet]?.push({ clause: number, runs })
    }
  }
  const words = (clauses.length + 31) >> 5
  const cuts = cutsOf(system)
  const facets = limits.map((list, facet) =>
    facetBits({ cuts: cuts[facet] ?? [0], limits: list, words, clauses: clauses.length }),
  )
  return { words, serviceOf: Int32Array.from(clauses, ({ service }) => service), facets }
}

interface Building {
  readonly cuts: readonly number[]
  readonly limits: readonly { readonly clause: number; readonly runs: Runs }[]
  readonly words: number
  readonly clauses: number
}

function facetBits({ cuts, limits, words, clauses }: Building): FacetBits {
  const free = ones(words, clauses)
  for (const { clause } of limits) clear(free, clause)
  const never = limits.filter(({ runs }) => runs.length === 0).map(({ clause }) => clause)
  if (cuts.length * words * 4 > MOST_BYTES) return { cuts, free, cells: null, never, limits }
  const cells = cuts.map(() => Int32Array.from(free))
  for (const { clause, runs } of limits) {
    for (let i = 0; i < runs.length; i += 2) {
      const last = cellOf(cuts, runs[i + 1] as number)
      for (let cell = cellOf(cuts, runs[i] as number); cell <= last; cell++)
        set(cells[cell] as Int32Array, clause)
    }
  }
  return { cuts, free, cells, never, limits }
}

/** What is still possible, facet by facet: runs of steps, null where every value is. */
export type Cube = readonly (Runs | null)[]

/** Clauses that some situation of the cube satisfies, and those that every one does. */
export interface Found {
  readonly live: Int32Array
  readonly settled: Int32Array
}

/** Looks a cube up: bits of clauses that may hold, and of those that surely do. */
export function lookUp(index: ClauseIndex, cube: Cube): Found {
  const live = ones(index.words, index.serviceOf.length)
  const found = { live, settled: Int32Array.from(live) }
  for (const [facet, runs] of cube.entries()) {
    const bits = index.facets[facet] as FacetBits
    if (bits.limits.length === 0) continue
    if (runs === null) keepWhole(bits, found)
    else if (bits.cells === null) keepByLimit(bits, runs, found)
    else keepByCell(bits, bits.cells, runs, found)
  }
  return found
}

/** Every value is possible: a limit settles nothing, and forbids only when it allows no value at all. */
function keepWhole({ free, never }: FacetBits, { live, settled }: Found): void {
  for (let w = 0; w < settled.length; w++) settled[w] = (settled[w] as number) & (free[w] as number)
  for (const clause of never) clear(live, clause)
}

function keepByLimit({ limits }: FacetBits, runs: Runs, { live, settled }: Found): void {
  for (const limit of limits) {
    const how = relation(limit, runs)
    if (how === 'blocked') clear(live, limit.clause)
    if (how === 'free') continue
    clear(settled, limit.clause)
  }
}

function keepByCell(
  { cuts }: FacetBits,
  cells: readonly Int32Array[],
  runs: Runs,
  { live, settled }: Found,
): void {
  const chosen: Int32Array[] = []
  for (let i = 0; i < runs.length; i += 2) {
    const last = cellOf(cuts, runs[i + 1] as number)
    for (let cell = cellOf(cuts, runs[i] as number); cell <= last; cell++)
      chosen.push(cells[cell] as Int32Array)
  }
  const [only] = chosen
  if (chosen.length === 1 && only !== undefined) {
    for (let w = 0; w < live.length; w++) {
      const bits = only[w] as number
      live[w] = (live[w] as number) & bits
      settled[w] = (settled[w] as number) & bits
    }
    return
  }
  for (let w = 0; w < live.length; w++) {
    let any = 0
    let all = -1
    for (const cell of chosen) {
      any |= cell[w] as number
      all &= cell[w] as number
    }
    live[w] = (live[w] as number) & any
    settled[w] = (settled[w] as number) & all
  }
}

/** How a limit stands to the values still possible: it forbids all, allows all, or tells them apart. */
export function relation(limit: Pick<Limit, 'runs'>, possible: Runs): 'blocked' | 'free' | 'open' {
  if (possible.length === 2 && possible[0] === possible[1])
    return inRuns(limit.runs, possible[0] as number) ? 'free' : 'blocked'
  const both = intersectRuns(limit.runs, possible)
  if (both.length === 0) return 'blocked'
  return both.length === possible.length && both.every((step, i) => step === possible[i]) ? 'free' : 'open'
}

function cellOf(cuts: readonly number[], step: number): number {
  let low = 0
  let high = cuts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((cuts[middle] as number) <= step) low = middle
    else high = middle - 1
  }
  return low
}

function ones(words: number, count: number): Int32Array {
  const bits = new Int32Array(words).fill(-1)
  if ((count & 31) !== 0 && words > 0) bits[words - 1] = (1 << (count & 31)) - 1
  return bits
}

function set(bits: Int32Array, at: number): void {
  bits[at >> 5] = (bits[at >> 5] as number) | (1 << (at & 31))
}

function clear(bits: Int32Array, at: number): void {
  bits[at >> 5] = (bits[at >> 5] as number) & ~(1 << (at & 31))
}
