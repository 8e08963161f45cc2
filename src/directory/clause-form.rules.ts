import { stepOf, valueAt, type Condition, type Constraint, type Facet } from '#engine/space'
import { facets } from './facet.ts'

/** A condition as a form shows it: chosen values of listed facets, lowest and highest of whole numbers as typed. */
export interface ConditionChoices {
  /** By facet id; none chosen means that the facet does not matter. */
  readonly chosen: Readonly<Record<string, readonly string[]>>
  /** By facet id. An age is written as years, years and months (17y9m) or months (9m). */
  readonly ranges: Readonly<Record<string, { readonly from: string; readonly to: string }>>
}

/** A condition out of a form, or the field whose answer cannot be used and the rule it breaks. */
export type ChosenCondition =
  | { readonly ok: true; readonly condition: Condition }
  | {
      readonly ok: false
      readonly facet: string
      readonly end: 'from' | 'to'
      readonly rule: 'age-unreadable' | 'number-unreadable' | 'beyond' | 'order'
    }

/** Shows a condition as choices. */
export function choicesOf(condition: Condition): ConditionChoices {
  const chosen: Record<string, readonly string[]> = {}
  const ranges: Record<string, { from: string; to: string }> = {}
  for (const facet of facets) {
    const constraint = condition[facet.id]
    if (constraint === undefined) continue
    if (facet.kind !== 'integer')
      chosen[facet.id] = facet.values.filter((value) => allows(facet, constraint, value))
    else {
      const [from, to] = endsOf(facet, constraint)
      ranges[facet.id] = {
        from: from === null ? '' : written(facet, from, 'from'),
        to: to === null ? '' : written(facet, to, 'to'),
      }
    }
  }
  return { chosen, ranges }
}

/** Makes a condition of choices. What was not changed stays as it was written before. */
export function conditionOf(choices: ConditionChoices, before: Condition): ChosenCondition {
  const condition: Record<string, Constraint> = {}
  const earlier = choicesOf(before)
  for (const facet of facets) {
    const old = before[facet.id]
    if (facet.kind !== 'integer') {
      const values = facet.values.filter((value) => choices.chosen[facet.id]?.includes(value))
      const constraint = listConstraint(facet, values)
      if (constraint !== null)
        condition[facet.id] = sameValues(facet, old, values) ? (old ?? constraint) : constraint
      continue
    }
    const typed = choices.ranges[facet.id] ?? { from: '', to: '' }
    const same = earlier.ranges[facet.id]
    if (old !== undefined && same?.from === typed.from.trim() && same.to === typed.to.trim()) {
      condition[facet.id] = old
      continue
    }
    const read = rangeOf(facet, typed)
    if ('rule' in read) return { ok: false, facet: facet.id, ...read }
    if (read.min !== undefined || read.max !== undefined) condition[facet.id] = read
  }
  return { ok: true, condition }
}

function rangeOf(
  facet: Facet,
  typed: { readonly from: string; readonly to: string },
):
  | { readonly min?: number; readonly max?: number }
  | Pick<Extract<ChosenCondition, { ok: false }>, 'end' | 'rule'> {
  const found: { from?: number; to?: number } = {}
  for (const end of ['from', 'to'] as const) {
    const value = numberOf(facet, typed[end], end)
    if (value === undefined) return { end, rule: facet.id === 'age' ? 'age-unreadable' : 'number-unreadable' }
    if (value !== null && stepOf(facet, value) < 0) return { end, rule: 'beyond' }
    if (value !== null) found[end] = value
  }
  const { from: min, to: max } = found
  if (min !== undefined && max !== undefined && min > max) return { end: 'to', rule: 'order' }
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

function listConstraint(
  facet: Exclude<Facet, { kind: 'integer' }>,
  values: readonly string[],
): Constraint | null {
  if (values.length === 0 || values.length === facet.values.length) return null
  const steps = values.map((value) => facet.values.indexOf(value))
  const [first = 0] = steps
  const last = steps.at(-1) ?? 0
  const oneRun = last - first + 1 === values.length
  if (facet.kind === 'choice' || !oneRun || values.length === 1) return values
  return {
    ...(first > 0 ? { min: valueAt(facet, first) } : {}),
    ...(last < facet.values.length - 1 ? { max: valueAt(facet, last) } : {}),
  }
}

function sameValues(
  facet: Exclude<Facet, { kind: 'integer' }>,
  old: Constraint | undefined,
  values: readonly string[],
): boolean {
  return (
    old !== undefined && facet.values.every((value) => allows(facet, old, value) === values.includes(value))
  )
}

function allows(facet: Exclude<Facet, { kind: 'integer' }>, constraint: Constraint, value: string): boolean {
  if (isList(constraint)) return constraint.includes(value)
  if ('not' in constraint) return !constraint.not.includes(value)
  const step = facet.values.indexOf(value)
  return (
    (constraint.min === undefined || step >= stepOf(facet, constraint.min)) &&
    (constraint.max === undefined || step <= stepOf(facet, constraint.max))
  )
}

function endsOf(
  facet: Extract<Facet, { kind: 'integer' }>,
  constraint: Constraint,
): readonly [number | null, number | null] {
  if (isList(constraint)) {
    const numbers = constraint.map(Number)
    return [Math.min(...numbers), Math.max(...numbers)]
  }
  if ('not' in constraint) return [null, null]
  const { min, max } = constraint
  return [min === undefined ? null : Number(min), max === undefined || max === facet.max ? null : Number(max)]
}

/** A number as it is typed: an age of 60 months is "5", 213 is "17y9m", 9 is "9m"; up to 179 is "14", the last year whole. */
function written(facet: Facet, value: number, end: 'from' | 'to'): string {
  if (facet.id !== 'age') return String(value)
  const years = Math.floor(value / 12)
  const months = value % 12
  if (months === (end === 'to' ? 11 : 0) && (years > 0 || end === 'to')) return String(years)
  return years === 0 ? `${months}m` : `${years}y${months}m`
}

/** What was typed, in the facet's unit; null for nothing, undefined for what is no number. */
function numberOf(facet: Facet, typed: string, end: 'from' | 'to'): number | null | undefined {
  const text = typed.trim().toLowerCase().replaceAll(' ', '')
  if (text === '') return null
  if (facet.id !== 'age') return /^\d{1,4}$/.test(text) ? Number(text) : undefined
  const years = /^(\d{1,3})y?$/.exec(text)?.[1]
  if (years !== undefined) return Number(years) * 12 + (end === 'to' ? 11 : 0)
  const [, y = '0', m] = /^(?:(\d{1,3})y)?(\d{1,4})m$/.exec(text) ?? []
  return m === undefined ? undefined : Number(y) * 12 + Number(m)
}

function isList(constraint: Constraint): constraint is readonly (string | number)[] {
  return Array.isArray(constraint)
}
