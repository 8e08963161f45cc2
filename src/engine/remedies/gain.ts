import { takesNow } from '#engine/coverage'
import { doorsOf, type Solved } from '#engine/pathways'
import { NOWHERE, and, less, or, sumOf, weightOf, weightOfBoth, type Diagram } from '#engine/space'
import { knockOnBounds, type KnockOnBound } from './knock-on.ts'
import { arrivalsWithin, spreadToAgency, spreadToService, worthOf, type Spread } from './spread.ts'

/** What services would take beyond what they take now, by service. */
export type Extra = ReadonlyMap<number, Diagram>

/** A place that people come to, with how far it spreads and what would be won there. */
export interface Place {
  readonly spread: Spread
  readonly arrivals: number
  /** By need, made when first asked for. */
  readonly worth: Map<number, Diagram>
}

/** What the ranking of remedies looks up again and again. */
export interface Bench {
  readonly solved: Solved
  /** By need: open services that wait for it. */
  readonly waiting: readonly (readonly number[])[]
  readonly places: Map<string, Place>
  /** Everything that could be won in one situation, in arrivals × importance. */
  readonly all: number
  /** By need: what could follow from covering it. */
  readonly knockOn: readonly (KnockOnBound | null)[]
}

/** Prepares the ranking of a solved system's remedies. */
export function newBench(solved: Solved): Bench {
  const { system } = solved
  const waiting = system.needs.map((): number[] => [])
  for (const [i, service] of system.services.entries())
    if (service.open) for (const need of service.after) waiting[need]?.push(i)
  const arrivals = sumOf(doorsOf(system).map((door) => door.arrivals))
  const all = arrivals * sumOf(system.needs.map((need) => need.importance))
  const bench: Bench = { solved, waiting, places: new Map(), all, knockOn: [] }
  return { ...bench, knockOn: knockOnBounds(system, waiting, (number) => ownWorth(bench, number)) }
}

/** No situation that the service takes wins more than this at its own needs. */
export function ownWorth(bench: Bench, number: number): number {
  const service = bench.solved.system.services[number] as Solved['system']['services'][number]
  return servicePlace(bench, number, service.selfReferral).arrivals * importanceOf(bench.solved, service)
}

/** The importance of everything the service meets. */
export function importanceOf({ system }: Solved, service: Solved['system']['services'][number]): number {
  return sumOf(service.meets.map((need) => system.needs[need]?.importance ?? 1))
}

/** The service as a place; `self` as if a person might come unreferred. */
export function servicePlace(bench: Bench, number: number, self: boolean): Place {
  const service = bench.solved.system.services[number]
  const key = bench.solved.ways.straight.has(number)
    ? `service ${number} ${self}`
    : `at ${service?.agency} ${self}`
  return placeAt(bench, key, () => spreadToService(bench.solved, number, self))
}

/** The agency as a place from which a new pathway would start. */
export function agencyPlace(bench: Bench, agency: number): Place {
  return placeAt(bench, `from ${agency}`, () => spreadToAgency(bench.solved, agency))
}

function placeAt(bench: Bench, key: string, spreading: () => Spread): Place {
  const known = bench.places.get(key)
  if (known !== undefined) return known
  const spread = spreading()
  const place = { spread, arrivals: arrivalsWithin(bench.solved, spread), worth: new Map<number, Diagram>() }
  bench.places.set(key, place)
  return place
}

/** What is won when the situations come to be taken at the place for these needs; unconditioned, not normalised. */
export function wonAt(bench: Bench, place: Place, situations: Diagram, needs: readonly number[]): number {
  return sumOf(
    needs.map((need) => {
      const worth = place.worth.get(need) ?? worthOf(bench.solved, place.spread, [need])
      place.worth.set(need, worth)
      return weightOfBoth(bench.solved.model.measure, situations, worth)
    }),
  )
}

/** What is won when a service takes more, with all that follows for services that wait for what it meets. */
export function wonBy(bench: Bench, number: number, more: Diagram): number {
  if (more === NOWHERE) return 0
  const { system } = bench.solved
  const extra = knockOn(bench, number, more)
  return sumOf(
    system.needs.map((_, need) => {
      const meeting = [...extra].filter(([i]) => system.services[i]?.meets.includes(need) === true)
      const [first] = meeting
      if (first === undefined) return 0
      if (meeting.length === 1) return wonAt(bench, placeOf(bench, first[0]), first[1], [need])
      return wonTogether(bench, meeting, need)
    }),
  )
}

/** Several services take more of one need: a door wins a situation once, whoever takes it. */
function wonTogether(bench: Bench, meeting: readonly (readonly [number, Diagram])[], need: number): number {
  const { model, system, conditions, met } = bench.solved
  const { store } = model
  const { importance } = system.needs[need] as Solved['system']['needs'][number]
  const wins = new Map<number, Diagram>()
  for (const [i, more] of meeting) {
    for (const [agency, way] of placeOf(bench, i).spread) {
      if (system.agencies[agency]?.door !== true) continue
      wins.set(agency, or(store, wins.get(agency) ?? NOWHERE, and(store, way, more)))
    }
  }
  return sumOf(
    [...wins].map(([agency, reached]) => {
      const lost = less(
        store,
        conditions.arises[need] as Diagram,
        met[agency * system.needs.length + need] as Diagram,
      )
      const arrivals = system.agencies[agency]?.arrivals ?? 0
      return arrivals * importance * weightOf(model.measure, and(store, reached, lost))
    }),
  )
}

function placeOf(bench: Bench, number: number): Place {
  return servicePlace(bench, number, bench.solved.system.services[number]?.selfReferral === true)
}

/** What other services take too once this one takes more: they waited for a need that now is covered. */
function knockOn(bench: Bench, number: number, more: Diagram): Extra {
  const { model, system, conditions, cover } = bench.solved
  const { store } = model
  const extra = new Map([[number, more]])
  const covered = [...cover.covered]
  const pile = [number]
  for (let from = pile.pop(); from !== undefined; from = pile.pop()) {
    const taken = extra.get(from) as Diagram
    for (const need of system.services[from]?.meets ?? []) {
      const fresh = less(
        store,
        and(store, taken, conditions.arises[need] as Diagram),
        covered[need] as Diagram,
      )
      covered[need] = or(store, covered[need] as Diagram, taken)
      if (fresh === NOWHERE) continue
      for (const i of bench.waiting[need] ?? []) {
        if (and(store, fresh, conditions.accepts[i] as Diagram) === NOWHERE) continue
        const now = less(
          store,
          takesNow(
            store,
            { arises: conditions.arises, covered },
            system.services[i]?.after ?? [],
            conditions.accepts[i] as Diagram,
          ),
          cover.takes[i] as Diagram,
        )
        const before = extra.get(i) ?? NOWHERE
        if (less(store, now, before) === NOWHERE) continue
        extra.set(i, or(store, before, now))
        pile.push(i)
      }
    }
  }
  return extra
}
