import type { Problem, RawRecord } from '#directory'

import type { Adapter } from './adapter.ts'
import { type CsvRow, csvRows } from './csv-row.rules.ts'
import { type GivenFile, streamOf } from './given-file.ts'
import type { Mapping } from './mapping.ts'
import { applyMapping, type CsvCells } from './mapping.rules.ts'
import { suggestMapping } from './mapping-suggest.rules.ts'

/** Rows looked at before a mapping is suggested. */
const enoughRows = 300

/** CSV with one row for each service, its columns read by a mapping. */
export const csvAdapter: Adapter = {
  format: 'csv',
  says: 'CSV with one row for each service',
  recognises: ({ bytes }) =>
    bytes.length > 0 && looksLikeText(bytes) && /[,;\t|]/.test(bytes.toString('latin1')),
  open: async (file, options) => {
    const look = await lookAtCsv(file)
    const mapping = options?.mapping ?? suggestMapping(look.header, look.rows)
    if (look.header.length === 0) return { ok: false, refused: 'There is nothing in this file.' }
    if (!look.header.includes('more') && onlyOurs.every((name) => look.header.includes(name)))
      return {
        ok: false,
        refused:
          'This is our own export without its last column, more. Without it the entries would lose who they are for. Export it again and leave that column as it is.',
      }
    const missing = columnsOf(mapping).filter((column) => !look.header.includes(column))
    const named = mapping.fields['name']
    if (named === undefined || (named.columns ?? []).every((column) => missing.includes(column)))
      return {
        ok: false,
        refused:
          'No column says what a service is called. Print a mapping with --suggest-mapping, edit it and give it with --mapping.',
      }
    return { ok: true, source: { format: 'csv', open: () => recordsFrom(file, mapping) } }
  },
}

/** Columns that nobody has but our own export. */
const onlyOurs = ['source_id', 'organization_source_id', 'location_source_id']

/** The header and the first rows of a CSV file: what a mapping is made from and shown with. */
export async function lookAtCsv(
  file: GivenFile,
): Promise<{ readonly header: readonly string[]; readonly rows: readonly CsvCells[] }> {
  let header: readonly string[] | null = null
  const rows: CsvCells[] = []
  for await (const row of csvRows(streamOf(file))) {
    if (header === null) header = headerOf(row.cells)
    else rows.push(cellsBy(header, row.cells))
    if (rows.length >= enoughRows) break
  }
  return { header: header ?? [], rows }
}

async function* recordsFrom(file: GivenFile, mapping: Mapping): AsyncGenerator<RawRecord> {
  let header: readonly string[] | null = null
  for await (const row of csvRows(streamOf(file))) {
    if (header === null) header = headerOf(row.cells)
    else yield recordOf(row, header, mapping, `${file.name}:${row.line}`)
  }
}

function recordOf(row: CsvRow, header: readonly string[], mapping: Mapping, path: string): RawRecord {
  const { json, problems } = applyMapping(cellsBy(header, row.cells), mapping)
  const organization = json['organization']
  // Why: half a row would take away who the service is for.
  const whole = problems.every((each) => each.rule !== 'more-unreadable')
  return {
    path,
    json: whole ? json : json['id'],
    isOrganization: false,
    organization:
      typeof organization === 'object' && organization !== null
        ? { json: organization as Readonly<Record<string, unknown>>, path: `${path}.organization` }
        : null,
    problems: [
      ...row.problems.map(({ rule, message }) => ({ rule, at: path, message })),
      ...widthOf(row.cells, header, path),
      ...problems.map(({ rule, at, message }) => ({ rule, at: `${path}.${at}`, message })),
    ],
  }
}

/** What is wrong with the width of a row. */
export function widthOf(
  cells: readonly string[],
  header: readonly string[],
  path: string,
): readonly Problem[] {
  if (cells.length < header.length) {
    const message = 'The row has fewer cells than the header; the last ones were taken as empty.'
    return [{ rule: 'row-too-short', at: path, message }]
  }
  if (cells.slice(header.length).every((cell) => cell === '')) return []
  const message = 'The row has more cells than the header; those beyond it were left out.'
  return [{ rule: 'row-too-long', at: path, message }]
}

/** The names of the columns, each once: a second one of the same name is numbered. */
export function headerOf(cells: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, i) => {
    const name = cell === '' ? `column ${i + 1}` : cell
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

function cellsBy(header: readonly string[], cells: readonly string[]): CsvCells {
  return Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))
}

function columnsOf(mapping: Mapping): readonly string[] {
  return Object.values(mapping.fields).flatMap((rule) => rule.columns ?? [])
}

/** UTF-16 with its mark has zeros; anything else with zeros is no text. */
function looksLikeText(bytes: Buffer): boolean {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return wide || !bytes.includes(0)
}
