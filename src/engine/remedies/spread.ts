import type { Solved } from '#engine/pathways'
import { EVERYWHERE, NOWHERE, and, less, or, plus, times, type Diagram } from '#engine/space'

/** By agency: where people who arrive there come to a given place within the handovers allowed. */
export type Spread = ReadonlyMap<number, Diagram>

/** Where a service is within reach, from every agency; as if it took everyone. `self`: as if a person may come unreferred. */
export function spreadToService(solved: Solved, number: number, self: boolean): Spread {
  const { system, ways, model } = solved
  const service = system.services[number] as (typeof system.services)[number]
  const start = new Map([[service.agency, EVERYWHERE]])
  if (system.maxHandoffs === 0) return start
  const direct = new Map(start)
  const join = (agency: number, when: Diagram) =>
    direct.set(agency, or(model.store, direct.get(agency) ?? NOWHERE, when))
  for (const agency of new Set([
    ...(ways.straight.get(number) ?? []),
    ...(ways.into[service.agency] ?? []),
  ])) {
    for (const { pathway, when } of ways.from[agency] ?? []) {
      const there =
        'service' in pathway.to ? pathway.to.service === number : pathway.to.agency === service.agency
      if (!there) continue
      if (pathway.kind === 'signpost' ? self : 'service' in pathway.to) join(agency, when)
    }
  }
  return handedBack(solved, { start, direct, handovers: system.maxHandoffs })
}

/** Where an agency is come to within one handover less than allowed, from every agency. */
export function spreadToAgency(solved: Solved, agency: number): Spread {
  const start = new Map([[agency, EVERYWHERE]])
  return handedBack(solved, { start, direct: start, handovers: solved.system.maxHandoffs - 1 })
}

function handedBack(
  { model, ways }: Solved,
  from: { readonly start: Spread; readonly direct: Spread; readonly handovers: number },
): Spread {
  let now = from.start
  for (let h = 1; h <= from.handovers; h++) {
    const next = new Map(from.direct)
    for (const [there, where] of now) {
      for (const agency of ways.into[there] ?? []) {
        for (const { pathway, when } of ways.from[agency] ?? []) {
          if (pathway.kind === 'signpost' || !('agency' in pathway.to) || pathway.to.agency !== there)
            continue
          next.set(agency, or(model.store, next.get(agency) ?? NOWHERE, and(model.store, when, where)))
        }
      }
    }
    now = next
  }
  return now
}

/** Σ arrivals over the doors from which there is a way: no situation loses more than this times the needs' importance. */
export function arrivalsWithin(solved: Solved, spread: Spread): number {
  let arrivals = 0
  for (const agency of spread.keys()) {
    const { door, arrivals: many } = solved.system.agencies[agency] as Solved['system']['agencies'][number]
    if (door) arrivals += many
  }
  return arrivals
}

/**
 * What would be won in each situation if it were taken there: Σ arrivals × importance over the doors within
 * reach and these needs, where the need arises and is not reached yet. A function, not a set.
 */
export function worthOf(solved: Solved, spread: Spread, needs: readonly number[]): Diagram {
  const { model, system, conditions, met } = solved
  const { store } = model
  let row: Diagram[] = []
  for (const [agency, way] of spread) {
    const { door, arrivals } = system.agencies[agency] as Solved['system']['agencies'][number]
    if (!door || way === NOWHERE || arrivals === 0) continue
    for (const need of needs) {
      const lost = less(
        store,
        conditions.arises[need] as Diagram,
        met[agency * system.needs.length + need] as Diagram,
      )
      const worth = times(store, and(store, way, lost), arrivals * (system.needs[need]?.importance ?? 1))
      if (worth !== NOWHERE) row.push(worth)
    }
  }
  while (row.length > 1) {
    const next: Diagram[] = []
    for (let i = 0; i < row.length; i += 2) next.push(plus(store, row[i] as Diagram, row[i + 1] ?? NOWHERE))
    row = next
  }
  return row[0] ?? NOWHERE
}
