import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import {
  attributeTable,
  type TabularTable,
  tabularLinks,
  tabularLists,
  tabularTables,
  vocabularies,
} from './tabular.ts'

/** One row of a table as it was read. */
export interface TabularRow {
  readonly n: number
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
  readonly problems: readonly { readonly rule: string; readonly at: string; readonly message: string }[]
  /** Columns whose id is nowhere in the table it should be of. */
  readonly dangling: readonly string[]
}

/** The rows of a package, to be found by their ids: in a file of their own that is gone with this process. */
export interface TabularRows {
  readonly add: (table: TabularTable, row: Omit<TabularRow, 'n' | 'dangling'>) => void
  /** After the last row: makes the rows findable, and finds out which keys lead nowhere. */
  readonly finish: () => void
  readonly each: (table: string) => IterableIterator<TabularRow>
  readonly byId: (table: string, id: string) => TabularRow | null
  readonly byKey: (table: string, column: string, id: string) => readonly TabularRow[]
  readonly attributesOf: (entity: string, id: string) => readonly TabularRow[]
  /** Rows of a table that lie in no service and no organisation, not even by what they belong to. */
  readonly lost: (table: string) => IterableIterator<TabularRow>
  /** Rows that have the id of a row before them. */
  readonly doubled: (table: string) => IterableIterator<TabularRow>
  readonly organizationsAlone: () => IterableIterator<TabularRow>
  readonly close: () => void
}

const said = 'n, line, cells, problems, dangling'
const entities = new Set(tabularTables.map((each) => each.name))

/** Rows in a database of SQLite, so that a package of any size is joined in little memory. */
export function tabularRows(): TabularRows {
  const { db, close } = openHidden()
  for (const { name, columns } of tabularTables) {
    const keys = columns
      .filter((each) => isKey(name, each.name))
      .map((each) => `${each.name} text collate nocase`)
    db.exec(
      `create table ${name} (n integer primary key, line integer, cells text, problems text, ${[...keys, 'dangling text'].join(', ')})`,
    )
  }
  for (const { name } of tabularTables) db.exec(`create table lost_${name} (n integer primary key)`)
  db.exec('begin')
  const prepared = preparing(db)
  const sizes = new Map<string, number>()
  const rows = (text: string, ...values: string[]) =>
    prepared(text)
      .all(...values)
      .map(rowOf)
  function* iterate(text: string): IterableIterator<TabularRow> {
    // Why a statement of its own: two that go over the rows at once must not meet in one.
    for (const row of db.prepare(text).iterate()) yield rowOf(row)
  }
  return {
    add: (table, { line, cells, problems }) => {
      sizes.set(table.name, (sizes.get(table.name) ?? 0) + 1)
      const keys = table.columns.filter((each) => isKey(table.name, each.name)).map((each) => each.name)
      prepared(
        `insert into ${table.name} (line, cells, problems${keys.map((key) => `, ${key}`).join('')})
          values (?, ?, ?${', ?'.repeat(keys.length)})`,
      ).run(
        line,
        JSON.stringify(cells),
        problems.length === 0 ? null : JSON.stringify(problems),
        ...keys.map((key) => cells[key] ?? null),
      )
    },
    finish: () => {
      for (const text of [...indexesAndKeys(), ...lostOnes()]) db.exec(text)
      db.exec('commit')
    },
    each: (table) => iterate(`select ${said} from ${table} order by n`),
    byId: (table, id) => rows(`select ${said} from ${table} where id = ? order by n limit 1`, id)[0] ?? null,
    byKey: (table, column, id) =>
      sizes.has(table) ? rows(`select ${said} from ${table} where ${column} = ? order by n`, id) : [],
    attributesOf: (entity, id) =>
      sizes.has(attributeTable)
        ? rows(`select ${said} from attribute where link_id = ? order by n`, id).filter(
            ({ cells }) => cells['link_entity'] === entity || !entities.has(cells['link_entity'] ?? ''),
          )
        : [],
    lost: (table) =>
      iterate(`select ${said} from ${table} where n in (select n from lost_${table}) order by n`),
    doubled: (table) =>
      iterate(
        `select ${said} from ${table} t where exists (select 1 from ${table} b where b.id = t.id and b.n < t.n) order by n`,
      ),
    organizationsAlone: () =>
      iterate(
        `select ${said} from organization o where not exists (select 1 from service s where s.organization_id = o.id) order by n`,
      ),
    close,
  }
}

/** Statements, each prepared once. */
function preparing(db: DatabaseSync): (text: string) => StatementSync {
  const statements = new Map<string, StatementSync>()
  return (text) => {
    const known = statements.get(text)
    if (known !== undefined) return known
    const made = db.prepare(text)
    statements.set(text, made)
    return made
  }
}

/** Columns by which rows are found. */
function isKey(table: string, column: string): boolean {
  return (
    column === 'id' ||
    (table === attributeTable && column === 'link_id') ||
    tabularLinks.some((each) => each.table === table && each.column === column) ||
    tabularLists.some((each) => each.child === table && each.column === column)
  )
}

function indexesAndKeys(): readonly string[] {
  const keys = tabularTables.flatMap(({ name, columns }) =>
    columns.filter((each) => isKey(name, each.name)).map((each) => ({ table: name, column: each.name })),
  )
  const to = tabularTables.flatMap(({ name, columns }) =>
    columns.flatMap((each) =>
      each.to === null || !isKey(name, each.name) ? [] : [{ table: name, ...each, to: each.to }],
    ),
  )
  return [
    ...keys.map(({ table, column }) => `create index ${table}_${column} on ${table} (${column})`),
    ...to.map(
      (each) =>
        `update ${each.table} set dangling = coalesce(dangling || ' ', '') || '${each.name}' where ${each.name} is not null
          and not exists (select 1 from ${each.to} t where t.id = ${each.table}.${each.name})`,
    ),
  ]
}

/** Tables after those that their rows can belong to. */
const downwards = ['program', 'service_at_location', 'location', 'contact', 'phone']

/** Finds what lies in no service and no organisation, from above to below. Lists of words stand for themselves. */
function lostOnes(): readonly string[] {
  const own = ['service', 'organization', ...vocabularies]
  const others = tabularTables
    .map((each) => each.name)
    .filter((name) => !own.includes(name) && !downwards.includes(name) && name !== attributeTable)
  return [...downwards, ...others, attributeTable].map(
    (name) => `insert into lost_${name} select n from ${name} where not (${belongings(name).join(' or ')})`,
  )
}

function belongings(table: string): readonly string[] {
  const above = tabularLists
    .filter((each) => each.child === table)
    .map((each) => ({ from: each.parent, where: `p.id = ${table}.${each.column}` }))
  const pointed = tabularLinks
    .filter((each) => each.target === table)
    .map((each) => ({ from: each.table, where: `p.${each.column} = ${table}.id` }))
  const any = tabularTables
    .filter((each) => table === attributeTable && each.name !== attributeTable)
    .map((each) => ({ from: each.name, where: 'p.id = attribute.link_id' }))
  return [...above, ...pointed, ...any].map(
    ({ from, where }) =>
      `exists (select 1 from ${from} p where ${where} and p.n not in (select n from lost_${from}))`,
  )
}

function rowOf(row: Readonly<Record<string, unknown>>): TabularRow {
  return {
    n: Number(row['n']),
    line: Number(row['line']),
    cells: JSON.parse(String(row['cells'])) as TabularRow['cells'],
    problems:
      typeof row['problems'] === 'string' ? (JSON.parse(row['problems']) as TabularRow['problems']) : [],
    dangling: typeof row['dangling'] === 'string' ? row['dangling'].split(' ') : [],
  }
}

/** A database in a file that has no name any more as soon as it is open; where a system keeps the name, until it is closed. */
function openHidden(): { readonly db: DatabaseSync; readonly close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'anydoor-rows-'))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const db = new DatabaseSync(join(folder, 'rows'))
  db.exec(
    'pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16384; pragma locking_mode = exclusive',
  )
  db.exec('create table begun (n integer)')
  const close = () => {
    if (db.isOpen) db.close()
    remove()
  }
  if (process.platform === 'win32') process.once('exit', close)
  else remove()
  return { db, close }
}
