import { roleKinds } from './sharing.ts'
import type { RuleRow, RuleTable } from './rule-table.ts'
import type { FactId, Missing, Outcome, Question, RecordId, RoleId, Verdict } from './sharing.ts'

/**
 * Answers one question from one table. Conditions are always read, a refusal wins, needs add up; of the pair
 * rows the first match decides; where nothing matches, rule 0 refuses. Total: every question has an answer.
 */
export function evaluate(table: RuleTable, question: Question): Verdict {
  const facts = new Set(question.facts)
  const rows = rowsFor(table, question).filter((row) => isSo(row, facts))
  const pairs = rows.filter((row) => row.part === 'pair')
  const pair = pairs.find((row) => holds(row.bases, question.basis)) ?? null
  const ground = pair ?? wrongGround(pairs)
  const conditions = rows.filter(
    (row) =>
      row.part === 'condition' && holds(row.bases, question.basis) && !row.except.includes(pair?.id ?? ''),
  )
  const spoken = [...(ground ? [ground] : []), ...conditions].map((row) => opinionOf(row, question, facts))
  const settled = pair !== null || spoken.some((opinion) => severity(opinion.outcome) >= 2)
  return verdictOf(settled ? spoken : [...spoken, noRule(table)])
}

/** The stricter of two answers; equally strict answers add up their rules and needs. */
export function stricter(a: Verdict, b: Verdict): Verdict {
  if (severity(a.outcome) !== severity(b.outcome)) return severity(a.outcome) > severity(b.outcome) ? a : b
  const rules = [...new Set([...a.rules, ...b.rules])]
  const days = [a.maxDays, b.maxDays].filter((each) => each !== null)
  return {
    outcome: a.outcome,
    missing: uniqueNeeds([...a.missing, ...b.missing]),
    sentences: rules.map(ruleKey),
    rules,
    maxDays: days.length > 0 ? Math.min(...days) : null,
    oneTime: a.oneTime || b.oneTime,
    packMissing: a.packMissing || b.packMissing,
  }
}

/** The word key of a rule's plain sentence; a row of a pack, as `us-wa:release-cap-days`, is worded by its field. */
export function ruleKey(rule: string): string {
  const [pack, field] = rule.split(':')
  return field === undefined ? `releases.rule.${pack}` : `releases.law.says.${field}`
}

/** The word key of what is missing. */
export function needKey(need: FactId): string {
  return `releases.missing.${need}`
}

interface Opinion {
  readonly rule: string
  readonly outcome: Outcome
  readonly missing: readonly Missing[]
  readonly maxDays: number | null
  readonly oneTime: boolean
  readonly condition: boolean
  /** How many columns the row narrows, then how narrowly: the most exact refusal decides. */
  readonly exactness: number
}

const rowsByColumns = new WeakMap<RuleTable, Map<string, readonly RuleRow[]>>()

/** The rows whose from, to and record fit, a role's own rows before those of its kind; remembered for each table. */
function rowsFor(table: RuleTable, { from, to, record }: Question): readonly RuleRow[] {
  const known = rowsByColumns.get(table) ?? new Map<string, readonly RuleRow[]>()
  rowsByColumns.set(table, known)
  const columns = `${from} ${to} ${record}`
  const found =
    known.get(columns) ??
    table.rows
      .filter((row) => holdsRole(row.from, from) && holdsRole(row.to, to) && holds(row.records, record))
      .toSorted((a, b) => rank(a, from, to) - rank(b, from, to))
  known.set(columns, found)
  return found
}

/** The row that asks for one ground and no other, read as a refusal of every other ground. */
function wrongGround(pairs: readonly RuleRow[]): RuleRow | null {
  const row = pairs.find((each) => each.only)
  return row ? { ...row, outcome: 'F', needs: [], override: [], max: null } : null
}

function noRule(table: RuleTable): Opinion {
  const rule = `${table.id}-0`
  return {
    rule,
    outcome: 'forbidden',
    missing: [],
    maxDays: null,
    oneTime: false,
    condition: false,
    exactness: 0,
  }
}

function isSo(row: RuleRow, facts: ReadonlySet<FactId>): boolean {
  return row.when.every((fact) => facts.has(fact)) && !row.unless.some((fact) => facts.has(fact))
}

/** Whether a cell of a row names this value. */
export function holds<T extends string>(cell: Cell<T>, value: T): boolean {
  if (cell === 'any') return true
  return 'anyBut' in cell ? !cell.anyBut.includes(value) : cell.includes(value)
}

type Cell<T extends string> = 'any' | readonly T[] | { readonly anyBut: readonly T[] }

/** Whether a cell of a row names this role or the kind that it also counts as. */
export function holdsRole(cell: Cell<RoleId>, role: RoleId): boolean {
  const kind = roleKinds[role]
  if (cell !== 'any' && 'anyBut' in cell) {
    return holds(cell, role) && (kind === undefined || holds(cell, kind))
  }
  return holds(cell, role) || (kind !== undefined && holds(cell, kind))
}

/** How far a row speaks of kinds instead of these two roles themselves, 0 to 2: lower ones are read first. */
export function rank(row: RuleRow, from: RoleId, to: RoleId): number {
  return distance(row.from, from) + distance(row.to, to)
}

function distance(cell: Cell<RoleId>, role: RoleId): number {
  if (roleKinds[role] === undefined) return 0
  return Array.isArray(cell) && cell.includes(role) ? 0 : 1
}

function opinionOf(row: RuleRow, question: Question, facts: ReadonlySet<FactId>): Opinion {
  const about = {
    rule: row.id,
    maxDays: row.max?.ceiling ?? null,
    oneTime: row.max?.oneTime ?? false,
    condition: row.part === 'condition',
    exactness: exactnessOf(row),
  }
  const lacking = (needs: readonly FactId[]) =>
    needs.filter((each) => !facts.has(each)).map((each) => ({ need: each, rule: row.id, key: needKey(each) }))
  if (row.outcome === 'F*')
    return { ...about, outcome: 'forbidden-unless-order', missing: lacking(['judges-order']) }
  if (row.outcome === 'F') {
    const shut = row.override.length === 0 || !row.override.every((each) => facts.has(each))
    return { ...about, outcome: shut ? 'forbidden' : 'allow', missing: shut ? lacking(row.override) : [] }
  }
  const missing = lacking(needsOf(row, question.record, facts))
  return { ...about, outcome: missing.length > 0 ? 'needs' : 'allow', missing }
}

function needsOf(row: RuleRow, record: RecordId, facts: ReadonlySet<FactId>): readonly FactId[] {
  return row.needs.flatMap((each) => {
    if (typeof each === 'string') return [each]
    const applies =
      (each.when ?? []).every((fact) => facts.has(fact)) && (each.records?.includes(record) ?? true)
    return applies ? [each.need] : []
  })
}

function exactnessOf(row: RuleRow): number {
  const narrowed = [row.from, row.to, row.records, row.bases].filter((cell) => cell !== 'any').length
  return narrowed + row.when.length
}

function verdictOf(spoken: readonly Opinion[]): Verdict {
  const worst = Math.max(...spoken.map((opinion) => severity(opinion.outcome)))
  const outcome = spoken.find((opinion) => severity(opinion.outcome) === worst)?.outcome ?? 'forbidden'
  const [first, ...rest] = spoken.toSorted((a, b) => precedence(a, b, worst))
  const ordered = first ? [first, ...rest] : []
  const going = outcome === 'allow' || outcome === 'needs'
  const days = ordered.flatMap((opinion) => (going && opinion.maxDays !== null ? [opinion.maxDays] : []))
  const rules = ordered.map((opinion) => opinion.rule)
  return {
    outcome,
    missing: uniqueNeeds(
      outcome === 'needs' ? ordered.flatMap((each) => each.missing) : (first?.missing ?? []),
    ),
    sentences: rules.map(ruleKey),
    rules,
    maxDays: days.length > 0 ? Math.min(...days) : null,
    oneTime: going && ordered.some((opinion) => opinion.oneTime),
    packMissing: false,
  }
}

/** The deciding rule first: of the strictest ones the most exact, then the lowest number. */
function precedence(a: Opinion, b: Opinion, worst: number): number {
  const deciding = (opinion: Opinion) => (severity(opinion.outcome) === worst ? 0 : 1)
  if (deciding(a) !== deciding(b)) return deciding(a) - deciding(b)
  if (worst < 2 && a.condition !== b.condition) return a.condition ? 1 : -1
  return b.exactness - a.exactness || numberOf(a.rule) - numberOf(b.rule)
}

function numberOf(rule: string): number {
  return Number(rule.slice(rule.lastIndexOf('-') + 1))
}

function severity(outcome: Outcome): number {
  return { allow: 0, needs: 1, 'forbidden-unless-order': 2, forbidden: 3 }[outcome]
}

function uniqueNeeds(missing: readonly Missing[]): readonly Missing[] {
  return missing.filter((each, index) => missing.findIndex((other) => other.need === each.need) === index)
}
