/** The contract read literally, situation by situation. Slow and obvious: what the engine is compared with. */
export type Value = string | number
export type ConstraintJson = readonly Value[] | { not: readonly Value[] } | { min?: Value; max?: Value }
export type ConditionJson = Readonly<Record<string, ConstraintJson>>
export interface FacetJson {
  id: string
  kind: 'integer' | 'choice' | 'ordered'
  min?: number
  max?: number
  values?: string[]
}
export interface ServiceJson {
  id: string
  agency: string
  meets: string[]
  accepts?: ConditionJson[]
  selfReferral?: boolean
  open?: boolean
  waitWeeks?: number
  after?: string[]
  fixed?: string[]
}
export interface PathwayJson {
  from: string
  to: string
  kind: 'warm' | 'referral' | 'signpost'
  when?: ConditionJson[]
}
export interface SystemJson {
  facets: FacetJson[]
  possible?: ConditionJson[]
  weights?: Record<string, Record<string, number> | { min: number; max: number; weight: number }[]>
  needs: { id: string; arises?: ConditionJson[]; importance?: number }[]
  agencies?: { id: string; door?: boolean; arrivals?: number }[]
  services: ServiceJson[]
  pathways?: PathwayJson[]
  maxHandoffs?: number
  withinWeeks?: number[]
}
export type SituationJson = Record<string, Value>

export function valuesOf(facet: FacetJson): Value[] {
  if (facet.values !== undefined) return facet.values
  return Array.from({ length: (facet.max ?? 0) - (facet.min ?? 0) + 1 }, (_, i) => (facet.min ?? 0) + i)
}

export function situationsOf(system: SystemJson): SituationJson[] {
  let all: SituationJson[] = [{}]
  for (const facet of system.facets)
    all = all.flatMap((one) => valuesOf(facet).map((value) => ({ ...one, [facet.id]: value })))
  return all.filter((one) => clausesHold(system, system.possible, one))
}

export function clausesHold(
  system: SystemJson,
  clauses: ConditionJson[] | undefined,
  situation: SituationJson,
): boolean {
  return clauses === undefined || clauses.some((one) => conditionHolds(system, one, situation))
}

export function conditionHolds(
  system: SystemJson,
  condition: ConditionJson,
  situation: SituationJson,
): boolean {
  return Object.entries(condition).every(([id, constraint]) => {
    const facet = system.facets.find((one) => one.id === id)!
    return constraintHolds(facet, constraint, situation[id]!)
  })
}

export function constraintHolds(facet: FacetJson, constraint: ConstraintJson, value: Value): boolean {
  if (Array.isArray(constraint)) return constraint.includes(value)
  if ('not' in constraint) return !constraint.not.includes(value)
  const place = (one: Value) => (facet.kind === 'integer' ? Number(one) : facet.values!.indexOf(String(one)))
  const { min, max } = constraint as { min?: Value; max?: Value }
  return (
    (min === undefined || place(value) >= place(min)) && (max === undefined || place(value) <= place(max))
  )
}

export function shareOf(system: SystemJson, situation: SituationJson, uniform?: string): number {
  let share = 1
  for (const facet of system.facets) {
    const weights = facet.id === uniform ? undefined : system.weights?.[facet.id]
    const value = situation[facet.id]!
    if (weights === undefined) share /= valuesOf(facet).length
    else if (Array.isArray(weights)) {
      const total = weights.reduce((sum, range) => sum + range.weight, 0)
      const range = weights.find((one) => one.min <= Number(value) && Number(value) <= one.max)
      share *= range === undefined ? 0 : range.weight / (range.max - range.min + 1) / total
    } else {
      const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
      share *= (weights[value] ?? 0) / total
    }
  }
  return share
}

/** Which services take the situation, in the least or the greatest solution. */
export function takenIn(
  system: SystemJson,
  situation: SituationJson,
  from: 'least' | 'greatest',
): Set<string> {
  const could = system.services.filter((s) => (s.open ?? true) && clausesHold(system, s.accepts, situation))
  const arises = new Set(
    system.needs.filter((need) => clausesHold(system, need.arises, situation)).map((need) => need.id),
  )
  let taken = new Set(from === 'least' ? [] : could.map((s) => s.id))
  for (;;) {
    const covered = new Set(system.services.filter((s) => taken.has(s.id)).flatMap((s) => s.meets))
    const next = new Set(
      could
        .filter((s) => (s.after ?? []).every((need) => !arises.has(need) || covered.has(need)))
        .map((s) => s.id),
    )
    if (next.size === taken.size && [...next].every((id) => taken.has(id))) return next
    taken = next
  }
}

export function agenciesOf(system: SystemJson): { id: string; door?: boolean; arrivals?: number }[] {
  return system.agencies ?? [...new Set(system.services.map((s) => s.agency))].map((id) => ({ id }))
}

/** For every agency the needs met from it within each number of handovers; the last entry is any number. */
export function reachedFrom(
  system: SystemJson,
  situation: SituationJson,
  handovers: number,
): Map<string, Set<string>[]> {
  const taken = takenIn(system, situation, 'least')
  const ids = agenciesOf(system).map((agency) => agency.id)
  const services = new Map(system.services.map((s) => [s.id, s]))
  const meets = (s: ServiceJson, need: string) => taken.has(s.id) && s.meets.includes(need)
  const reached = new Map(
    ids.map((id) => [
      id,
      [
        new Set(
          system.needs
            .map((n) => n.id)
            .filter((need) => system.services.some((s) => s.agency === id && meets(s, need))),
        ),
      ],
    ]),
  )
  const rounds = Math.max(handovers, ids.length + 1)
  for (let h = 1; h <= rounds; h++) {
    for (const id of ids) {
      const now = new Set(reached.get(id)![h - 1])
      for (const { id: need } of system.needs) {
        for (const way of system.pathways ?? []) {
          if (way.from !== id || !clausesHold(system, way.when, situation)) continue
          const target = services.get(way.to)
          if (target !== undefined) {
            if (meets(target, need) && (way.kind !== 'signpost' || target.selfReferral === true))
              now.add(need)
          } else if (way.kind !== 'signpost') {
            if (reached.get(way.to)![h - 1]!.has(need)) now.add(need)
          } else if (
            system.services.some((s) => s.agency === way.to && s.selfReferral === true && meets(s, need))
          )
            now.add(need)
        }
      }
      reached.get(id)!.push(now)
    }
  }
  return new Map([...reached].map(([id, sets]) => [id, [...sets.slice(0, handovers + 1), sets.at(-1)!]]))
}

export function noWrongDoor(system: SystemJson, uniform?: string): number | null {
  const handovers = system.maxHandoffs ?? 2
  let met = 0
  let all = 0
  for (const situation of situationsOf(system)) {
    const share = shareOf(system, situation, uniform)
    const reached = reachedFrom(system, situation, handovers)
    for (const door of agenciesOf(system)) {
      if (door.door === false) continue
      for (const need of system.needs) {
        if (!clausesHold(system, need.arises, situation)) continue
        const counts = (door.arrivals ?? 1) * (need.importance ?? 1) * share
        all += counts
        if (reached.get(door.id)![handovers]!.has(need.id)) met += counts
      }
    }
  }
  return all === 0 ? null : met / all
}
