import {
  NOWHERE,
  and,
  clausesDiagram,
  less,
  newModel,
  or,
  orAll,
  readClauses,
  type Condition,
  type Diagram,
  type Facet,
  type Model,
  type Situation,
} from '#engine/space'
import type { RuleRow, RuleTable } from './rule-table.ts'
import { holds, holdsRole, rank } from './sharing.rules.ts'
import { basisIds, recordIds, roleIds } from './sharing.ts'
import type { BasisId, FactId, Question, RecordId, RoleId } from './sharing.ts'

/** A pair row where it is the first that matches, all facts free. */
interface Deciding {
  readonly row: RuleRow
  /** Where its columns and facts match, whoever comes before. */
  readonly matches: Diagram
  /** Where nothing before it matches either. */
  readonly decides: Diagram
  /** Read before others as it names a role itself (0), or its kind (1, 2). */
  readonly rank: number
}

/** Everything that can be asked of a table, and where the answer is not a refusal. */
export interface RuleSpace {
  readonly table: RuleTable
  readonly model: Model
  readonly pairs: readonly Deciding[]
  /** Where the answer lets something through; *needs* counts, as needs can be met. */
  readonly through: Diagram
}

/** Columns and facts narrowed; what is left out may be anything. */
export interface Narrowed {
  readonly from?: readonly RoleId[] | undefined
  readonly to?: readonly RoleId[] | undefined
  readonly records?: readonly RecordId[] | undefined
  readonly bases?: readonly BasisId[] | undefined
  readonly when?: readonly FactId[] | undefined
  readonly unless?: readonly FactId[] | undefined
}

/** Draws a table over every combination of from, to, record, ground and of all facts that open, silence or refuse a row. */
export function ruleSpace(table: RuleTable): RuleSpace {
  const model = newModel(
    { ...nothing, facets: facetsOf(table), weights: facetsOf(table).map(() => null), possible: [[]] },
    { order: facetsOf(table).map((_, place) => place) },
  )
  const { store } = model
  const shut = new Map(
    table.rows
      .filter((row) => row.part === 'condition')
      .map((row) => [row, less(store, matchOf(model, row, null), openOf(model, row))] as const),
  )
  let rest = model.possible
  const pairs = readingOrder(table).map(([row, place]) => {
    const matches = matchOf(model, row, place)
    const decides = and(store, rest, matches)
    rest = less(store, rest, matches)
    return { row, matches, decides, rank: place }
  })
  let through: Diagram = NOWHERE
  for (const { row, decides } of pairs) {
    let open = and(store, decides, openOf(model, row))
    for (const [condition, refused] of shut)
      if (!condition.except.includes(row.id)) open = less(store, open, refused)
    through = or(store, through, open)
  }
  return { table, model, pairs, through }
}

/** The combinations that these narrow to. A fact that no row asks for narrows nothing: no answer turns on it. */
export function whereOf({ model, table }: RuleSpace, narrowed: Narrowed): Diagram {
  const asked = turningFacts(table)
  const known = (facts: readonly FactId[] = []) => facts.filter((fact) => asked.includes(fact))
  return drawn(model, [
    conditionOf({ ...narrowed, when: known(narrowed.when), unless: known(narrowed.unless) }),
  ])
}

/** Where a row's answer, were it the only one, is not a refusal. */
export function openOf(model: Model, row: RuleRow): Diagram {
  if (row.outcome === 'F*' || (row.outcome === 'F' && row.override.length === 0)) return NOWHERE
  return drawn(model, [row.outcome === 'F' ? conditionOf({ when: row.override }) : {}])
}

/** Where a row that speaks asks for this first. */
export function needsWhere(space: RuleSpace, fact: FactId): Diagram {
  const { model, table, pairs } = space
  const asked = (row: RuleRow): readonly Condition[] =>
    row.needs.flatMap((each) => {
      if (typeof each === 'string') return each === fact ? [{}] : []
      return each.need === fact ? [conditionOf({ when: each.when, records: each.records })] : []
    })
  const ofPairs = pairs.map(({ row, decides }) => and(model.store, decides, drawn(model, asked(row))))
  const ofConditions = table.rows
    .filter((row) => row.part === 'condition' && row.except.length === 0)
    .map((row) => and(model.store, matchOf(model, row, null), drawn(model, asked(row))))
  return orAll(model.store, [...ofPairs, ...ofConditions])
}

/** A combination as the question that the evaluator answers. */
export function questionOf(situation: Situation): Question {
  const { from, to, record, basis, ...facts } = situation
  return {
    from: from as RoleId,
    to: to as RoleId,
    record: record as RecordId,
    basis: basis as BasisId,
    facts: Object.entries(facts).flatMap(([fact, value]) => (value === 'so' ? [fact] : [])),
  }
}

/** The facts on which an answer can turn: needs are left out, as meeting them only ever helps. */
export function turningFacts(table: RuleTable): readonly FactId[] {
  return [...new Set(table.rows.flatMap((row) => [...row.when, ...row.unless, ...row.override]))].toSorted()
}

const nothing = {
  needs: [],
  agencies: [],
  services: [],
  pathways: [],
  maxHandoffs: 0,
  withinWeeks: [],
  warnings: [],
} as const

function facetsOf(table: RuleTable): readonly Facet[] {
  return [
    { id: 'from', kind: 'choice', values: roleIds },
    { id: 'to', kind: 'choice', values: roleIds },
    { id: 'record', kind: 'choice', values: recordIds },
    { id: 'basis', kind: 'choice', values: basisIds },
    ...turningFacts(table).map((id) => ({ id, kind: 'choice' as const, values: ['not-so', 'so'] })),
  ]
}

/** Pair rows in the order in which they are read: rows that name a role itself before those of its kind. */
function readingOrder(table: RuleTable): readonly (readonly [RuleRow, number])[] {
  const pairs = table.rows.filter((row) => row.part === 'pair')
  return [0, 1, 2].flatMap((place) => pairs.map((row) => [row, place] as const))
}

/** Where a row's columns and facts match; for a pair row only between roles for which it has this rank. */
function matchOf(model: Model, row: RuleRow, place: number | null): Diagram {
  const facts = { when: row.when, unless: row.unless }
  const records = recordIds.filter((record) => holds(row.records, record))
  const bases = basisIds.filter((basis) => holds(row.bases, basis))
  const to = roleIds.filter((role) => holdsRole(row.to, role))
  const from = roleIds.filter((role) => holdsRole(row.from, role))
  if (place === null) return drawn(model, [conditionOf({ from, to, records, bases, ...facts })])
  return drawn(
    model,
    from.map((one) =>
      conditionOf({
        from: [one],
        to: to.filter((other) => rank(row, one, other) === place),
        records,
        bases,
        ...facts,
      }),
    ),
  )
}

function conditionOf({ from, to, records, bases, when = [], unless = [] }: Narrowed): Condition {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(records === undefined ? {} : { record: records }),
    ...(bases === undefined ? {} : { basis: bases }),
    ...Object.fromEntries(when.map((fact) => [fact, ['so']])),
    ...Object.fromEntries(unless.map((fact) => [fact, ['not-so']])),
  }
}

function drawn(model: Model, conditions: readonly Condition[]): Diagram {
  const possible = conditions.filter((each) =>
    Object.values(each).every((some) => !Array.isArray(some) || some.length > 0),
  )
  const read = readClauses(model.facets, possible, 'rule')
  if (!read.ok) throw new RangeError(`${read.problem.place} ${read.problem.wrong}; ${read.problem.mend}`)
  return clausesDiagram(model, read.value)
}
