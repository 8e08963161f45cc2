import { conditionsOf, solve, type Cover } from '#engine/coverage'
import {
  EVERYWHERE,
  NOWHERE,
  and,
  clauseDiagram,
  less,
  newModel,
  some,
  stepOf,
  supportOf,
  type Clause,
  type Diagram,
  type Model,
  type PartialSituation,
  type System,
} from '#engine/space'

/** A system made ready for matching. Build it once, match many. */
export interface MatchIndex {
  readonly system: System
  readonly model: Model
  readonly cover: Cover
  readonly serviceById: ReadonlyMap<string, number>
}

/** The report on one person: ids of services and facets, ties in the order of the file. */
export interface MatchReport {
  readonly takes: readonly string[]
  readonly dependsOn: readonly { readonly service: string; readonly questions: readonly string[] }[]
  readonly doesNotTake: readonly {
    readonly service: string
    readonly clause: number | null
    readonly blocks: readonly string[]
  }[]
  /** The question that most of the services in `dependsOn` wait for; null when none does. */
  readonly bestQuestion: string | null
  /** True when no open service takes or depends. */
  readonly gap: boolean
}

/** What one service says to one partly known situation. */
export type Explanation =
  | {
      readonly service: string
      readonly verdict: 'takes'
      readonly clause: number | null
      readonly settledBy: readonly string[]
    }
  | { readonly service: string; readonly verdict: 'depends'; readonly questions: readonly string[] }
  | {
      readonly service: string
      readonly verdict: 'no'
      /** The clause that comes nearest, with the fewest blocking facets; null when the service accepts no one. */
      readonly clause: number | null
      readonly blocks: readonly string[]
      readonly because: 'closed' | 'accepts' | 'after'
      /** Needs that would have to be covered first, when `because` is `after`. */
      readonly after: readonly string[]
    }

/** Builds the index of a system. */
export function matchIndex(system: System): MatchIndex {
  const model = newModel(system)
  const cover = solve(model, system, conditionsOf(model, system), 'least')
  return { system, model, cover, serviceById: new Map(system.services.map((service, i) => [service.id, i])) }
}

/** Matches one partly known situation against every service, or against those that meet `need` (an id). */
export function match(
  index: MatchIndex,
  situation: PartialSituation,
  options: { readonly need?: string } = {},
): MatchReport {
  const { system } = index
  const need = options.need === undefined ? -1 : system.needs.findIndex((one) => one.id === options.need)
  const asked = askedOf(index, situation)
  const takes: string[] = []
  const dependsOn: { service: string; questions: readonly string[] }[] = []
  const doesNotTake: { service: string; clause: number | null; blocks: readonly string[] }[] = []
  for (const [i, service] of system.services.entries()) {
    if (options.need !== undefined && !service.meets.includes(need)) continue
    const told = explainOne(asked, i)
    if (told.verdict === 'takes') takes.push(service.id)
    else if (told.verdict === 'depends') dependsOn.push({ service: service.id, questions: told.questions })
    else doesNotTake.push({ service: service.id, clause: told.clause, blocks: told.blocks })
  }
  const gap = takes.length === 0 && dependsOn.length === 0
  return { takes, dependsOn, doesNotTake, bestQuestion: bestQuestionOf(system, dependsOn), gap }
}

/** What the service with this id says to the situation, with the clause and the facets that block or settle it. */
export function explain(index: MatchIndex, serviceId: string, situation: PartialSituation): Explanation {
  const service = index.serviceById.get(serviceId)
  if (service === undefined) throw new RangeError(`no service ${serviceId} in this system`)
  return explainOne(askedOf(index, situation), service)
}

/** Whether anything possible agrees with what is known; where not, no verdict means anything. */
export function isPossible(index: MatchIndex, situation: PartialSituation): boolean {
  return askedOf(index, situation).left !== NOWHERE
}

interface Asked {
  readonly index: MatchIndex
  readonly situation: PartialSituation
  /** What is still possible. */
  readonly left: Diagram
}

function askedOf(index: MatchIndex, situation: PartialSituation): Asked {
  const { model, system } = index
  const known: Clause = system.facets.flatMap((facet, number) => {
    const value = situation[facet.id]
    if (value === undefined) return []
    const step = stepOf(facet, value)
    if (step < 0) throw new RangeError(`${String(value)} is not a value of facet ${facet.id}`)
    return [{ facet: number, runs: [step, step] }]
  })
  return { index, situation, left: and(model.store, model.possible, clauseDiagram(model, known)) }
}

function explainOne(asked: Asked, number: number): Explanation {
  const { system, model, cover } = asked.index
  const service = system.services[number] as System['services'][number]
  const { store } = model
  const taken = cover.takes[number] ?? NOWHERE
  const yes = and(store, asked.left, taken)
  if (yes === NOWHERE) return refusal(asked, number)
  const no = less(store, asked.left, taken)
  if (no !== NOWHERE) return { service: service.id, verdict: 'depends', questions: questions(asked, yes, no) }
  const clause = service.accepts.findIndex(
    (one) => less(store, asked.left, clauseDiagram(model, one)) === NOWHERE,
  )
  const settledBy =
    clause < 0 ? [] : named(system, service.accepts[clause]?.map((limit) => limit.facet) ?? [])
  return { service: service.id, verdict: 'takes', clause: clause < 0 ? null : clause, settledBy }
}

/** The smallest set of facets whose answers, whatever they are, tell yes from no; ties in file order. */
function questions(asked: Asked, yes: Diagram, no: Diagram): readonly string[] {
  const { model, system } = asked.index
  const { store, axes } = model
  const levels = new Set([...supportOf(store, yes), ...supportOf(store, no)])
  const open = [...levels]
    .map((level) => (axes[level] as (typeof axes)[number]).facet)
    .filter((facet) => asked.situation[system.facets[facet]?.id ?? ''] === undefined)
    .sort((a, b) => a - b)
  const settles = (chosen: readonly number[]) => {
    const forgotten = new Uint8Array(axes.length).fill(1)
    for (const facet of chosen) forgotten[model.levelOf[facet] ?? 0] = 0
    return and(store, some(store, yes, forgotten), some(store, no, forgotten)) === NOWHERE
  }
  // A facet without which all the others do not settle it is in every answer.
  const needed = open.filter((facet) => !settles(open.filter((other) => other !== facet)))
  if (settles(needed)) return named(system, needed)
  const spare = open.filter((facet) => !needed.includes(facet))
  for (let size = 1; size <= spare.length; size++) {
    for (const extra of choices(spare, size)) {
      const chosen = [...needed, ...extra].sort((a, b) => a - b)
      if (settles(chosen)) return named(system, chosen)
    }
  }
  return named(system, open)
}

/** Every choice of `size` items, in the order of the items. */
function* choices(items: readonly number[], size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) yield []
  for (let i = from; size > 0 && i <= items.length - size; i++) {
    for (const rest of choices(items, size - 1, i + 1)) yield [items[i] as number, ...rest]
  }
}

function refusal(asked: Asked, number: number): Explanation {
  const { system } = asked.index
  const service = system.services[number] as System['services'][number]
  let nearest: { readonly clause: number; readonly blocks: readonly number[] } | null = null
  for (const [clause, limits] of service.accepts.entries()) {
    const blocks = blocksOf(asked, limits)
    if (nearest === null || blocks.length < nearest.blocks.length) nearest = { clause, blocks }
    if (blocks.length === 0) break
  }
  const accepted = nearest !== null && nearest.blocks.length === 0
  return {
    service: service.id,
    verdict: 'no',
    clause: nearest?.clause ?? null,
    blocks: named(system, nearest?.blocks ?? []),
    because: service.open ? (accepted ? 'after' : 'accepts') : 'closed',
    after: service.open && accepted ? uncovered(asked, number) : [],
  }
}

/** The fewest facets of the clause to set aside so that something still possible would be accepted. */
function blocksOf(asked: Asked, clause: Clause): readonly number[] {
  const { model } = asked.index
  const fits = (limits: Clause) => and(model.store, asked.left, clauseDiagram(model, limits)) !== NOWHERE
  const alone = clause.filter((limit) => !fits([limit])).map((limit) => limit.facet)
  const rest = clause.filter((limit) => !alone.includes(limit.facet))
  const facets = rest.map((limit) => limit.facet).sort((a, b) => a - b)
  for (let size = 0; size < facets.length; size++) {
    for (const extra of choices(facets, size)) {
      if (!fits(rest.filter((limit) => !extra.includes(limit.facet)))) continue
      return [...alone, ...extra].sort((a, b) => a - b)
    }
  }
  return [...alone, ...(facets.length === 0 ? [] : facets)].sort((a, b) => a - b)
}

function uncovered(asked: Asked, number: number): readonly string[] {
  const { system, model, cover } = asked.index
  const after = system.services[number]?.after ?? []
  return after
    .filter((need) => less(model.store, asked.left, cover.covered[need] ?? EVERYWHERE) !== NOWHERE)
    .map((need) => system.needs[need]?.id ?? '')
}

function bestQuestionOf(
  system: System,
  waiting: readonly { readonly questions: readonly string[] }[],
): string | null {
  const votes = new Map<string, number>()
  for (const { questions: asked } of waiting)
    for (const facet of asked) votes.set(facet, (votes.get(facet) ?? 0) + 1)
  let best: string | null = null
  for (const { id } of system.facets)
    if ((votes.get(id) ?? 0) > (best === null ? 0 : (votes.get(best) ?? 0))) best = id
  return best
}

function named(system: System, facets: readonly number[]): readonly string[] {
  return facets.map((facet) => system.facets[facet]?.id ?? '')
}
