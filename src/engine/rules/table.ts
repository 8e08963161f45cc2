import {
  NOWHERE,
  and,
  clausesDiagram,
  countOf,
  facetIndex,
  holds,
  less,
  newModel,
  or,
  reading,
  readClauses,
  refuse,
  someSituation,
  type Clause,
  type Clauses,
  type Diagram,
  type Facet,
  type Model,
  type Reading,
  type Situation,
} from '#engine/space'

/** One row: where any of the clauses holds, and no row above it, this is the outcome. */
export interface TableRow<Outcome extends string = string> {
  readonly id: string
  readonly when: Clauses
  readonly outcome: Outcome
}

/** A first-match table over finite columns; `otherwise` where no row matches. */
export interface RuleTable<Outcome extends string = string> {
  readonly columns: readonly Facet[]
  readonly rows: readonly TableRow<Outcome>[]
  readonly otherwise: Outcome
  /** Combinations outside these clauses cannot happen; left out, all can. */
  readonly possible?: Clauses
}

/** What must hold in every combination `where` says: the outcome is never one of these. */
export interface Invariant<Outcome extends string = string> {
  readonly where?: Clauses
  readonly never: readonly Outcome[]
}

/** An invariant holds in so many combinations; or one in which it does not, with the row that decides it there. */
export type Verdict<Outcome extends string = string> =
  | { readonly holds: true; readonly combinations: bigint }
  | {
      readonly holds: false
      readonly counterexample: Situation
      readonly row: string | null
      readonly outcome: Outcome
    }

/** A table made ready: which combinations each row decides. */
export interface LoadedTable<Outcome extends string = string> {
  readonly table: RuleTable<Outcome>
  readonly model: Model
  readonly clauses: readonly (readonly Clause[])[]
  /** By row: the combinations that it decides. */
  readonly decides: readonly Diagram[]
  /** What no row decides. */
  readonly rest: Diagram
}

/** Reads a table; the problem names row, column and what would be right. */
export function loadTable<Outcome extends string>(table: RuleTable<Outcome>): Reading<LoadedTable<Outcome>> {
  return reading(() => {
    if (facetIndex(table.columns).byId.size < table.columns.length)
      refuse('columns', 'hold an id twice', 'name each column once')
    const possible = clausesOf(table, table.possible, 'possible')
    const clauses = table.rows.map((row, i) => clausesOf(table, row.when, `rows[${i}].when`))
    const model = newModel({
      ...EMPTY,
      facets: table.columns,
      possible,
      weights: table.columns.map(() => null),
    })
    let rest = model.possible
    const decides = clauses.map((when) => {
      const matched = clausesDiagram(model, when)
      const first = and(model.store, rest, matched)
      rest = less(model.store, rest, matched)
      return first
    })
    return { table, model, clauses, decides, rest }
  })
}

/** The first row that matches, and its outcome; `row` is null where none does. */
export function decide<Outcome extends string>(
  loaded: LoadedTable<Outcome>,
  situation: Situation,
): { readonly row: string | null; readonly outcome: Outcome } {
  const { table, clauses } = loaded
  const at = clauses.findIndex((when) => holds(table.columns, when, situation))
  const row = table.rows[at]
  return row === undefined ? { row: null, outcome: table.otherwise } : { row: row.id, outcome: row.outcome }
}

/** Decides an invariant over every combination, without going through them one by one. */
export function checkInvariant<Outcome extends string>(
  loaded: LoadedTable<Outcome>,
  invariant: Invariant<Outcome>,
): Reading<Verdict<Outcome>> {
  return reading(() => {
    const { table, model } = loaded
    const where = and(
      model.store,
      model.possible,
      clausesDiagram(model, clausesOf(table, invariant.where, 'where')),
    )
    const broken = (outcome: Outcome, decided: Diagram): Diagram =>
      invariant.never.includes(outcome) ? and(model.store, where, decided) : NOWHERE
    for (const [i, row] of table.rows.entries()) {
      const found = broken(row.outcome, loaded.decides[i] ?? NOWHERE)
      if (found !== NOWHERE)
        return {
          holds: false,
          counterexample: someSituation(model, found),
          row: row.id,
          outcome: row.outcome,
        }
    }
    const found = broken(table.otherwise, loaded.rest)
    if (found !== NOWHERE)
      return {
        holds: false,
        counterexample: someSituation(model, found),
        row: null,
        outcome: table.otherwise,
      }
    return { holds: true, combinations: countOf(model.measure, where) }
  })
}

/** Rows that decide nothing: the rows above them match first wherever they match. */
export function idleRows(loaded: LoadedTable): readonly string[] {
  return loaded.table.rows.flatMap((row, i) => (loaded.decides[i] === NOWHERE ? [row.id] : []))
}

/** The combinations with this outcome, counted. */
export function combinationsWith<Outcome extends string>(
  loaded: LoadedTable<Outcome>,
  outcome: Outcome,
): bigint {
  const { table, model } = loaded
  let all = table.otherwise === outcome ? loaded.rest : NOWHERE
  for (const [i, row] of table.rows.entries())
    if (row.outcome === outcome) all = or(model.store, all, loaded.decides[i] ?? NOWHERE)
  return countOf(model.measure, all)
}

const EMPTY = {
  needs: [],
  agencies: [],
  services: [],
  pathways: [],
  maxHandoffs: 0,
  withinWeeks: [],
  warnings: [],
} as const

function clausesOf(table: RuleTable, json: Clauses | undefined, place: string): readonly Clause[] {
  const read = readClauses(table.columns, json, place)
  return read.ok ? read.value : refuse(read.problem.place, read.problem.wrong, read.problem.mend)
}
