import {
  EVERYWHERE,
  NOWHERE,
  and,
  clausesDiagram,
  less,
  or,
  orAll,
  type Diagram,
  type Model,
  type Store,
  type System,
  type Tell,
} from '#engine/space'

/** Who is taken and what is covered: one solution of the two sentences that define each other. */
export interface Cover {
  /** By service: where it takes a situation. */
  readonly takes: readonly Diagram[]
  /** By need: where some service that meets it takes the situation, whether the need arises there or not. */
  readonly covered: readonly Diagram[]
}

/** The conditions of a system as diagrams, before anything is solved. */
export interface Conditions {
  /** By need, within `possible`. */
  readonly arises: readonly Diagram[]
  /** By service: where it accepts and is open. */
  readonly accepts: readonly Diagram[]
}

/** Builds where needs arise and where services accept. */
export function conditionsOf(model: Model, system: System, tell?: Tell): Conditions {
  const { length } = system.services
  return {
    arises: system.needs.map((need) => and(model.store, model.possible, clausesDiagram(model, need.arises))),
    accepts: system.services.map((service, i) => {
      tell?.(i / length)
      return service.open ? clausesDiagram(model, service.accepts) : NOWHERE
    }),
  }
}

/** The least solution (start from nothing, add what follows) or the greatest (start from everything, take away). */
export function solve(
  model: Model,
  system: System,
  conditions: Conditions,
  from: 'least' | 'greatest',
): Cover {
  const { store } = model
  const takes = [...conditions.accepts]
  const waiting = system.services.flatMap((service, i) =>
    service.after.length > 0 && takes[i] !== NOWHERE ? [i] : [],
  )
  const steady = system.needs.map((): Diagram[] => [])
  for (const [i, service] of system.services.entries()) {
    if (service.after.length > 0) continue
    for (const need of service.meets) steady[need]?.push(takes[i] as Diagram)
  }
  const base = steady.map((diagrams) => orAll(store, diagrams))
  if (from === 'least') for (const i of waiting) takes[i] = NOWHERE
  let covered = coveredBy(model, system, { takes, waiting, base })
  for (let changed = true; changed;) {
    changed = false
    for (const i of waiting) {
      const after = system.services[i]?.after ?? []
      const next = takesNow(
        store,
        { arises: conditions.arises, covered },
        after,
        conditions.accepts[i] as Diagram,
      )
      if (next === takes[i]) continue
      takes[i] = next
      changed = true
    }
    if (changed) covered = coveredBy(model, system, { takes, waiting, base })
  }
  return { takes, covered }
}

/** What is left of where a service accepts when each need in `after` that arises must be covered. */
export function takesNow(
  store: Store,
  given: { readonly arises: readonly Diagram[]; readonly covered: readonly Diagram[] },
  after: readonly number[],
  accepts: Diagram,
): Diagram {
  let taken = accepts
  for (const need of after) {
    taken = less(store, taken, less(store, given.arises[need] ?? EVERYWHERE, given.covered[need] ?? NOWHERE))
  }
  return taken
}

function coveredBy(
  model: Model,
  system: System,
  by: {
    readonly takes: readonly Diagram[]
    readonly waiting: readonly number[]
    readonly base: readonly Diagram[]
  },
): Diagram[] {
  const covered = [...by.base]
  for (const i of by.waiting) {
    for (const need of system.services[i]?.meets ?? []) {
      covered[need] = or(model.store, covered[need] as Diagram, by.takes[i] as Diagram)
    }
  }
  return covered
}
