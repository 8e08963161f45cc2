import {
  facetIndex,
  inRuns,
  readClauses,
  readCondition,
  stepOf,
  type Clause,
  type Clauses,
  type Constraint,
  type Limit,
  type PathwayKind,
  type Problem,
  type Service,
  type System,
  type Value,
} from '#engine/space'
import type { Touched } from '#engine/pathways'

/** A single change that can be proposed as a remedy; services, agencies, needs and facets by id. */
export type Remedy =
  | { readonly kind: 'widen'; readonly service: string; readonly clause: number; readonly facet: string }
  | {
      readonly kind: 'step'
      readonly service: string
      readonly clause: number
      readonly facet: string
      readonly end: 'min' | 'max'
      readonly to: Value
    }
  | { readonly kind: 'lift-after'; readonly service: string; readonly need: string }
  | { readonly kind: 'open-pathway'; readonly from: string; readonly to: string }
  | { readonly kind: 'allow-self-referral'; readonly service: string }

/** Any single change: a remedy, or one that a meeting wants to try. */
export type Change =
  | Remedy
  | { readonly kind: 'close-service'; readonly service: string }
  | { readonly kind: 'set-wait'; readonly service: string; readonly weeks: number }
  | {
      readonly kind: 'set-constraint'
      readonly service: string
      readonly clause: number
      readonly facet: string
      readonly constraint: Constraint
    }
  | {
      readonly kind: 'add-pathway'
      readonly from: string
      readonly to: string
      readonly by: PathwayKind
      readonly when?: Clauses
    }
  /** Removes every pathway between the two, or those of one kind. */
  | { readonly kind: 'remove-pathway'; readonly from: string; readonly to: string; readonly by?: PathwayKind }

/** A system after a change, and what the change touched. */
export interface Changed {
  readonly system: System
  readonly touched: Touched
}

/** Makes one change; a problem when it names something that is not there. */
export function applyChange(system: System, change: Change): Changed | Problem {
  if (change.kind === 'open-pathway')
    return addPathway(system, { from: change.from, to: change.to, by: 'referral' })
  if (change.kind === 'add-pathway') return addPathway(system, change)
  if (change.kind === 'remove-pathway') return removePathway(system, change)
  const number = system.services.findIndex((one) => one.id === change.service)
  const service = system.services[number]
  if (service === undefined)
    return {
      place: 'service',
      wrong: `${change.service} is not a service`,
      mend: 'name a service of the file',
    }
  const changed = changeService(system, service, change)
  if ('place' in changed) return changed
  return {
    system: { ...system, services: system.services.with(number, changed) },
    touched: { services: [number], agencies: [] },
  }
}

type ServiceChange = Extract<Change, { readonly service: string }>

function changeService(system: System, service: Service, change: ServiceChange): Service | Problem {
  switch (change.kind) {
    case 'close-service':
      return { ...service, open: false }
    case 'allow-self-referral':
      return { ...service, selfReferral: true }
    case 'set-wait':
      if (Number.isFinite(change.weeks) && change.weeks >= 0) return { ...service, waitWeeks: change.weeks }
      return { place: 'weeks', wrong: `is ${change.weeks}`, mend: 'should be a number of at least 0' }
    case 'lift-after': {
      const need = system.needs.findIndex((one) => one.id === change.need)
      if (service.after.includes(need))
        return { ...service, after: service.after.filter((one) => one !== need) }
      return {
        place: 'need',
        wrong: `${service.id} does not wait for ${change.need}`,
        mend: 'name a need in its after',
      }
    }
    case 'widen':
    case 'step':
    case 'set-constraint':
      return changeClause(system, service, change)
  }
}

function changeClause(
  system: System,
  service: Service,
  change: Extract<ServiceChange, { readonly clause: number }>,
): Service | Problem {
  const clause = service.accepts[change.clause]
  if (clause === undefined)
    return {
      place: 'clause',
      wrong: `${service.id} has no clause ${change.clause}`,
      mend: `count from 0 to ${service.accepts.length - 1}`,
    }
  const facet = facetIndex(system.facets).byId.get(change.facet)
  if (facet === undefined)
    return { place: 'facet', wrong: `${change.facet} is not a facet`, mend: 'name a facet of the file' }
  const limit = clause.find((one) => one.facet === facet)
  const others = clause.filter((one) => one.facet !== facet)
  if (change.kind === 'widen') return withClause(service, change.clause, others)
  if (change.kind === 'set-constraint') {
    const read = readCondition(system.facets, { [change.facet]: change.constraint }, 'constraint')
    return read.ok ? withClause(service, change.clause, [...others, ...read.value]) : read.problem
  }
  if (limit?.ends === undefined)
    return {
      place: 'facet',
      wrong: `${change.facet} has no run to step there`,
      mend: 'name a facet with min or max',
    }
  const to = stepOf(system.facets[facet] as System['facets'][number], change.to)
  const stepped = steppedTo(limit, change.end, to)
  if (to < 0 || stepped === null)
    return {
      place: 'to',
      wrong: `${change.to} cannot be its ${change.end}`,
      mend: 'name a value of the facet',
    }
  return withClause(
    service,
    change.clause,
    clause.map((one) => (one === limit ? stepped : one)),
  )
}

/** The limit with one end of its run moved; null when nothing would be left. */
function steppedTo(limit: Limit, end: 'min' | 'max', to: number): Limit | null {
  const [low = 0, high = -1] = limit.runs
  const runs = end === 'min' ? [to, high] : [low, to]
  return (runs[0] ?? 0) <= (runs[1] ?? -1) ? { ...limit, runs } : null
}

function withClause(service: Service, number: number, clause: Clause): Service {
  return { ...service, accepts: service.accepts.with(number, clause) }
}

function addPathway(
  system: System,
  way: Pick<Extract<Change, { kind: 'add-pathway' }>, 'from' | 'to' | 'by' | 'when'>,
): Changed | Problem {
  const ends = endsOf(system, way)
  if ('place' in ends) return ends
  const when = readClauses(system.facets, way.when, 'when')
  if (!when.ok) return when.problem
  const pathway = { from: ends.from, to: ends.to, kind: way.by, when: when.value }
  return {
    system: { ...system, pathways: [...system.pathways, pathway] },
    touched: { services: [], agencies: [ends.from] },
  }
}

function removePathway(system: System, way: Extract<Change, { kind: 'remove-pathway' }>): Changed | Problem {
  const ends = endsOf(system, way)
  if ('place' in ends) return ends
  const key = JSON.stringify(ends.to)
  const pathways = system.pathways.filter(
    (one) =>
      one.from !== ends.from ||
      JSON.stringify(one.to) !== key ||
      (way.by !== undefined && one.kind !== way.by),
  )
  if (pathways.length === system.pathways.length)
    return {
      place: 'pathway',
      wrong: `none leads from ${way.from} to ${way.to}`,
      mend: 'name one of the file',
    }
  return { system: { ...system, pathways }, touched: { services: [], agencies: [ends.from] } }
}

function endsOf(
  system: System,
  way: { readonly from: string; readonly to: string },
): Pick<System['pathways'][number], 'from' | 'to'> | Problem {
  const from = system.agencies.findIndex((one) => one.id === way.from)
  if (from < 0)
    return { place: 'from', wrong: `${way.from} is not an agency`, mend: 'name an agency of the file' }
  const service = system.services.findIndex((one) => one.id === way.to)
  if (service >= 0) return { from, to: { service } }
  const agency = system.agencies.findIndex((one) => one.id === way.to)
  if (agency >= 0) return { from, to: { agency } }
  return { place: 'to', wrong: `${way.to} leads nowhere`, mend: 'name a service or an agency of the file' }
}

/** Where an end of a run comes to lie when it moves outward to the next cut; null when it is at the facet's end. */
export function nextCut(
  cuts: readonly number[],
  size: number,
  limit: Limit,
  end: 'min' | 'max',
): number | null {
  const [low = 0, high = -1] = limit.runs
  if (!inRuns(limit.runs, low) || high < low) return null
  if (end === 'min') {
    for (let i = cuts.length - 1; i >= 0; i--) if ((cuts[i] as number) < low) return cuts[i] as number
    return null
  }
  if (high >= size - 1) return null
  for (const cut of cuts) if (cut > high + 1) return cut - 1
  return size - 1
}
