import type { Problem, RawRecord } from '#directory'

import {
  notSaid,
  tabularLinks,
  tabularLists,
  type TabularTable,
  tabularTable,
  tabularTables,
} from './tabular.ts'
import { plainCode } from './tabular-flat.rules.ts'
import type { TabularRow, TabularRows } from './tabular-rows.store.ts'

type Json = Readonly<Record<string, unknown>>

/** Where a table's rows are, for reports. */
export type PlaceOf = (table: string) => string

interface Shared {
  readonly json: Json
  readonly problems: ReadonlyMap<string, Problem>
}

const mostShared = 2_000

/** Puts rows together to HSDS objects: what belongs to an object lies in it. */
function joining(rows: TabularRows, placeOf: PlaceOf) {
  const shared = new Map<string, Shared>()

  /** An object with everything that belongs to it, however it was reached; what is wrong with its rows goes to `problems`. */
  function objectOf(table: TabularTable, row: TabularRow, problems: Map<string, Problem>): Json {
    const at = `${placeOf(table.name)}:${row.line}`
    const tell = (problem: Problem) => problems.set(JSON.stringify(problem), problem)
    for (const each of row.problems) tell(each)
    for (const column of row.dangling) tell(leadsNowhere(at, column))
    if (mayBeClause(table, row)) tell(withoutTerm(at))
    const id = row.cells['id'] ?? ''
    return {
      ...ownCells(table, row),
      ...linksOf(table, row, problems),
      ...(id === '' ? {} : listsOf(table, id, problems)),
    }
  }

  function linksOf(table: TabularTable, row: TabularRow, problems: Map<string, Problem>): Json {
    return Object.fromEntries(
      tabularLinks
        .filter((each) => each.table === table.name && row.cells[each.column] !== undefined)
        .flatMap(({ key, target, column }) => {
          const found = linked(target, row.cells[column] ?? '')
          for (const [said, problem] of found?.problems ?? []) problems.set(said, problem)
          return found === null ? [] : [[key, found.json]]
        }),
    )
  }

  /** A programme that a service points at is told there, and not with its organisation again. */
  function isOfService({ cells }: TabularRow): boolean {
    return rows.byKey('service', 'program_id', cells['id'] ?? '').length > 0
  }

  /** What many point at is put together once. */
  function linked(target: string, id: string): Shared | null {
    const name = `${target} ${id}`
    const known = shared.get(name)
    if (known !== undefined) return known
    const found = rows.byId(target, id)
    const table = tabularTable(target)
    if (found === null || table === null) return null
    const problems = new Map<string, Problem>()
    const made = { json: objectOf(table, found, problems), problems }
    if (shared.size >= mostShared) shared.clear()
    shared.set(name, made)
    return made
  }

  function listsOf(table: TabularTable, id: string, problems: Map<string, Problem>): Json {
    const lists = tabularLists.filter((each) => each.parent === table.name)
    const found = lists.flatMap(({ key, child, column }) => {
      const to = tabularTable(child)
      const found = rows.byKey(child, column, id).filter((row) => child !== 'program' || !isOfService(row))
      const all = to === null ? [] : found.map((row) => objectOf(to, row, problems))
      return all.length === 0 ? [] : [[key, all] as const]
    })
    const attribute = tabularTable('attribute')
    const attributes =
      attribute === null
        ? []
        : rows.attributesOf(table.name, id).map((row) => objectOf(attribute, row, problems))
    return Object.fromEntries(attributes.length === 0 ? found : [...found, ['attributes', attributes]])
  }

  return { objectOf }
}

/** Every record of a package: each service, each organisation without one, and each row that belongs to nothing. */
export function* recordsOfRows(
  rows: TabularRows,
  placeOf: PlaceOf,
  notes: readonly Problem[],
): Generator<RawRecord> {
  let first = notes
  const { objectOf } = joining(rows, placeOf)
  for (const [table, found] of [
    ['service', rows.each('service')],
    ['organization', rows.organizationsAlone()],
  ] as const) {
    const of = tabularTable(table)
    if (of === null) continue
    for (const row of found) {
      const problems = new Map<string, Problem>()
      const json = objectOf(of, row, problems)
      const path = `${placeOf(table)}:${row.line}`
      yield recordOf(path, json, table === 'organization', [...first, ...problems.values()])
      first = []
    }
  }
  yield* leftOver(rows, placeOf)
}

function recordOf(path: string, json: Json, alone: boolean, problems: readonly Problem[]): RawRecord {
  if (alone) return { path, json, isOrganization: true, organization: { json, path }, problems }
  const organization = json['organization']
  return {
    path,
    json,
    isOrganization: false,
    organization:
      typeof organization === 'object' && organization !== null
        ? { json: organization as Json, path: `${path}.organization` }
        : null,
    problems,
  }
}

/** Tables whose rows nothing but a link leads to: of two with one id the second is never reached. */
const pointedAt = new Set(tabularLinks.map((each) => each.target))

function* leftOver(rows: TabularRows, placeOf: PlaceOf): Generator<RawRecord> {
  for (const { name } of tabularTables) {
    const place = placeOf(name)
    const left = new Map<number, RawRecord>()
    if (pointedAt.has(name))
      for (const row of rows.doubled(name)) left.set(row.n, rejected(place, row, 'id-twice', twice))
    for (const row of rows.lost(name)) left.set(row.n, rejected(place, row, 'belongs-to-nothing', nowhere))
    if (name !== 'organization') yield* left.values()
    else for (const [, record] of left) if (!isAlone(rows, record)) yield record
  }
}

/** An organisation without services is a record already, whatever its id. */
function isAlone(rows: TabularRows, { json }: RawRecord): boolean {
  const id = typeof json === 'string' ? json : ''
  return rows.byKey('service', 'organization_id', id).length === 0
}

const twice = 'Another row before it has this id; the first one was kept.'
const nowhere = 'This row belongs to no service and to no organisation of the file; it was left out.'

/** What is no object is rejected by the reader, with what is said here. */
function rejected(place: string, row: TabularRow, rule: string, message: string): RawRecord {
  const at = `${place}:${row.line}`
  const problems = [...row.problems, { rule, at, message }]
  return { path: at, json: row.cells['id'] ?? '', isOrganization: false, organization: null, problems }
}

function ownCells(table: TabularTable, { cells, dangling }: TabularRow): Json {
  const kinds = new Map(table.columns.map((each) => [each.name, each]))
  return Object.fromEntries(
    Object.entries(cells)
      .filter(([name]) => !isJoin(table.name, name) || (dangling.includes(name) && isLink(table.name, name)))
      .map(([name, cell]) => {
        const column = kinds.get(name)
        if (column?.kind === 'number' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell))
          return [name, Number(cell)]
        if (name === 'code' && table.name === 'taxonomy_term')
          return [name, plainCode(cell, cells['taxonomy'] ?? '')]
        return [name, cell === notSaid && column?.required === true && column.kind === 'string' ? '' : cell]
      }),
  )
}

function isLink(table: string, column: string): boolean {
  return tabularLinks.some((each) => each.table === table && each.column === column)
}

/** Where an object lies says what these columns say. */
function isJoin(table: string, column: string): boolean {
  return (
    isLink(table, column) ||
    (table === 'attribute' && column === 'link_id') ||
    tabularLists.some((each) => each.child === table && each.column === column)
  )
}

/** A condition whose term is gone may be who the service is for: a person looks, before it is open to everybody. */
function mayBeClause({ name }: TabularTable, { cells, dangling }: TabularRow): boolean {
  return (
    name === 'attribute' && dangling.includes('taxonomy_term_id') && cells['value']?.startsWith('{') === true
  )
}

function withoutTerm(at: string): Problem {
  return {
    rule: 'threshold-unreadable',
    at: `${at}.value`,
    message: 'This looks like who the service is for, and its term is not in the file.',
  }
}

function leadsNowhere(at: string, column: string): Problem {
  return {
    rule: 'dangling-key',
    at: `${at}.${column}`,
    message: 'No row of the file has this id; what it should lead to was left out.',
  }
}
