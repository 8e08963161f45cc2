import { NOWHERE, type Diagram, type Store } from './diagram.ts'
import { shareBetween, stepsBetween, type LevelShares } from './measure.ts'
import type { Model } from './model.ts'

/** By level, runs of coordinates low, high, low, high, …; null where every value belongs. */
export type Box = readonly (readonly number[] | null)[]

/** What a growing region must not touch, with the marks of the walks over it. */
export interface Frontier {
  readonly model: Model
  readonly spared: Diagram
  /** By node: the walk that last saw it inside the region, and the walk that judged it with the verdict. */
  readonly seen: Int32Array
  readonly judged: Int32Array
  walk: number
}

/** Marks for growing regions against `spared`; good while `spared` is. */
export function newFrontier(model: Model, spared: Diagram): Frontier {
  const nodes = spared + 1
  return { model, spared, seen: new Int32Array(nodes), judged: new Int32Array(nodes), walk: 0 }
}

/** A level's run as the box writes it: null when it is the whole level. */
export function levelSpan(
  model: Model,
  level: number,
  span: readonly [number, number] | null,
): readonly number[] | null {
  if (span === null || (span[0] === 0 && span[1] === (model.store.sizes[level] as number) - 1)) return null
  return span
}

interface Growing {
  readonly frontier: Frontier
  readonly store: Store
  readonly levels: readonly (LevelState | null)[]
}

interface LevelState {
  /** Ordered levels stay one run from `low` to `high`; others take any values. */
  readonly ordered: boolean
  readonly size: number
  low: number
  high: number
  inside: Uint8Array | null
  /** Nearest coordinates that cannot be taken in, below and above the run. */
  blockedLow: number
  blockedHigh: number
  blocked: Uint8Array | null
  settled: boolean
}

/**
 * Grows a box that touches nothing of `spared` until no facet can take a further value. One walk finds what
 * each facet could take in; the facet that multiplies the box most is taken, and the walk is made again.
 */
export function grow(frontier: Frontier, start: Box): Box {
  const { model } = frontier
  const growing: Growing = {
    frontier,
    store: model.store,
    levels: start.map((runs, level) => stateOf(model, level, runs)),
  }
  for (;;) {
    look(growing)
    let best = { level: -1, times: 0 }
    for (const [level, state] of growing.levels.entries()) {
      if (state === null || state.settled) continue
      const times = gainOf(model.measure.given[level] as LevelShares, state)
      if (times === 0) state.settled = true
      else if (times > best.times) best = { level, times }
    }
    if (best.level < 0) return growing.levels.map((state, level) => runsOf(model, level, state))
    take(growing.levels[best.level] as LevelState)
  }
}

function stateOf(model: Model, level: number, runs: readonly number[] | null): LevelState | null {
  if (runs === null) return null
  const axis = model.axes[level] as Model['axes'][number]
  const ordered = model.facets[axis.facet]?.kind !== 'choice'
  const [low = 0, high = 0] = runs
  const inside = ordered ? null : new Uint8Array(axis.size).fill(1, low, high + 1)
  const blocked = ordered ? null : new Uint8Array(axis.size)
  return {
    ordered,
    size: axis.size,
    low,
    high,
    inside,
    blockedLow: -1,
    blockedHigh: axis.size,
    blocked,
    settled: false,
  }
}

/** Walks the spared set and marks, level by level, the values that would touch it. */
function look(growing: Growing): void {
  for (const state of growing.levels) {
    if (state === null || state.settled) continue
    state.blockedLow = -1
    state.blockedHigh = state.size
    state.blocked?.fill(0)
  }
  growing.frontier.walk++
  visit(growing, growing.frontier.spared)
}

/** Visits a node that can be reached without leaving the box. */
function visit(growing: Growing, node: Diagram): void {
  const { frontier, store } = growing
  if (node <= 1 || frontier.seen[node] === frontier.walk) return
  frontier.seen[node] = frontier.walk
  const state = growing.levels[store.level[node] as number] ?? null
  const end = store.first[node + 1] as number
  let low = 0
  for (let e = store.first[node] as number; e < end; e++) {
    const child = store.child[e] as number
    const high = store.upto[e] as number
    if (child !== NOWHERE) {
      if (state === null || holdsAny(state, low, high)) visit(growing, child)
      if (state !== null && !state.settled && wouldBlock(state, low, high) && touches(growing, child))
        block(state, low, high)
    }
    low = high + 1
  }
}

/** Whether some way from the node to the true end stays inside the box. */
function touches(growing: Growing, node: Diagram): boolean {
  if (node <= 1) return node === 1
  const { frontier, store } = growing
  const walk = frontier.walk * 2
  const known = frontier.judged[node] as number
  if (known >= walk) return known > walk
  const state = growing.levels[store.level[node] as number] ?? null
  const end = store.first[node + 1] as number
  let low = 0
  let found = false
  for (let e = store.first[node] as number; e < end && !found; e++) {
    const child = store.child[e] as number
    const high = store.upto[e] as number
    if (child !== NOWHERE && (state === null || holdsAny(state, low, high))) found = touches(growing, child)
    low = high + 1
  }
  frontier.judged[node] = walk + (found ? 1 : 0)
  return found
}

function holdsAny(state: LevelState, low: number, high: number): boolean {
  if (state.inside === null) return low <= state.high && high >= state.low
  for (let i = low; i <= high; i++) if (state.inside[i] === 1) return true
  return false
}

function wouldBlock(state: LevelState, low: number, high: number): boolean {
  if (state.inside === null || state.blocked === null) {
    if (low < state.low && Math.min(high, state.low - 1) > state.blockedLow) return true
    return high > state.high && Math.max(low, state.high + 1) < state.blockedHigh
  }
  for (let i = low; i <= high; i++) if (state.inside[i] === 0 && state.blocked[i] === 0) return true
  return false
}

function block(state: LevelState, low: number, high: number): void {
  if (state.inside === null || state.blocked === null) {
    if (low < state.low) state.blockedLow = Math.max(state.blockedLow, Math.min(high, state.low - 1))
    if (high > state.high) state.blockedHigh = Math.min(state.blockedHigh, Math.max(low, state.high + 1))
    return
  }
  for (let i = low; i <= high; i++) if (state.inside[i] === 0) state.blocked[i] = 1
}

/** How many times larger the box becomes by taking in what it can on this level; 0 when there is nothing. */
function gainOf(shares: LevelShares, state: LevelState): number {
  let [before, after, stepsBefore, stepsAfter] = [0, 0, 0, 0]
  if (state.inside === null || state.blocked === null) {
    const low = state.blockedLow + 1
    const high = state.blockedHigh - 1
    before = shareBetween(shares, state.low, state.high)
    after = shareBetween(shares, low, high)
    stepsBefore = stepsBetween(shares, state.low, state.high)
    stepsAfter = stepsBetween(shares, low, high)
  } else {
    for (let i = 0; i < state.size; i++) {
      const share = shareBetween(shares, i, i)
      stepsBefore += state.inside[i] as number
      stepsAfter += 1 - (state.blocked[i] as number)
      before += state.inside[i] === 1 ? share : 0
      after += state.blocked[i] === 1 ? 0 : share
    }
  }
  if (stepsAfter === stepsBefore) return 0
  // Steps break ties between shares: a value of weight 0 is taken in all the same.
  const bySteps = 1 + 1e-9 * (1 - stepsBefore / stepsAfter)
  if (before > 0) return (after / before) * bySteps
  return after > 0 ? Number.MAX_VALUE : bySteps
}

function take(state: LevelState): void {
  if (state.inside === null || state.blocked === null) {
    state.low = state.blockedLow + 1
    state.high = state.blockedHigh - 1
  } else {
    for (let i = 0; i < state.size; i++) state.inside[i] = state.blocked[i] === 1 ? 0 : 1
  }
  state.settled = true
}

function runsOf(model: Model, level: number, state: LevelState | null): readonly number[] | null {
  if (state === null) return null
  if (state.inside === null) return levelSpan(model, level, [state.low, state.high])
  const runs: number[] = []
  for (let i = 0; i < state.size; i++) {
    if (state.inside[i] === 0) continue
    if (runs.length > 0 && runs[runs.length - 1] === i - 1) runs[runs.length - 1] = i
    else runs.push(i, i)
  }
  return runs.length === 2 && runs[0] === 0 && runs[1] === state.size - 1 ? null : runs
}
