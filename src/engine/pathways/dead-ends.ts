import {
  NOWHERE,
  and,
  less,
  pickRegions,
  weightOf,
  type Diagram,
  type Region,
  type Regions,
  type Tell,
} from '#engine/space'
import { doorsOf, type Solved } from './solved.ts'

/** A region that arrives at a door and gets no further. */
export interface DeadEnd {
  readonly door: number
  readonly need: number
  readonly region: Region
  /** `no-service`: nothing in it is covered; `no-pathway`: all of it is, only not from here; else `mixed`. */
  readonly cause: 'no-service' | 'no-pathway' | 'mixed'
  /** What of it is covered by one service or another. */
  readonly served: Diagram
  readonly lost: number
}

/** The dead ends that lose most (arrivals × importance × weight), `most` at the most. */
export function deadEndsOf(solved: Solved, most: number, tell?: Tell): readonly DeadEnd[] {
  const { model, system, conditions, met } = solved
  const needs = system.needs.length
  const open = doorsOf(system).flatMap(({ agency, arrivals }) =>
    system.needs.flatMap(({ importance }, need) => {
      const reached = met[agency * needs + need] as Diagram
      const lost = less(model.store, conditions.arises[need] as Diagram, reached)
      const times = arrivals * importance
      return lost === NOWHERE
        ? []
        : [{ door: agency, need, reached, lost, times, atMost: times * weightOf(model.measure, lost) }]
    }),
  )
  open.sort((a, b) => b.atMost - a.atMost)
  const found: Omit<DeadEnd, 'cause' | 'served'>[] = []
  const known = new Map<string, Regions>()
  for (const one of open) {
    // Looking ends where what is left to look at loses less than the last that would be listed.
    tell?.((found[most - 1]?.lost ?? 0) / one.atMost)
    // A region loses no more than its door and need do together; one that loses as much may come first by its place.
    if (found.length >= most && one.atMost < (found[most - 1]?.lost ?? 0) * (1 - TIE)) break
    const key = `${one.need} ${one.lost}`
    const picked = known.get(key) ?? pickRegions(model, one.lost, one.reached, Math.max(most, LOOKED_AT))
    known.set(key, picked)
    for (const region of picked.regions)
      found.push({ door: one.door, need: one.need, region, lost: one.times * region.weight })
    found.sort((a, b) => compareLost(a, b))
    found.length = Math.min(found.length, most)
  }
  return found.map((one) => ({
    ...one,
    ...causeOf(solved, one.need, and(model.store, one.region.diagram, lostAt(solved, one))),
  }))
}

const TIE = 1e-12

/** Regions picked for each door and need, however few are asked for, so that asking for fewer shows the first of the same. */
const LOOKED_AT = 20

function compareLost(a: Omit<DeadEnd, 'cause' | 'served'>, b: Omit<DeadEnd, 'cause' | 'served'>): number {
  if (Math.abs(a.lost - b.lost) > TIE * Math.max(a.lost, b.lost)) return b.lost - a.lost
  if (a.region.situations !== b.region.situations) return a.region.situations > b.region.situations ? -1 : 1
  return a.door - b.door || a.need - b.need
}

function lostAt(solved: Solved, at: { readonly door: number; readonly need: number }): Diagram {
  const reached = solved.met[at.door * solved.system.needs.length + at.need] as Diagram
  return less(solved.model.store, solved.conditions.arises[at.need] as Diagram, reached)
}

function causeOf(solved: Solved, need: number, lost: Diagram): Pick<DeadEnd, 'cause' | 'served'> {
  const { store } = solved.model
  const served = and(store, lost, solved.cover.covered[need] as Diagram)
  return { served, cause: served === NOWHERE ? 'no-service' : served === lost ? 'no-pathway' : 'mixed' }
}
