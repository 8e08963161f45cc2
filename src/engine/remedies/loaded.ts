import { solveAgain, solveSystem, type Solved } from '#engine/pathways'
import { isCutAt, newModel, tellPart, type Model, type Problem, type System, type Tell } from '#engine/space'
import { applyChange, type Change, type Changed } from './change.ts'

/** A system solved once, and once more for each wait that a figure is asked for. */
export interface Loaded {
  readonly solved: Solved
  /** By `withinWeeks`: with only the services that wait at most this; the same object where the services are the same. */
  readonly byWait: readonly Solved[]
}

/** Solves a system in a fresh model. */
export function loadSolved(model: Model, system: System, tell?: Tell): Loaded {
  const solved = solveSystem(model, system, tellPart(tell, 0, 0.5))
  const known = new Map<string, Solved>()
  const byWait = system.withinWeeks.map((weeks, i) => {
    tell?.(0.5 + i / system.withinWeeks.length / 2)
    const key = lateAt(system, weeks).join()
    if (key === '') return solved
    const late = { services: lateAt(system, weeks), agencies: [] }
    const found = known.get(key) ?? solveAgain(solved, within(system, weeks), late)
    known.set(key, found)
    return found
  })
  return { solved, byWait }
}

/** Edges after which a store that has lived through many what-ifs is begun anew. */
const WORN = 40_000_000

/**
 * The system after these changes, with only what depends on them answered anew; the figures are those of a fresh
 * run. A problem when a change names something that is not there.
 */
export function whatIf(loaded: Loaded, changes: readonly Change[]): Loaded | Problem {
  let now = loaded
  for (const [i, change] of changes.entries()) {
    const changed = applyChange(now.solved.system, change)
    if ('place' in changed) return { ...changed, place: `changes[${i}].${changed.place}` }
    const { model } = now.solved
    const fresh = model.store.edges > WORN || !fits(model, changed)
    now = fresh ? loadSolved(newModel(changed.system), changed.system) : again(now, changed)
  }
  return now
}

function again(before: Loaded, { system, touched }: Changed): Loaded {
  const solved = solveAgain(before.solved, system, touched)
  const known = new Map<Solved, Map<string, Solved>>()
  const byWait = system.withinWeeks.map((weeks, i) => {
    const was = before.byWait[i] as Solved
    const late = touched.services.filter((number) => (system.services[number]?.waitWeeks ?? 0) > weeks).join()
    if (was === before.solved && late === '') return solved
    const found = known.get(was)?.get(late) ?? solveAgain(was, within(system, weeks), touched, solved.ways)
    known.set(was, (known.get(was) ?? new Map<string, Solved>()).set(late, found))
    return found
  })
  return { solved, byWait }
}

/** The system with the services closed that wait longer than this. */
function within(system: System, weeks: number): System {
  if (lateAt(system, weeks).length === 0) return system
  return {
    ...system,
    services: system.services.map((service) =>
      service.waitWeeks > weeks ? { ...service, open: false } : service,
    ),
  }
}

function lateAt(system: System, weeks: number): readonly number[] {
  return system.services.flatMap((service, i) => (service.open && service.waitWeeks > weeks ? [i] : []))
}

/** Whether the changed conditions fall on cuts that the model has; facets too long to count step by step have only those of the file. */
function fits(model: Model, { system, touched }: Changed): boolean {
  if (model.axes.every((axis) => axis.cuts === null)) return true
  const clauses = [
    ...touched.services.flatMap((number) => system.services[number]?.accepts ?? []),
    ...system.pathways
      .filter((pathway) => touched.agencies.includes(pathway.from))
      .flatMap((pathway) => pathway.when),
  ]
  return clauses.every((clause) =>
    clause.every(({ facet, runs }) => isCutAt(model, model.levelOf[facet] ?? 0, runs)),
  )
}
