import { takesNow } from '#engine/coverage'
import { arisingOf, noWrongDoorOf, solveAgain, type Solved } from '#engine/pathways'
import {
  NOWHERE,
  and,
  clauseDiagram,
  cutsOf,
  less,
  otherRuns,
  shareBetween,
  sizeOf,
  stepRuns,
  sumOf,
  tellPart,
  valueAt,
  weightOf,
  type Clause,
  type Diagram,
  type Limit,
  type Runs,
  type Service,
  type Tell,
} from '#engine/space'
import { applyChange, nextCut, type Remedy } from './change.ts'
import {
  agencyPlace,
  importanceOf,
  newBench,
  ownWorth,
  servicePlace,
  wonAt,
  wonBy,
  type Bench,
  type Place,
} from './gain.ts'
import { knockOnWithin } from './knock-on.ts'
import { bestOf, type Exact, type Offer } from './offer.ts'

/** A remedy with the exact rise of the no-wrong-door figure, and the figure after it. */
export interface Ranked {
  readonly change: Remedy
  readonly gain: number
  readonly noWrongDoor: number
}

/** The `most` single changes that gain most; those that gain nothing are left out. */
export function rankRemedies(solved: Solved, most: number, tell?: Tell): readonly Ranked[] {
  const arising = arisingOf(solved)
  if (most === 0 || !(arising > 0)) return []
  const bench = newBench(solved)
  const base = noWrongDoorOf(solved) ?? 0
  return bestOf(offersOf(bench), most, tell).map(({ remedy, worth }) => {
    const gain = worth / arising
    return { change: remedy, gain, noWrongDoor: base + gain }
  })
}

/** The best changes one after the other, each on top of those before; `noWrongDoor` is the figure with all up to it. */
export function planRemedies(solved: Solved, steps: number, tell?: Tell): readonly Ranked[] {
  const plan: Ranked[] = []
  let now = solved
  while (plan.length < steps) {
    const part = tellPart(tell, plan.length / steps, (plan.length + 1) / steps)
    const [best] = rankRemedies(now, 1, part)
    if (best === undefined) break
    const changed = applyChange(now.system, best.change)
    if ('place' in changed) throw new Error(`a remedy does not apply: ${changed.wrong}`)
    now = solveAgain(now, changed.system, changed.touched)
    plan.push({ ...best, noWrongDoor: noWrongDoorOf(now) ?? 0 })
  }
  return plan
}

function offersOf(bench: Bench): readonly Offer[] {
  const { system } = bench.solved
  const cuts = cutsOf(system)
  const offers: Offer[] = []
  for (const [number, service] of system.services.entries()) {
    if (!service.open) continue
    for (const [clause, limits] of service.accepts.entries()) {
      for (const limit of limits) {
        if (!service.fixed.includes(limit.facet))
          offers.push(
            ...clauseOffers(bench, { number, service, clause, limits, limit, cuts: cuts[limit.facet] ?? [] }),
          )
      }
    }
    for (const need of service.after) offers.push(afterOffer(bench, { number, service, need }))
    if (!service.selfReferral) offers.push(selfOffer(bench, number, service))
  }
  return [...offers, ...pathwayOffers(bench)]
}

interface ClauseAt {
  readonly number: number
  readonly service: Service
  readonly clause: number
  readonly limits: Clause
  readonly limit: Limit
  readonly cuts: readonly number[]
}

const KINDS = { widen: 0, step: 1, 'lift-after': 2, 'open-pathway': 3, 'allow-self-referral': 4 } as const

function clauseOffers(bench: Bench, at: ClauseAt): Offer[] {
  const { system } = bench.solved
  const facet = system.facets[at.limit.facet] as (typeof system.facets)[number]
  const size = sizeOf(facet)
  const named = { service: at.service.id, clause: at.clause, facet: facet.id }
  const order = [at.number, at.clause, at.limit.facet]
  const offers = [
    wider(bench, at, {
      added: otherRuns(at.limit.runs, size),
      remedy: { kind: 'widen', ...named },
      order: [KINDS.widen, ...order, 0],
    }),
  ]
  for (const end of ['min', 'max'] as const) {
    if (at.limit.ends?.[end] !== true || at.limit.runs.length !== 2) continue
    const to = nextCut(at.cuts, size, at.limit, end)
    if (to === null) continue
    const [low = 0, high = 0] = at.limit.runs
    const added = end === 'min' ? [to, low - 1] : [high + 1, to]
    const remedy: Remedy = { kind: 'step', ...named, end, to: valueAt(facet, to) }
    offers.push(wider(bench, at, { added, remedy, order: [KINDS.step, ...order, end === 'min' ? 0 : 1] }))
  }
  return offers
}

/** A clause that also holds on the runs added to one of its facets. */
function wider(
  bench: Bench,
  at: ClauseAt,
  by: { readonly added: Runs; readonly remedy: Remedy; readonly order: readonly number[] },
): Offer {
  const { solved } = bench
  const part = at.limits.map((limit) => (limit === at.limit ? { ...limit, runs: by.added } : limit))
  return {
    atMost: partShare(solved, part) * worthAtMost(bench, at.number, part),
    look: () => {
      const extra = clauseDiagram(solved.model, part)
      const given = { arises: solved.conditions.arises, covered: solved.cover.covered }
      const taken = takesNow(solved.model.store, given, at.service.after, extra)
      const more = less(solved.model.store, taken, solved.cover.takes[at.number] as Diagram)
      return { worth: wonBy(bench, at.number, more), remedy: by.remedy, order: by.order }
    },
  }
}

function afterOffer(
  bench: Bench,
  at: { readonly number: number; readonly service: Service; readonly need: number },
): Offer {
  const { model, system, conditions, cover } = bench.solved
  const { store } = model
  const held = less(
    store,
    and(store, conditions.accepts[at.number] as Diagram, conditions.arises[at.need] as Diagram),
    cover.covered[at.need] as Diagram,
  )
  const remedy: Remedy = { kind: 'lift-after', service: at.service.id, need: system.needs[at.need]?.id ?? '' }
  return {
    atMost: weightOf(model.measure, held) * worthAtMost(bench, at.number, []),
    look: () => {
      const after = at.service.after.filter((need) => need !== at.need)
      const given = { arises: conditions.arises, covered: cover.covered }
      const taken = takesNow(store, given, after, conditions.accepts[at.number] as Diagram)
      const more = less(store, taken, cover.takes[at.number] as Diagram)
      return {
        worth: wonBy(bench, at.number, more),
        remedy,
        order: [KINDS['lift-after'], at.number, at.need],
      }
    },
  }
}

function selfOffer(bench: Bench, number: number, service: Service): Offer {
  const { system, ways, model, cover } = bench.solved
  const told = [...(ways.straight.get(number) ?? []), ...(ways.into[service.agency] ?? [])]
  const matters = told.some(
    (agency) => ways.from[agency]?.some(({ pathway }) => pathway.kind === 'signpost') === true,
  )
  const taken = cover.takes[number] as Diagram
  if (!matters || taken === NOWHERE || system.maxHandoffs === 0) return { atMost: 0, look: () => [] }
  const place = servicePlace(bench, number, true)
  return {
    atMost: weightOf(model.measure, taken) * place.arrivals * importanceOf(bench.solved, service),
    look: () => ({
      worth: wonAt(bench, place, taken, service.meets),
      remedy: { kind: 'allow-self-referral', service: service.id },
      order: [KINDS['allow-self-referral'], number],
    }),
  }
}

/** New pathways, agency by agency, from the service that could win most downward; never all of them at once. */
function pathwayOffers(bench: Bench): Offer[] {
  const { system, model, conditions, cover } = bench.solved
  if (system.maxHandoffs === 0) return []
  const taken = new Map<string, number>()
  const services = system.services.map((service, number) => {
    const takes = cover.takes[number] as Diagram
    const key = `${takes} ${service.meets.join()}`
    const worth =
      taken.get(key) ??
      sumOf(
        service.meets.map(
          (need) =>
            (system.needs[need]?.importance ?? 1) *
            weightOf(model.measure, and(model.store, takes, conditions.arises[need] as Diagram)),
        ),
      )
    taken.set(key, worth)
    return { number, worth }
  })
  services.sort((a, b) => b.worth - a.worth || a.number - b.number)
  const from = (agency: number, place: Place, rank: number): Offer[] => {
    const next = services[rank]
    if (next === undefined || next.worth === 0) return []
    const look = () => [
      pathwayOffer(bench, { agency, place, number: next.number }),
      ...from(agency, place, rank + 1),
    ]
    return [{ atMost: place.arrivals * next.worth, look }]
  }
  return system.agencies.flatMap((_, agency) => from(agency, agencyPlace(bench, agency), 0))
}

interface NewPathway {
  readonly agency: number
  readonly place: Place
  readonly number: number
}

function pathwayOffer(bench: Bench, { agency, place, number }: NewPathway): Offer {
  const { system, cover } = bench.solved
  const service = system.services[number] as Service
  const exact: Exact = {
    worth: wonAt(bench, place, cover.takes[number] as Diagram, service.meets),
    remedy: { kind: 'open-pathway', from: system.agencies[agency]?.id ?? '', to: service.id },
    order: [KINDS['open-pathway'], agency, number],
  }
  return { atMost: exact.worth, look: () => exact }
}

/** No situation of the part that the service takes in addition wins more than this. */
function worthAtMost(bench: Bench, number: number, part: Clause): number {
  const service = bench.solved.system.services[number] as Service
  const set = service.meets.map((need) => {
    const bound = bench.knockOn[need] ?? null
    return bound === null ? 0 : knockOnWithin(bound, part)
  })
  return Math.min(bench.all, ownWorth(bench, number) + sumOf(set))
}

/** The weight of a condition with at most one limit a facet. */
function partShare({ model }: Solved, part: Clause): number {
  let share = 1
  for (const { facet, runs } of part) {
    const level = model.levelOf[facet] ?? 0
    const coordinates = stepRuns(model, level, runs)
    let held = 0
    for (let i = 0; i < coordinates.length; i += 2) {
      held += shareBetween(
        model.measure.given[level] as Parameters<typeof shareBetween>[0],
        coordinates[i] as number,
        coordinates[i + 1] as number,
      )
    }
    share *= held
  }
  return share
}
