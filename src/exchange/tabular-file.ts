import type { Problem } from '#directory'

import type { Adapter } from './adapter.ts'
import { csvRows } from './csv-row.rules.ts'
import { headerOf, widthOf } from './csv-file.ts'
import { isPackage, openPackage, type PackedTable } from './tabular-package.ts'
import { recordsOfRows } from './tabular-record.ts'
import { tabularRows, type TabularRows } from './tabular-rows.store.ts'
import { notSaid, type TabularTable } from './tabular.ts'

/** The HSDS tabular data package (3.0, 3.1, 3.2): a folder or zip of CSV tables. */
export const tabularAdapter: Adapter = {
  format: 'tabular',
  says: 'an HSDS tabular data package',
  recognises: ({ bytes, inside, name }) =>
    isPackage(inside) || isZip(bytes) || (name === 'datapackage.json' && bytes.includes('"resources"')),
  open: async (file) => {
    const opened = await openPackage(file)
    if (!opened.ok) return opened
    const rows = tabularRows()
    try {
      const notes: Problem[] = opened.others.map((at) => ({
        rule: 'unknown-table',
        at,
        message: 'This is none of the tables of HSDS; it was not read.',
      }))
      for (const table of opened.tables) await load(table, rows, notes)
      rows.finish()
      const places = new Map(opened.tables.map((each) => [each.table.name, each.place]))
      const placeOf = (table: string) => places.get(table) ?? table
      return {
        ok: true,
        source: {
          format: 'tabular',
          open: async function* () {
            yield* recordsOfRows(rows, placeOf, notes)
          },
        },
      }
    } catch (error) {
      rows.close()
      if (error instanceof Error && /size|invalid|crc|corrupt|unexpected end|incorrect/i.test(error.message))
        return { ok: false, refused: 'What is in this zip is damaged and cannot be unpacked.' }
      throw error
    } finally {
      opened.close()
    }
  },
}

/** A zip begins with an entry, or with the end of its list when it holds none. */
function isZip(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 2) === 'PK' && (bytes[2] === 3 || bytes[2] === 5)
}

async function load(
  { table, place, delimiter, stream }: PackedTable,
  rows: TabularRows,
  notes: Problem[],
): Promise<void> {
  let header: readonly string[] | null = null
  for await (const row of csvRows(await stream(), delimiter === null ? {} : { delimiter })) {
    if (header === null) {
      header = headerOf(row.cells).map((name) => columnNamed(table, name))
      notes.push(...headerNotes(table, header, place))
      continue
    }
    const at = `${place}:${row.line}`
    const names = header
    const cells = Object.fromEntries(
      row.cells.flatMap((cell, i) => {
        const name = names[i]
        return name === undefined || name === '__proto__' || cell === '' ? [] : [[name, cell]]
      }),
    )
    const problems = [
      ...row.problems.map(({ rule, message }) => ({ rule, at, message })),
      ...widthOf(row.cells, header, at),
      ...cellProblems(table, cells, header, at),
    ]
    rows.add(table, { line: row.line, cells, problems })
  }
}

/** Names of columns are taken whatever their capitals. */
function columnNamed(table: TabularTable, name: string): string {
  const plain = name.toLowerCase().replaceAll(' ', '_')
  return table.columns.some((each) => each.name === plain) ? plain : name
}

/** What is wrong with the header is told once, at the first record. */
function headerNotes(table: TabularTable, header: readonly string[], place: string): readonly Problem[] {
  const missing = table.columns.filter((each) => each.required && !header.includes(each.name))
  const unknown = header.filter((name) => !table.columns.some((each) => each.name === name))
  // Why: of a file without a header this would say cells, and one may be an address.
  const isHeader = unknown.length <= header.length / 2
  return [
    ...unknown.map((name) => ({
      rule: 'unknown-column',
      at: `${place}:1.${isHeader ? name : `column ${header.indexOf(name) + 1}`}`,
      message: 'This is none of the columns of HSDS; its cells are kept beside where there is room for them.',
    })),
    ...missing.map(({ name }) => ({
      rule: 'column-missing',
      at: `${place}:1.${name}`,
      message: 'The standard asks for this column.',
    })),
  ]
}

function cellProblems(
  table: TabularTable,
  cells: Readonly<Record<string, string>>,
  header: readonly string[],
  at: string,
): readonly Problem[] {
  return table.columns.flatMap(({ name, required, kind }) => {
    const cell = cells[name]
    if (cell === undefined) {
      // Why not for id and name: the reader says what becomes of a record without them.
      const told = name === 'id' || name === 'name' || !header.includes(name)
      return required && !told
        ? [
            {
              rule: 'required-missing',
              at: `${at}.${name}`,
              message: 'The standard asks for something here.',
            },
          ]
        : []
    }
    if (kind === 'number' && cell !== notSaid && !Number.isFinite(Number(cell)))
      return [{ rule: 'wrong-type', at: `${at}.${name}`, message: 'This should be a number.' }]
    return []
  })
}
