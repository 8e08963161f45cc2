import { clausesDiagram, type Diagram, type Model, type Pathway, type System } from '#engine/space'

/** A pathway with its condition as a diagram. */
export interface Way {
  readonly pathway: Pathway
  readonly when: Diagram
}

/** Who belongs to whom and who leads where, looked up by agency. */
export interface Ways {
  /** By agency: its services. */
  readonly servicesOf: readonly (readonly number[])[]
  /** By agency: pathways from it. */
  readonly from: readonly (readonly Way[])[]
  /** By agency: agencies whose reach depends on this one, by handing on or by telling of it. */
  readonly into: readonly (readonly number[])[]
  /** By service: agencies with a pathway straight to it. */
  readonly straight: ReadonlyMap<number, readonly number[]>
}

/** Looks up the pathways of a system. */
export function waysOf(model: Model, system: System): Ways {
  const servicesOf = system.agencies.map((): number[] => [])
  for (const [i, service] of system.services.entries()) servicesOf[service.agency]?.push(i)
  const from = system.agencies.map((): Way[] => [])
  const into = system.agencies.map((): number[] => [])
  const straight = new Map<number, number[]>()
  for (const pathway of system.pathways) {
    from[pathway.from]?.push({ pathway, when: clausesDiagram(model, pathway.when) })
    if ('agency' in pathway.to) into[pathway.to.agency]?.push(pathway.from)
    else {
      const agencies = straight.get(pathway.to.service)
      if (agencies === undefined) straight.set(pathway.to.service, [pathway.from])
      else agencies.push(pathway.from)
    }
  }
  return { servicesOf, from, into: into.map((list) => [...new Set(list)]), straight }
}
