import { load } from '#engine/check'
import { circularWaits } from '#engine/coverage'
import { noWrongDoorOf, solveAgain, type Solved } from '#engine/pathways'
import {
  and,
  countOf,
  less,
  problemLine,
  readClauses,
  readSystem,
  TooLarge,
  weightOf,
  type Condition,
  type Diagram,
  type System,
} from '#engine/space'
import type { Amount, Look, LookAnswer, LookAsked } from './look.ts'
import { needsMoved } from './moved.rules.ts'
import { systemOfSource, type SystemSource } from './system-source.rules.ts'

/** Diagram edges allowed to one look: about 250 MB. An area has some ten thousand. */
const MOST_EDGES = 6_000_000

/** Answers looks, and keeps the last area solved while the same source is asked again. */
export function newLooker(mostEdges = MOST_EDGES): (asked: LookAsked) => LookAnswer {
  let last: { readonly key: string; readonly solved: Solved; readonly open: boolean } | null = null
  const solvedFor = ({ source, service }: LookAsked) => {
    const key = JSON.stringify([service, source])
    if (last?.key === key) return last
    last = null
    const read = solvedArea(source, service, mostEdges)
    if (read !== null) last = { key, ...read }
    return last
  }
  return (asked) => {
    // Why twice: a store that has lived through many looks is full before a fresh one would be.
    for (const fresh of [false, true]) {
      if (fresh) last = null
      try {
        const now = solvedFor(asked)
        return now === null ? { cannot: 'not-listed' } : lookAt(now, asked)
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error
      }
    }
    last = null
    return { cannot: 'too-large' }
  }
}

/** The area solved with the service open; null when the service is not among those that can be matched. */
function solvedArea(
  source: SystemSource,
  service: string,
  limit: number,
): { readonly solved: Solved; readonly open: boolean } | null {
  const read = readSystem({ ...systemOfSource(source), withinWeeks: [] })
  if (!read.ok) throw new Error(`the directory is not a service system: ${problemLine(read.problem)}`)
  const number = read.value.services.findIndex((one) => one.id === service)
  const found = read.value.services[number]
  if (found === undefined) return null
  const system = withService(read.value, number, { ...found, open: true })
  const loaded = load(system, { limit, siftAt: limit })
  if ('place' in loaded) throw new Error(`the directory cannot be solved: ${problemLine(loaded)}`)
  return { solved: loaded.solved, open: found.open }
}

function lookAt(
  { solved: now, open }: { readonly solved: Solved; readonly open: boolean },
  asked: LookAsked,
): Look {
  const { model, system } = now
  const { store, measure } = model
  const number = system.services.findIndex((one) => one.id === asked.service)
  const then = changed(now, number, asked.accepts, asked.after)
  const practised = asked.practice === null ? null : changed(now, number, asked.practice, asked.after)
  const taken = (solved: Solved) => and(store, model.possible, solved.cover.takes[number] as Diagram)
  const possible = weightOf(measure, model.possible)
  const amount = (set: Diagram): Amount => ({
    situations: String(countOf(measure, set)),
    share: weightOf(measure, set) / possible,
  })
  return {
    possible: String(countOf(measure, model.possible)),
    takes: amount(taken(then)),
    more: amount(less(store, taken(then), taken(now))),
    fewer: amount(less(store, taken(now), taken(then))),
    needs: needsMoved(now, then),
    noWrongDoor: { now: noWrongDoorOf(now), then: noWrongDoorOf(then) },
    open,
    practice: practised === null ? [] : needsMoved(then, practised),
    circles: circlesOf(then, asked.service),
  }
}

function changed(
  now: Solved,
  number: number,
  accepts: readonly Condition[],
  after: readonly string[],
): Solved {
  const { system } = now
  const service = system.services[number] as System['services'][number]
  const read = readClauses(system.facets, accepts)
  if (!read.ok) throw new Error(problemLine(read.problem))
  const first = after.flatMap((need) => {
    const found = system.needs.findIndex((one) => one.id === need)
    return found < 0 ? [] : [found]
  })
  const next = withService(now.system, number, { ...service, accepts: read.value, after: first })
  return solveAgain(now, next, { services: [number], agencies: [] })
}

function withService(system: System, number: number, service: System['services'][number]): System {
  return { ...system, services: system.services.with(number, service) }
}

function circlesOf({ model, system, conditions, cover }: Solved, service: string): Look['circles'] {
  const waits = circularWaits(model, system, conditions, cover, 20).map(({ need, services }) => ({
    need: system.needs[need]?.id ?? '',
    services: services.map((one) => system.services[one]?.id ?? ''),
  }))
  const known = new Set<string>()
  return waits.filter((wait) => {
    const key = JSON.stringify(wait)
    if (known.has(key) || !wait.services.includes(service)) return false
    known.add(key)
    return true
  })
}
