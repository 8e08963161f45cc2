import { conditionsOf, solve, type Conditions, type Cover } from '#engine/coverage'
import {
  NOWHERE,
  and,
  clausesDiagram,
  massOf,
  sumOf,
  tellPart,
  weightOf,
  type Diagram,
  type Model,
  type Root,
  type System,
  type Tell,
} from '#engine/space'
import { reachAgain, reachOf, type Reach } from './reach.ts'
import { waysOf, type Ways } from './ways.ts'

/** A system with every question answered as diagrams. */
export interface Solved {
  readonly model: Model
  readonly system: System
  readonly conditions: Conditions
  readonly cover: Cover
  readonly ways: Ways
  readonly reach: Reach
  /** By `agency * needs + need`: where the need arises and is reached within the handovers allowed. */
  readonly met: Int32Array
}

/** Answers everything from the beginning. */
export function solveSystem(model: Model, system: System, tell?: Tell): Solved {
  const conditions = conditionsOf(model, system, tellPart(tell, 0, 0.3))
  const cover = solve(model, system, conditions, 'least')
  const ways = waysOf(model, system)
  const reach = reachOf({ model, system, ways, takes: cover.takes }, tellPart(tell, 0.4, 1))
  const last = reach.within[system.maxHandoffs] as Int32Array
  const needs = system.needs.length
  const met = last.map((reached, pair) =>
    and(model.store, conditions.arises[pair % needs] as Diagram, reached),
  )
  return { model, system, conditions, cover, ways, reach, met }
}

/** What a change touched: services whose entry differs, agencies whose pathways do. */
export interface Touched {
  readonly services: readonly number[]
  readonly agencies: readonly number[]
}

/** Answers everything for a changed system, keeping what the change does not touch. Needs and facets stay; `known` saves looking up its pathways again. */
export function solveAgain(before: Solved, system: System, touched: Touched, known?: Ways): Solved {
  const { model } = before
  const accepts = [...before.conditions.accepts]
  for (const i of touched.services) {
    const service = system.services[i] as System['services'][number]
    accepts[i] = service.open ? clausesDiagram(model, service.accepts) : NOWHERE
  }
  const conditions = { arises: before.conditions.arises, accepts }
  const cover = coverAgain(before, system, conditions, touched)
  const services = new Set(touched.services)
  for (const [i, takes] of cover.takes.entries()) if (takes !== before.cover.takes[i]) services.add(i)
  const ways = touched.agencies.length === 0 ? before.ways : (known ?? waysOf(model, system))
  const asked = { model, system, ways, takes: cover.takes }
  const reach = reachAgain(asked, before.reach, { services, agencies: new Set(touched.agencies) })
  const now = reach.within[system.maxHandoffs] as Int32Array
  const was = before.reach.within[system.maxHandoffs] as Int32Array
  const needs = system.needs.length
  const met = before.met.map((diagram, pair) =>
    now[pair] === was[pair]
      ? diagram
      : and(model.store, conditions.arises[pair % needs] as Diagram, now[pair] as Diagram),
  )
  return { model, system, conditions, cover, ways, reach, met }
}

function coverAgain(before: Solved, system: System, conditions: Conditions, touched: Touched): Cover {
  if (touched.services.length === 0) return before.cover
  return solve(before.model, system, conditions, 'least')
}

/** The doors, with how much each counts. */
export function doorsOf(system: System): readonly { readonly agency: number; readonly arrivals: number }[] {
  return system.agencies.flatMap((agency, i) =>
    agency.door ? [{ agency: i, arrivals: agency.arrivals }] : [],
  )
}

/** Σ arrivals·importance·weight over doors and needs: of what arises, unconditioned. */
export function arisingOf(solved: Solved): number {
  const arrivals = sumOf(doorsOf(solved.system).map((door) => door.arrivals))
  const { measure } = solved.model
  return (
    arrivals *
    sumOf(
      solved.system.needs.map(
        (need, i) => need.importance * weightOf(measure, solved.conditions.arises[i] as Diagram),
      ),
    )
  )
}

/** The same of what arises and is reached. */
export function reachedOf(solved: Solved): number {
  return sumOf(metRoots(solved).map(({ diagram, times }) => times * weightOf(solved.model.measure, diagram)))
}

/** The no-wrong-door figure; null when nothing arises or arrives. */
export function noWrongDoorOf(solved: Solved): number | null {
  const arising = arisingOf(solved)
  return arising > 0 ? reachedOf(solved) / arising : null
}

/** By facet: the figure with the weights of that facet made uniform. */
export function sensitivityOf(solved: Solved): readonly (number | null)[] {
  const { model, system, conditions } = solved
  const arrivals = sumOf(doorsOf(system).map((door) => door.arrivals))
  const arising = massOf(
    model.measure,
    system.needs.map((need, i) => ({
      diagram: conditions.arises[i] as Diagram,
      times: need.importance * arrivals,
    })),
  )
  const reached = massOf(model.measure, metRoots(solved))
  const possible = massOf(model.measure, [{ diagram: model.possible, times: 1 }])
  return system.facets.map((_, facet) => {
    const level = model.levelOf[facet] ?? 0
    const all = arising.byLevel[level] ?? 0
    return all > 0 && (possible.byLevel[level] ?? 0) > 0 ? (reached.byLevel[level] ?? 0) / all : null
  })
}

function metRoots(solved: Solved): readonly Root[] {
  const needs = solved.system.needs.length
  const roots = new Map<Diagram, number>()
  for (const { agency, arrivals } of doorsOf(solved.system)) {
    for (const [need, { importance }] of solved.system.needs.entries()) {
      const diagram = solved.met[agency * needs + need] as Diagram
      if (diagram !== NOWHERE && arrivals > 0)
        roots.set(diagram, (roots.get(diagram) ?? 0) + arrivals * importance)
    }
  }
  return [...roots].map(([diagram, times]) => ({ diagram, times }))
}
