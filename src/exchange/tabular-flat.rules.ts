import { derivedId } from './derived-id.rules.ts'
import {
  attributeTable,
  notSaid,
  tabularLinks,
  tabularLists,
  type TabularTable,
  tabularTable,
} from './tabular.ts'

type Json = Readonly<Record<string, unknown>>

/** One row of a table, cell by cell in the order of its columns. */
export interface FlatRow {
  readonly table: string
  readonly cells: readonly string[]
}

/**
 * Takes objects apart into rows of tables. What several objects share (an organisation, a place, a term) is written once; it
 * remembers ids for that, and nothing else.
 */
export function flattening() {
  const shared = new Set<string>()
  const seen = new Set<number>()
  /** Codes that stand in the table of terms: there every code is unique, whatever its taxonomy. */
  const codes = new Set<string>()

  function* rowsOf(name: string, json: Json, above: Json): Generator<FlatRow> {
    const table = tabularTable(name)
    if (table === null) return
    const isShared = tabularLinks.some((each) => each.target === name)
    const given = isShared ? sharedId(name, json) : text(json['id'])
    if (isShared && shared.has(`${name} ${given}`)) return
    // Why a new id: the same object under two parents is two rows, and a row's id is its own.
    const again = given === '' || (!isShared && seen.has(marked(`${name} ${given}`)))
    const id = again ? derivedId('row', name, given, JSON.stringify(above)) : given
    if (isShared) shared.add(`${name} ${id}`)
    else seen.add(marked(`${name} ${id}`))
    const links = tabularLinks.filter((each) => each.table === name && isObject(json[each.key]))
    const keys = Object.fromEntries(
      links.map((each) => [each.column, sharedId(each.target, json[each.key] as Json)]),
    )
    for (const each of links) {
      // Why: the tables ask whose a programme is, and the object of a service's programme does not say it.
      const whose = each.target === 'program' ? { organization_id: keys['organization_id'] } : {}
      yield* rowsOf(each.target, json[each.key] as Json, whose)
    }
    yield { table: name, cells: cellsOf(table, { ...ownOf(table, json), ...above, ...keys, id }) }
    for (const each of tabularLists.filter((one) => one.parent === name))
      for (const child of objects(json[each.key])) yield* rowsOf(each.child, child, { [each.column]: id })
    for (const child of objects(json['attributes']))
      yield* rowsOf(attributeTable, child, { link_id: id, link_entity: name })
  }

  /** What the object says itself. Keys are told by where it lies; one that leads to nothing in the tables is left out. */
  function ownOf({ name, columns }: TabularTable, json: Json): Json {
    const own = Object.fromEntries(
      columns.filter((each) => each.to === null).map((each) => [each.name, json[each.name]]),
    )
    const code = text(json['code'])
    if (name !== 'taxonomy_term' || code === '') return own
    const only = codes.has(code) ? `${text(json['taxonomy'])}${between}${code}` : code
    codes.add(only)
    return { ...own, code: only }
  }

  return { rowsOf }
}

/** 53 bits of a text: so that a million ids are remembered in little memory. */
function marked(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charCodeAt(i)
    high = Math.imul(high ^ sign, 2_654_435_761)
    low = Math.imul(low ^ sign, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0)
}

/** Stands between taxonomy and code where a code is in the table already. */
const between = '::'

/** The code of a term as it was before it had to be unique. */
export function plainCode(code: string, taxonomy: string): string {
  const start = `${taxonomy}${between}`
  return taxonomy !== '' && code.startsWith(start) ? code.slice(start.length) : code
}

function cellsOf(table: TabularTable, json: Json): readonly string[] {
  return table.columns.map(({ name, required, kind }) => {
    const cell = text(json[name])
    return cell === '' && required && kind === 'string' ? notSaid : cell
  })
}

/** The id under which an object is written that others point at; without one of its own, one made of what it says. */
function sharedId(name: string, json: Json): string {
  return text(json['id']) || derivedId('row', name, JSON.stringify(json))
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
