import { circularWaits } from '#engine/coverage'
import { deadEndsOf, loopsOf, reachAtLast, type Solved } from '#engine/pathways'
import { loadSolved, planRemedies, rankRemedies, type Loaded } from '#engine/remedies'
import {
  NOWHERE,
  TooLarge,
  and,
  clausesDiagram,
  countOf,
  less,
  newModel,
  pickRegions,
  regionInWords,
  siftedOrder,
  tellPart,
  weightOf,
  type Diagram,
  type Model,
  type Problem,
  type System,
  type Tell,
} from '#engine/space'
import { figuresOf } from './figures.ts'
import type { DeadEndReport, NeedReport, Report } from './report.ts'

/** How much the report lists; a limit on diagram edges keeps memory bounded. */
export interface CheckOptions {
  readonly gaps?: number
  readonly deadEnds?: number
  readonly loops?: number
  readonly remedies?: number
  readonly plan?: number
  readonly limit?: number
  /** Edges after which another order of facets is looked for. */
  readonly siftAt?: number
  /** Facets with more values than this are counted in the runs that the file distinguishes. */
  readonly mostSteps?: number
  /** Told the name of each step when it is done. */
  readonly onStep?: (step: string) => void
  /** Told how much of the step under way is done. */
  readonly onPart?: Tell
}

/** The steps of a check in their order, as `onStep` names them. */
export const STEPS = [
  'space',
  'coverage and pathways',
  'figures',
  'gaps',
  'dead ends',
  'loops',
  'remedies',
] as const

/** Edges after which another order of facets is looked for, and edges allowed when none is given. */
const SIFT_AT = 12_000_000
const MOST_EDGES = 100_000_000

/** Solves a system so that reports and what-ifs can be taken from it; throws `TooLarge` beyond the limit. */
export function load(system: System, options: CheckOptions = {}): Loaded | Problem {
  const limit = options.limit ?? MOST_EDGES
  const siftAt = options.siftAt ?? SIFT_AT
  const steps = options.mostSteps === undefined ? {} : { mostSteps: options.mostSteps }
  try {
    return loadIn(newModel(system, { ...steps, limit: Math.min(limit, siftAt) }), system, {
      ...options,
      limit,
    })
  } catch (error) {
    if (!(error instanceof TooLarge) || siftAt >= limit) throw error
  }
  const order = siftedOrder(system)
  options.onStep?.('sifting')
  return loadIn(newModel(system, { ...steps, order, limit }), system, { ...options, limit })
}

function loadIn(
  model: Model,
  system: System,
  options: CheckOptions & { readonly limit: number },
): Loaded | Problem {
  if (model.possible === NOWHERE)
    return { place: 'possible', wrong: 'holds nowhere', mend: 'leave it out or let some situation in' }
  if (weightOf(model.measure, model.possible) <= 0)
    return { place: 'possible', wrong: 'has weight 0', mend: 'give some possible situation a weight' }
  options.onStep?.('space')
  const loaded = loadSolved(model, system, options.onPart)
  model.store.limit = options.limit
  options.onStep?.('coverage and pathways')
  return loaded
}

/** The report on a loaded system. */
export function reportOf(loaded: Loaded, options: CheckOptions = {}): Report {
  const { solved } = loaded
  const { model, system } = solved
  const step = options.onStep ?? (() => {})
  const situations = String(countOf(model.measure, model.possible))
  const { noWrongDoor, byWait, sensitivity, needs: shares, doors } = figuresOf(loaded)
  step('figures')
  const needs = shares.map((figures, i) => {
    options.onPart?.(i / shares.length)
    return { ...figures, ...gapsOf(solved, i, options.gaps ?? 20) }
  })
  step('gaps')
  const deadEnds = deadEndReports(solved, options.deadEnds ?? 20, options.onPart)
  step('dead ends')
  const waits = circularReports(solved, options.gaps ?? 20)
  const loops = loopReports(solved, options.loops ?? 20)
  step('loops')
  const steps = options.plan ?? 0
  const alone = tellPart(options.onPart, 0, 1 / (1 + steps))
  const remedies = rankRemedies(solved, options.remedies ?? 10, alone)
  const onTop = tellPart(options.onPart, 1 / (1 + steps), 1)
  const plan = steps === 0 ? undefined : planRemedies(solved, steps, onTop)
  step('remedies')
  return {
    situations,
    noWrongDoor,
    byWait,
    sensitivity,
    ...(system.weightsFrom === undefined ? {} : { weightsFrom: system.weightsFrom }),
    warnings: [...system.warnings, ...warningsOf(solved)],
    needs,
    doors,
    deadEnds,
    circularWaits: waits,
    loops,
    remedies,
    ...(plan === undefined ? {} : { plan }),
  }
}

function gapsOf(
  { model, conditions, cover }: Solved,
  need: number,
  most: number,
): Pick<NeedReport, 'gaps' | 'gapsComplete'> {
  const { store, measure } = model
  const arises = conditions.arises[need] as Diagram
  const all = weightOf(measure, arises)
  const met = and(store, arises, cover.covered[need] as Diagram)
  const { regions, complete } = pickRegions(model, less(store, arises, met), met, most)
  const gaps = regions.map(({ box, weight, adds, situations }) => ({
    when: regionInWords(model, box),
    share: ratio(weight, all),
    adds: ratio(adds, all),
    situations: String(situations),
  }))
  return { gaps, gapsComplete: complete }
}

function deadEndReports(solved: Solved, most: number, tell?: Tell): readonly DeadEndReport[] {
  const { model, system, conditions } = solved
  return deadEndsOf(solved, most, tell).map(({ door, need, region, cause, served }) => {
    const all = weightOf(model.measure, conditions.arises[need] as Diagram)
    return {
      door: system.agencies[door]?.id ?? '',
      need: system.needs[need]?.id ?? '',
      when: regionInWords(model, region.box),
      share: ratio(region.weight, all),
      cause,
      served: ratio(weightOf(model.measure, served), region.weight),
    }
  })
}

function circularReports(solved: Solved, most: number): Report['circularWaits'] {
  const { model, system, conditions, cover } = solved
  return circularWaits(model, system, conditions, cover, most).map(({ need, region, services }) => ({
    need: system.needs[need]?.id ?? '',
    when: regionInWords(model, region.box),
    share: ratio(region.weight, weightOf(model.measure, conditions.arises[need] as Diagram)),
    services: services.map((i) => system.services[i]?.id ?? ''),
  }))
}

function loopReports(solved: Solved, most: number): Report['loops'] {
  const { model, system, ways, conditions, cover, reach } = solved
  if (most === 0 || !system.pathways.some((pathway) => 'agency' in pathway.to && pathway.kind !== 'signpost'))
    return []
  const atLast = reachAtLast({ model, system, ways, takes: cover.takes }, reach)
  return loopsOf(model, system, { ways, arises: conditions.arises, atLast, most }).map(
    ({ agencies, need, weight }) => ({
      agencies: agencies.map((agency) => system.agencies[agency]?.id ?? ''),
      need: system.needs[need]?.id ?? '',
      share: ratio(weight, weightOf(model.measure, conditions.arises[need] as Diagram)),
    }),
  )
}

function warningsOf({ model, system, conditions }: Solved): readonly string[] {
  const empty = system.services.flatMap(({ id, accepts }, i) =>
    and(model.store, model.possible, clausesDiagram(model, accepts)) === NOWHERE
      ? [`services[${i}].accepts: service ${id} accepts no possible situation`]
      : [],
  )
  const silent = system.needs.flatMap(({ id }, i) =>
    conditions.arises[i] === NOWHERE ? [`needs[${i}].arises: need ${id} never arises`] : [],
  )
  return [...empty, ...silent]
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
