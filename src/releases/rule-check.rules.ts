import { NOWHERE, and, countOf, less, or, someSituation, type Diagram } from '#engine/space'
import { invariants, type RuleInvariant } from './rule-invariant.ts'
import { needsWhere, openOf, questionOf, ruleSpace, whereOf, type RuleSpace } from './rule-space.rules.ts'
import type { RuleTable } from './rule-table.ts'
import { evaluate } from './sharing.rules.ts'
import { basisIds, recordIds, roleIds } from './sharing.ts'
import type { Outcome, Question, RuleId } from './sharing.ts'

/** One combination in which something is not as it has to be, and the rules that answer there, the deciding one first. */
export interface Combination {
  readonly question: Question
  readonly outcome: Outcome
  readonly rules: readonly RuleId[]
}

/** An invariant over a whole table: how many combinations it speaks of, and where it is broken. */
export interface InvariantChecked {
  readonly id: string
  readonly says: string
  readonly combinations: bigint
  readonly broken: (Combination & { readonly combinations: bigint }) | null
}

/** Two rows that answer differently where both match, neither being the exception of the other. */
export interface OrderFound extends Combination {
  readonly first: RuleId
  readonly second: RuleId
}

/** A value of a column that no row names, with no reason given. */
export interface ValueFound {
  readonly column: 'from' | 'to' | 'records' | 'bases'
  readonly value: string
}

/** What was found in one table; `holds` where nothing is wrong. */
export interface TableChecked {
  readonly table: string
  readonly version: string
  readonly holds: boolean
  readonly combinations: bigint
  readonly letThrough: bigint
  readonly invariants: readonly InvariantChecked[]
  /** Pairs of rows whose answer hangs on their order and that do not say so (`before`). */
  readonly order: readonly OrderFound[]
  /** Rows that never decide anything: rows above match first wherever they match. */
  readonly idle: readonly RuleId[]
  readonly unhandled: readonly ValueFound[]
}

/**
 * Decides every invariant over every combination of from, to, record, ground and facts, without going through them
 * one by one. An answer *needs* counts as letting through, as needs can be met.
 */
export function checkTable(table: RuleTable): TableChecked {
  const space = ruleSpace(table)
  const checked = invariants
    .filter((each) => each.packs?.includes(table.id) ?? true)
    .map((each) => checkInvariant(space, each))
  const order = orderFound(space)
  const idle = idleRows(space)
  const unhandled = unhandledValues(table)
  const { measure, possible } = space.model
  return {
    table: table.id,
    version: table.version,
    holds:
      checked.every((each) => each.broken === null) && order.length + idle.length + unhandled.length === 0,
    combinations: countOf(measure, possible),
    letThrough: countOf(measure, space.through),
    invariants: checked,
    order,
    idle,
    unhandled,
  }
}

function checkInvariant(space: RuleSpace, invariant: RuleInvariant): InvariantChecked {
  const { store, measure } = space.model
  const where = whereOf(space, invariant)
  let broken = and(store, space.through, where)
  for (const { rule, when } of invariant.apart ?? [])
    broken = less(store, broken, and(store, decidedBy(space, rule), whereOf(space, { when })))
  const { unlessNeeded } = invariant
  if (unlessNeeded !== undefined) broken = less(store, broken, needsWhere(space, unlessNeeded))
  return {
    id: invariant.id,
    says: invariant.says,
    combinations: countOf(measure, where),
    broken:
      broken === NOWHERE ? null : { ...combinationIn(space, broken), combinations: countOf(measure, broken) },
  }
}

function decidedBy(space: RuleSpace, rule: RuleId): Diagram {
  const parts = space.pairs.filter((each) => each.row.id === rule)
  return parts.reduce<Diagram>((all, each) => or(space.model.store, all, each.decides), NOWHERE)
}

function combinationIn(space: RuleSpace, among: Diagram): Combination {
  const question = questionOf(someSituation(space.model, among))
  const { outcome, rules } = evaluate(space.table, question)
  return { question, outcome, rules }
}

/** An exception stands before its rule; any other pair of rows that disagree has to say that its order is meant. */
function orderFound(space: RuleSpace): readonly OrderFound[] {
  const { store } = space.model
  const found = new Map<string, OrderFound>()
  for (const [place, one] of space.pairs.entries()) {
    for (const other of space.pairs.slice(place + 1)) {
      if (one.rank !== other.rank || one.row === other.row || one.row.before.includes(other.row.id)) continue
      const both = and(store, one.matches, other.matches)
      if (both === NOWHERE || less(store, one.matches, other.matches) === NOWHERE) continue
      const disagree = difference(
        space,
        and(store, both, openOf(space.model, one.row)),
        and(store, both, openOf(space.model, other.row)),
      )
      if (disagree === NOWHERE) continue
      const pair = `${one.row.id} ${other.row.id}`
      if (found.has(pair)) continue
      found.set(pair, {
        first: one.row.id,
        second: other.row.id,
        ...combinationIn(space, disagree),
      })
    }
  }
  return [...found.values()]
}

function difference({ model: { store } }: RuleSpace, a: Diagram, b: Diagram): Diagram {
  return or(store, less(store, a, b), less(store, b, a))
}

function idleRows(space: RuleSpace): readonly RuleId[] {
  const deciding = new Set(space.pairs.filter((each) => each.decides !== NOWHERE).map((each) => each.row.id))
  return [...new Set(space.pairs.map((each) => each.row.id))].filter((id) => !deciding.has(id))
}

const columns = { from: roleIds, to: roleIds, records: recordIds, bases: basisIds } as const

function unhandledValues(table: RuleTable): readonly ValueFound[] {
  return Object.entries(columns).flatMap(([name, values]) => {
    const column = name as ValueFound['column']
    const named = new Set<string>(
      table.rows.flatMap((row) => {
        const cell = row[column]
        return cell === 'any' ? [] : 'anyBut' in cell ? cell.anyBut : cell
      }),
    )
    const left = table.leftToAnyRow[column] ?? {}
    return values.filter((value) => !named.has(value) && !(value in left)).map((value) => ({ column, value }))
  })
}
