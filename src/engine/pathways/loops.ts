import { NOWHERE, and, less, or, weightOf, type Diagram, type Model, type System } from '#engine/space'
import type { Ways } from './ways.ts'

/** Agencies that hand a situation round among them without ever reaching what it needs. */
export interface Loop {
  /** Indices of the agencies, the first in file order first. */
  readonly agencies: readonly number[]
  readonly need: number
  readonly region: Diagram
  /** Weight, unconditioned. */
  readonly weight: number
}

/** How many agencies a loop has at most. */
export const LONGEST_LOOP = 4

interface Search {
  readonly model: Model
  readonly most: number
  readonly need: number
  readonly reached: (agency: number) => Diagram
  readonly handsTo: readonly (ReadonlyMap<number, Diagram> | undefined)[]
  readonly found: Loop[]
}

/** The loops that hold most, `most` at the most; ties in file order. */
export function loopsOf(
  model: Model,
  system: System,
  given: {
    readonly ways: Ways
    readonly arises: readonly Diagram[]
    readonly atLast: Int32Array
    readonly most: number
  },
): readonly Loop[] {
  const handsTo = handovers(model, system, given.ways)
  const needs = system.needs.length
  const found: Loop[] = []
  for (const [need, arises] of given.arises.entries()) {
    if (arises === NOWHERE) continue
    const reached = (agency: number) => given.atLast[agency * needs + need] as Diagram
    const search: Search = { model, most: given.most, need, reached, handsTo, found }
    for (const first of system.agencies.keys()) {
      if ((handsTo[first]?.size ?? 0) === 0) continue
      follow(search, [first], less(model.store, arises, reached(first)))
    }
  }
  return found.slice(0, given.most)
}

/** By agency: the agencies it hands on to, and where it does. */
function handovers(
  model: Model,
  system: System,
  ways: Ways,
): readonly (ReadonlyMap<number, Diagram> | undefined)[] {
  return system.agencies.map((_, agency) => {
    const to = new Map<number, Diagram>()
    for (const { pathway, when } of ways.from[agency] ?? []) {
      if (pathway.kind === 'signpost' || !('agency' in pathway.to) || when === NOWHERE) continue
      to.set(pathway.to.agency, or(model.store, to.get(pathway.to.agency) ?? NOWHERE, when))
    }
    return new Map([...to].sort(([a], [b]) => a - b))
  })
}

function follow(search: Search, path: readonly number[], region: Diagram): void {
  if (region === NOWHERE || !worthKeeping(search, region)) return
  const { store } = search.model
  const [first = 0] = path
  for (const [next, when] of search.handsTo[path.at(-1) ?? 0] ?? []) {
    if (next === first) keep(search, path, and(store, region, when))
    else if (next > first && path.length < LONGEST_LOOP && !path.includes(next)) {
      follow(search, [...path, next], less(store, and(store, region, when), search.reached(next)))
    }
  }
}

/** A region only shrinks along the way, so that a light one can be left. */
function worthKeeping(search: Search, region: Diagram): boolean {
  const last = search.found[search.most - 1]
  return search.most > 0 && (last === undefined || weightOf(search.model.measure, region) > last.weight)
}

function keep(search: Search, agencies: readonly number[], region: Diagram): void {
  if (region === NOWHERE || !worthKeeping(search, region)) return
  const loop = { agencies, need: search.need, region, weight: weightOf(search.model.measure, region) }
  const at = search.found.findIndex((other) => other.weight < loop.weight)
  search.found.splice(at < 0 ? search.found.length : at, 0, loop)
  search.found.length = Math.min(search.found.length, search.most)
}
