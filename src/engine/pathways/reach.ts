import { NOWHERE, and, or, orAll, type Diagram, type Model, type System, type Tell } from '#engine/space'
import type { Ways } from './ways.ts'

/** What is reached from where: every table is indexed by `agency * needs + need`. */
export interface Reach {
  /** Met by a service of the agency. */
  readonly own: Int32Array
  /** Met by a service of the agency that a person may come to unreferred. */
  readonly self: Int32Array
  /** Met there or one pathway away without passing the question on to another agency. */
  readonly direct: Int32Array
  /** By number of handovers, 0 to the most the system allows. */
  readonly within: readonly Int32Array[]
}

interface Asked {
  readonly model: Model
  readonly system: System
  readonly ways: Ways
  readonly takes: readonly Diagram[]
}

/** Where each need is reached from each agency, within each number of handovers. */
export function reachOf(asked: Asked, tell?: Tell): Reach {
  const pairs = asked.system.agencies.length * asked.system.needs.length
  const all = Array.from({ length: pairs }, (_, pair) => pair)
  const table = () => new Int32Array(pairs)
  const within = Array.from({ length: asked.system.maxHandoffs + 1 }, table)
  const reach = { own: table(), self: table(), direct: table(), within }
  fillOwn(asked, reach)
  const rounds = within.length
  for (const pair of all) {
    tell?.(pair / pairs / rounds)
    reach.direct[pair] = directAt(asked, reach, pair)
  }
  within[0]?.set(reach.own)
  for (let h = 1; h < within.length; h++) {
    const before = within[h - 1] as Int32Array
    for (const pair of all) {
      tell?.((h + pair / pairs) / rounds)
      ;(within[h] as Int32Array)[pair] = handedAt(asked, reach, { pair, before })
    }
  }
  return reach
}

/** Where each need is reached within any number of handovers. */
export function reachAtLast(asked: Asked, reach: Reach): Int32Array {
  const needs = asked.system.needs.length
  let now = Int32Array.from(reach.direct)
  let waiting = new Set(now.keys())
  while (waiting.size > 0) {
    const next = new Set<number>()
    const before = now
    now = Int32Array.from(before)
    for (const pair of waiting) {
      const reached = handedAt(asked, reach, { pair, before })
      if (reached === before[pair]) continue
      now[pair] = reached
      const agency = Math.floor(pair / needs)
      for (const other of asked.ways.into[agency] ?? []) next.add(other * needs + (pair % needs))
    }
    waiting = next
  }
  return now
}

/** The same after some services take others than before, or pathways changed; only what depends on it is made anew. */
export function reachAgain(
  asked: Asked,
  before: Reach,
  changed: { readonly services: ReadonlySet<number>; readonly agencies: ReadonlySet<number> },
): Reach {
  const { system, ways } = asked
  const needs = system.needs.length
  const reach: Reach = {
    own: Int32Array.from(before.own),
    self: Int32Array.from(before.self),
    direct: Int32Array.from(before.direct),
    within: before.within.map((table) => Int32Array.from(table)),
  }
  const first = new Set<number>()
  const touch = (agency: number, need: number) => first.add(agency * needs + need)
  for (const agency of changed.agencies) for (let need = 0; need < needs; need++) touch(agency, need)
  for (const i of changed.services) {
    const service = system.services[i] as System['services'][number]
    for (const need of service.meets) {
      ownAt(asked, reach, service.agency * needs + need)
      touch(service.agency, need)
      for (const agency of ways.into[service.agency] ?? []) touch(agency, need)
      for (const agency of ways.straight.get(i) ?? []) touch(agency, need)
    }
  }
  let moved = new Set<number>()
  for (const pair of first) {
    reach.direct[pair] = directAt(asked, reach, pair)
    if (setAt(reach.within[0] as Int32Array, pair, reach.own[pair] as number)) moved.add(pair)
  }
  for (let h = 1; h < reach.within.length; h++) {
    const again = new Set(first)
    for (const pair of moved) {
      for (const agency of ways.into[Math.floor(pair / needs)] ?? [])
        again.add(agency * needs + (pair % needs))
    }
    moved = new Set()
    for (const pair of again) {
      const reached = handedAt(asked, reach, { pair, before: reach.within[h - 1] as Int32Array })
      if (setAt(reach.within[h] as Int32Array, pair, reached)) moved.add(pair)
    }
  }
  return reach
}

function setAt(table: Int32Array, pair: number, diagram: Diagram): boolean {
  if (table[pair] === diagram) return false
  table[pair] = diagram
  return true
}

function fillOwn({ model, system, takes }: Asked, reach: Reach): void {
  const needs = system.needs.length
  const own = new Map<number, Diagram[]>()
  const self = new Map<number, Diagram[]>()
  for (const [i, service] of system.services.entries()) {
    if (takes[i] === NOWHERE) continue
    for (const need of service.meets) {
      gather(own, service.agency * needs + need, takes[i] as Diagram)
      if (service.selfReferral) gather(self, service.agency * needs + need, takes[i] as Diagram)
    }
  }
  for (const [pair, diagrams] of own) reach.own[pair] = orAll(model.store, diagrams)
  for (const [pair, diagrams] of self) reach.self[pair] = orAll(model.store, diagrams)
}

function gather(lists: Map<number, Diagram[]>, pair: number, diagram: Diagram): void {
  const list = lists.get(pair)
  if (list === undefined) lists.set(pair, [diagram])
  else list.push(diagram)
}

function ownAt({ model, system, ways, takes }: Asked, reach: Reach, pair: number): void {
  const needs = system.needs.length
  const meeting = (ways.servicesOf[Math.floor(pair / needs)] ?? []).filter((i) =>
    system.services[i]?.meets.includes(pair % needs),
  )
  reach.own[pair] = orAll(
    model.store,
    meeting.map((i) => takes[i] as Diagram),
  )
  const open = meeting.filter((i) => system.services[i]?.selfReferral === true)
  reach.self[pair] = orAll(
    model.store,
    open.map((i) => takes[i] as Diagram),
  )
}

/** Met by the agency itself or over one pathway: to a service, or told of an agency that takes people unreferred. */
function directAt({ model, system, ways, takes }: Asked, reach: Reach, pair: number): Diagram {
  const { store } = model
  const needs = system.needs.length
  const need = pair % needs
  let reached = reach.own[pair] as Diagram
  for (const { pathway, when } of ways.from[Math.floor(pair / needs)] ?? []) {
    const told = pathway.kind === 'signpost'
    if ('service' in pathway.to) {
      const service = system.services[pathway.to.service] as System['services'][number]
      if (!service.meets.includes(need) || (told && !service.selfReferral)) continue
      reached = or(store, reached, and(store, when, takes[pathway.to.service] as Diagram))
    } else if (told)
      reached = or(store, reached, and(store, when, reach.self[pathway.to.agency * needs + need] as Diagram))
  }
  return reached
}

/** Met directly, or handed to an agency where it was met within one handover less. */
function handedAt(
  { model, system, ways }: Asked,
  reach: Reach,
  at: { readonly pair: number; readonly before: Int32Array },
): Diagram {
  const { store } = model
  const needs = system.needs.length
  let reached = reach.direct[at.pair] as Diagram
  for (const { pathway, when } of ways.from[Math.floor(at.pair / needs)] ?? []) {
    if (pathway.kind === 'signpost' || !('agency' in pathway.to)) continue
    const there = at.before[pathway.to.agency * needs + (at.pair % needs)] as Diagram
    reached = or(store, reached, and(store, when, there))
  }
  return reached
}
