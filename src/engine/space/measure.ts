import type { Diagram, Store } from './diagram.ts'
import { sizeOf, type Facet } from './facet.ts'
import type { Axis } from './model.ts'
import { uniformShares, type Shares } from './shares.ts'

/** How much of a facet lies between two coordinates of a level, both inclusive. */
export interface LevelShares {
  readonly size: number
  /** Share by `low * size + high`, for small levels; -1 until it is asked for. */
  readonly table: Float64Array | null
  readonly shares: Shares
  readonly cuts: readonly number[] | null
  /** How many steps the facet has. */
  readonly steps: number
}

/** The weights of a store: by level as given, and as if every value were alike. */
export interface Measure {
  readonly store: Store
  readonly given: readonly LevelShares[]
  readonly uniform: readonly LevelShares[]
  pairKeys: Int32Array
  pairValues: Float64Array
  readonly counts: Map<Diagram, bigint>
}

const SMALL = 256
const FIRST_PAIRS = 1 << 11
const MOST_PAIRS = 1 << 18

/** Prepares the weights of a store. */
export function newMeasure(store: Store, axes: readonly Axis[], facets: readonly Facet[]): Measure {
  return {
    store,
    given: axes.map((axis) => levelShares(axis, facets[axis.facet] as Facet, axis.shares)),
    uniform: axes.map((axis) => {
      const facet = facets[axis.facet] as Facet
      return levelShares(axis, facet, uniformShares(facet))
    }),
    pairKeys: new Int32Array(2 * FIRST_PAIRS),
    pairValues: new Float64Array(FIRST_PAIRS),
    counts: new Map(),
  }
}

/** The share of the level's values from `low` to `high`. */
export function shareBetween(level: LevelShares, low: number, high: number): number {
  const { table } = level
  if (table === null) return pieceSum(level, low, high)
  const at = low * level.size + high
  const known = table[at] as number
  if (known >= 0) return known
  const share = pieceSum(level, low, high)
  table[at] = share
  return share
}

/** How many steps lie between two coordinates. */
export function stepsBetween(level: LevelShares, low: number, high: number): number {
  if (level.cuts === null) return high - low + 1
  return (level.cuts[high + 1] ?? level.steps) - (level.cuts[low] as number)
}

/** The weight of a set, or the mean of a function. Unconditioned: of all situations, possible or not. */
export function weightOf(measure: Measure, node: Diagram): number {
  const { store } = measure
  const known = store.weight[node] as number
  if (!Number.isNaN(known)) return known
  const shares = measure.given[store.level[node] as number] as LevelShares
  let sum = 0
  let lost = 0
  let low = 0
  const end = store.first[node + 1] as number
  for (let e = store.first[node] as number; e < end; e++) {
    const child = store.child[e] as number
    const high = store.upto[e] as number
    if (child !== 0) {
      // Neumaier's sum: what rounding drops is kept beside.
      const term = shareBetween(shares, low, high) * weightOf(measure, child)
      const next = sum + term
      lost += sum >= term ? sum - next + term : term - next + sum
      sum = next
    }
    low = high + 1
  }
  const weight = sum + lost
  store.weight[node] = weight
  return weight
}

/** The weight of what two sets share, or the mean of a product, without building it. */
export function weightOfBoth(measure: Measure, f: Diagram, g: Diagram): number {
  const { store } = measure
  if (f === 0 || g === 0) return 0
  if (f === 1) return weightOf(measure, g)
  if (g === 1) return weightOf(measure, f)
  const depth = store.sizes.length
  const levelF = store.level[f] as number
  const levelG = store.level[g] as number
  if (levelF === depth) return (store.weight[f] as number) * weightOf(measure, g)
  if (levelG === depth) return (store.weight[g] as number) * weightOf(measure, f)
  roomForPairs(measure)
  let slot = Math.imul(Math.imul(f, 0x9e3779b1) ^ g, 0x85ebca6b)
  slot = (slot ^ (slot >>> 15)) & (measure.pairValues.length - 1)
  if (measure.pairKeys[2 * slot] === f && measure.pairKeys[2 * slot + 1] === g)
    return measure.pairValues[slot] as number
  const room = measure.pairValues.length
  const weight = weightOfEdges(measure, f, g, Math.min(levelF, levelG))
  if (measure.pairValues.length !== room) return weight
  measure.pairKeys[2 * slot] = f
  measure.pairKeys[2 * slot + 1] = g
  measure.pairValues[slot] = weight
  return weight
}

/** The table of pairs grows with the store; what it held is found again when asked for. */
function roomForPairs(measure: Measure): void {
  const room = measure.pairValues.length
  if (measure.store.nodes < room || room >= MOST_PAIRS) return
  measure.pairKeys = new Int32Array(8 * room)
  measure.pairValues = new Float64Array(4 * room)
}

function weightOfEdges(measure: Measure, f: Diagram, g: Diagram, level: number): number {
  const { store } = measure
  const shares = measure.given[level] as LevelShares
  const asksF = store.level[f] === level
  const asksG = store.level[g] === level
  let i = asksF ? (store.first[f] as number) : -1
  let j = asksG ? (store.first[g] as number) : -1
  const last = shares.size - 1
  let sum = 0
  let lost = 0
  for (let low = 0; low <= last;) {
    const uptoF = asksF ? (store.upto[i] as number) : last
    const uptoG = asksG ? (store.upto[j] as number) : last
    const high = Math.min(uptoF, uptoG)
    const childF = asksF ? (store.child[i] as number) : f
    const childG = asksG ? (store.child[j] as number) : g
    if (childF !== 0 && childG !== 0) {
      const term = shareBetween(shares, low, high) * weightOfBoth(measure, childF, childG)
      const next = sum + term
      lost += sum >= term ? sum - next + term : term - next + sum
      sum = next
    }
    if (asksF && uptoF === high) i++
    if (asksG && uptoG === high) j++
    low = high + 1
  }
  return sum + lost
}

/** How many situations a set holds, exactly. */
export function countOf(measure: Measure, node: Diagram): bigint {
  const { store } = measure
  let skipped = 1n
  for (let level = 0; level < (store.level[node] as number); level++)
    skipped *= BigInt((measure.given[level] as LevelShares).steps)
  return skipped * countBelow(measure, node)
}

function countBelow(measure: Measure, node: Diagram): bigint {
  const { store } = measure
  if (node <= 1) return BigInt(node)
  const known = measure.counts.get(node)
  if (known !== undefined) return known
  const level = store.level[node] as number
  let count = 0n
  let low = 0
  for (let e = store.first[node] as number; e < (store.first[node + 1] as number); e++) {
    const child = store.child[e] as number
    const high = store.upto[e] as number
    if (child !== 0) {
      let ways = BigInt(stepsBetween(measure.given[level] as LevelShares, low, high))
      for (let l = level + 1; l < (store.level[child] as number); l++)
        ways *= BigInt((measure.given[l] as LevelShares).steps)
      count += ways * countBelow(measure, child)
    }
    low = high + 1
  }
  measure.counts.set(node, count)
  return count
}

/** Adds numbers, the largest errors kept beside the sum. */
export function sumOf(terms: Iterable<number>): number {
  let sum = 0
  let lost = 0
  for (const term of terms) {
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return sum + lost
}

function levelShares(axis: Axis, facet: Facet, shares: Shares): LevelShares {
  const level: LevelShares = { size: axis.size, table: null, shares, cuts: axis.cuts, steps: sizeOf(facet) }
  if (axis.size > SMALL) return level
  return { ...level, table: new Float64Array(axis.size * axis.size).fill(-1) }
}

/** Sums pieces rather than subtracting running totals, so that a tiny share keeps all its digits. */
function pieceSum(level: LevelShares, low: number, high: number): number {
  const first = level.cuts === null ? low : (level.cuts[low] as number)
  const last = level.cuts === null ? high : (level.cuts[high + 1] ?? level.steps) - 1
  let sum = 0
  for (const piece of level.shares) {
    if (piece.low > last) break
    if (piece.high < first) continue
    sum += (Math.min(piece.high, last) - Math.max(piece.low, first) + 1) * piece.each
  }
  return sum
}
