import { NOWHERE, type PartialSituation, type System } from '#engine/space'
import { askedOf, type MatchIndex } from './asked.ts'
import { explainOne, type Explanation } from './explain.ts'
import { verdictsOf } from './verdicts.ts'

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

/** By service, in file order: NO, DEPENDS or TAKES. What a list of very many services is sorted by. */
export function verdicts(index: MatchIndex, situation: PartialSituation): Uint8Array {
  return verdictsOf(askedOf(index, situation))
}

/** What the service with this id says to the situation, with the clause and the facets that block or settle it. */
export function explain(index: MatchIndex, serviceId: string, situation: PartialSituation): Explanation {
  return explainPage(index, [serviceId], situation)[0] as Explanation
}

/** What each of these services says, in their order; the question is prepared once. */
export function explainPage(
  index: MatchIndex,
  serviceIds: readonly string[],
  situation: PartialSituation,
): readonly Explanation[] {
  const asked = askedOf(index, situation)
  return serviceIds.map((id) => {
    const service = index.serviceById.get(id)
    if (service === undefined) throw new RangeError(`no service ${id} in this system`)
    return explainOne(asked, service)
  })
}

/** Whether anything possible agrees with what is known; where not, no verdict means anything. */
export function isPossible(index: MatchIndex, situation: PartialSituation): boolean {
  return askedOf(index, situation).left !== NOWHERE
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
