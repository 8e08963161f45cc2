import {
  problemLine,
  readCondition,
  type Condition,
  type Constraint,
  type Facet,
  type PartialSituation,
  type Value,
} from '#engine/space'
import { facetById, facets, type Pack } from './facet.ts'
import { runInWords, type Unit } from './number-words.rules.ts'
import forbidden from './forbidden.json' with { type: 'json' }

/** A condition as read from outside: itself, or why it cannot be one. */
export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly message: string }

/** Reads the text of a condition (JSON) against the facets; the message names the place and what would be right. */
export function readConditionText(text: string): ReadCondition {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, message: 'the condition is not JSON; write it as { "facet": … }' }
  }
  const read = readCondition(facets, json)
  if (!read.ok) return { ok: false, message: problemLine(read.problem) }
  return { ok: true, condition: json as Condition, warnings: read.warnings }
}

/** What a pack forbids in a condition of a service of this sector: the first rule that applies, and the facets it closes. */
export function forbiddenIn(
  condition: Condition,
  sector: string,
  pack: Pack,
): { readonly rule: string | null; readonly facets: readonly string[] } {
  const rules = forbiddingRules(condition, sector, pack)
  return { rule: rules[0]?.rule ?? null, facets: [...new Set(rules.flatMap((each) => each.facets))] }
}

/** A rule that forbids applying some facets of a condition to a person. */
export interface ForbiddingRule {
  readonly rule: string
  readonly sentence: string
  readonly source: string
  /** Those of its facets that the condition reads. */
  readonly facets: readonly string[]
}

/** Every rule that closes part of a condition of a service of this sector. */
export function forbiddingRules(condition: Condition, sector: string, pack: Pack): readonly ForbiddingRule[] {
  return forbidden.rules.flatMap(({ rule, sentence, source, ...each }) => {
    const read = each.facets.filter((facet) => facet in condition)
    const applies = each.sectors.includes(sector) && each.packs.includes(pack) && read.length > 0
    return applies ? [{ rule, sentence, source, facets: read }] : []
  })
}

/** The sentence of a rule that forbids a threshold, or null when there is no such rule. */
export function forbiddenSentence(rule: string): string | null {
  return forbidden.rules.find((each) => each.rule === rule)?.sentence ?? null
}

/** The condition as it may be applied to a person: without the facets that a rule closes. */
export function permitted(condition: Condition, closed: readonly string[]): Condition {
  return Object.fromEntries(Object.entries(condition).filter(([facet]) => !closed.includes(facet)))
}

/** Whether a condition surely holds, surely not, or depends on what is unknown, facet by facet. */
export function conditionHolds(condition: Condition, situation: PartialSituation): 'yes' | 'no' | 'unknown' {
  let answer: 'yes' | 'unknown' = 'yes'
  for (const [id, constraint] of Object.entries(condition)) {
    const value = situation[id]
    if (value === undefined) answer = 'unknown'
    else if (!constraintHolds(id, constraint, value)) return 'no'
  }
  return answer
}

/** The condition in plain words, a phrase a facet, in the order of the facets. */
export function conditionInWords(condition: Condition, pack: Pack): readonly string[] {
  return facets.flatMap(({ id }) => {
    const constraint = condition[id]
    return constraint === undefined ? [] : [constraintInWords(id, constraint, pack)]
  })
}

/** One constraint in plain words: "Age: 5 to 17", "Who agrees: the person themself or one parent …". */
export function constraintInWords(id: string, constraint: Constraint, pack: Pack): string {
  const words = facetById(id, pack)
  if (words === null) return id
  if (words.unit !== null) return `${words.label}: ${numbersInWords(id, constraint, words.unit)}`
  const textOf = (value: Value) => words.values.find((each) => each.value === value)?.text ?? String(value)
  if (isList(constraint)) return `${words.label}: ${joined(constraint.map(textOf), 'or')}`
  if ('not' in constraint) return `${words.label}: not ${joined(constraint.not.map(textOf), 'and not')}`
  const order = words.values.map((each) => each.value)
  const from = constraint.min === undefined ? 0 : order.indexOf(String(constraint.min))
  const to = constraint.max === undefined ? order.length - 1 : order.indexOf(String(constraint.max))
  return `${words.label}: ${joined(order.slice(from, to + 1).map(textOf), 'or')}`
}

/** An age in months in the words of everyday life: "9 months", "5", "17 and 9 months". */
export function ageInWords(months: number): string {
  const years = Math.floor(months / 12)
  const rest = months % 12
  if (years === 0) return `${rest} months`
  return rest === 0 ? `${years}` : `${years} and ${rest} months`
}

function numbersInWords(id: string, constraint: Constraint, unit: Unit): string {
  const facet = facets.find((each) => each.id === id)
  if (facet?.kind !== 'integer') return ''
  const one = (value: Value) => runInWords(unit, facet, { min: Number(value), max: Number(value) })
  if (isList(constraint)) return joined(constraint.map(one), 'or')
  if ('not' in constraint) return `not ${joined(constraint.not.map(one), 'and not')}`
  const { min = facet.min, max = facet.max } = constraint
  return runInWords(unit, facet, { min: Number(min), max: Number(max) })
}

function constraintHolds(id: string, constraint: Constraint, value: Value): boolean {
  if (isList(constraint)) return constraint.includes(value)
  if ('not' in constraint) return !constraint.not.includes(value)
  const facet = facets.find((each) => each.id === id)
  if (facet === undefined) return false
  const step = stepIn(facet, value)
  return (
    (constraint.min === undefined || step >= stepIn(facet, constraint.min)) &&
    (constraint.max === undefined || step <= stepIn(facet, constraint.max))
  )
}

function stepIn(facet: Facet, value: Value): number {
  return facet.kind === 'integer' ? Number(value) : facet.values.indexOf(String(value))
}

function isList(constraint: Constraint): constraint is readonly Value[] {
  return Array.isArray(constraint)
}

function joined(words: readonly string[], by: string): string {
  if (words.length <= 1) return words[0] ?? 'nobody'
  return `${words.slice(0, -1).join(', ')} ${by} ${words.at(-1)}`
}
