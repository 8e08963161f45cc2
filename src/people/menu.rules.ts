import { isPossible, type Explanation, type MatchIndex } from '#engine/matching'
import { stepOf, type PartialSituation } from '#engine/space'
import { conditionHolds, constraintInWords, facetById, type ServiceSummary } from '#directory'

import type { CaseFile } from './case.ts'
import type { Block, MenuReason } from './menu.ts'
import type { Answers } from './situation.ts'

/** A clause of who a service is for, as the menu needs it: by position, without the facets a rule closes. */
export interface Clause {
  readonly condition: Parameters<typeof conditionHolds>[0]
  readonly sentence: string
  readonly soft: boolean
}

/** Answers after which a question is nobody’s to press. */
const leftAlone: readonly string[] = ['not-now', 'not-private', 'declined']

/** Ways of working that bring a person and whoever causes harm together. Parent-and-child work is not one of them. */
const together =
  /couple|mediation|family-group-conference|family-therapy|family-with|restorative|joint-session/

/** The same said in a service's own name, where its entry names no way of working. Family work as such is left to the way of working. */
const togetherInName =
  /\bcouples?\b|\bmarriage\b|\bmarital\b|\bmediation\b|\brestorative\b|\brelationship (counsell?ing|therapy)\b/i

/** True where couples work, mediation and family work with the person causing harm must not be offered (DESIGN 6, point 6). */
export function abuseMarked(situation: PartialSituation, harmNamed: boolean): boolean {
  return harmNamed || situation['abuse'] !== undefined || situation['who'] !== undefined
}

/** Whether a service brings the two together. */
export function bringsTogether(service: Pick<ServiceSummary, 'wishes' | 'name'>): boolean {
  return service.wishes.models.some((model) => together.test(model)) || togetherInName.test(service.name)
}

/**
 * Whether a service must not be reached from this case by any way: not on the menu, not by a referral or a question, not by a
 * draft begun before (us-U20, DESIGN 6, point 6).
 */
export function mustStayApart(
  file: Pick<CaseFile, 'situation' | 'personsCausingHarm'>,
  service: Pick<ServiceSummary, 'wishes' | 'name'>,
): boolean {
  return bringsTogether(service) && abuseMarked(file.situation, file.personsCausingHarm.length > 0)
}

/** Only the answers that the engine knows: a value of yesterday's list is no answer today. */
export function readable(index: MatchIndex, situation: PartialSituation): PartialSituation {
  const known = Object.entries(situation).filter(([id, value]) => {
    const facet = index.system.facets.find((each) => each.id === id)
    return facet !== undefined && stepOf(facet, value) >= 0
  })
  return Object.fromEntries(known)
}

/** Whether the answers can all be right together. */
export function makesSense(index: MatchIndex, situation: PartialSituation): boolean {
  return isPossible(index, situation)
}

/** The engine's answer with its words. A clause that only says *ask first* never makes a plain yes. */
export function reasonOf(
  told: Explanation,
  clauses: readonly Clause[],
  situation: PartialSituation,
  pack: 'uk' | 'us',
): MenuReason {
  if (told.verdict === 'depends')
    return { kind: 'depends', questions: told.questions, sentence: onlySentence(clauses) }
  if (told.verdict === 'no') {
    const clause = told.clause === null ? undefined : clauses[told.clause]
    const blocks = told.blocks.map((facet) => blockOf(facet, clause, situation, pack))
    const { because, after } = told
    return { kind: 'no', because, sentence: clause?.sentence ?? null, blocks, after }
  }
  const firm = clauses.find((clause) => !clause.soft && conditionHolds(clause.condition, situation) === 'yes')
  if (firm !== undefined) return { kind: 'takes', sentence: firm.sentence }
  const named = told.clause === null ? undefined : clauses[told.clause]
  const soft = named === undefined ? clauses.find((clause) => clause.soft) : named.soft ? named : undefined
  return { kind: soft === undefined ? 'takes' : 'asks', sentence: (soft ?? named)?.sentence ?? null }
}

/**
 * The question that most of the services wait for, and how many it helps to settle. One that the person put off or would not
 * answer, or that could not be asked in private, is left alone, and nothing that a rule forbids to ask can be among them.
 */
export function bestToAsk(
  depends: readonly { readonly reason: { readonly questions: readonly string[] } }[],
  answers: Answers,
): { readonly facet: string; readonly settles: number } | null {
  const votes = new Map<string, number>()
  for (const { reason } of depends)
    for (const facet of reason.questions)
      if (!leftAlone.includes(answers[facet]?.state ?? 'unknown'))
        votes.set(facet, (votes.get(facet) ?? 0) + 1)
  let best: { readonly facet: string; readonly settles: number } | null = null
  for (const [facet, settles] of votes) if (settles > (best?.settles ?? 0)) best = { facet, settles }
  return best
}

function blockOf(
  facet: string,
  clause: Clause | undefined,
  situation: PartialSituation,
  pack: 'uk' | 'us',
): Block {
  const constraint = clause?.condition[facet]
  const words = constraint === undefined ? '' : constraintInWords(facet, constraint, pack)
  const label = `${facetById(facet, pack)?.label ?? facet}: `
  return {
    facet,
    wants: words.startsWith(label) ? words.slice(label.length) : words,
    now: situation[facet] ?? null,
  }
}

function onlySentence(clauses: readonly Clause[]): string | null {
  return clauses.length === 1 ? (clauses[0]?.sentence ?? null) : null
}
