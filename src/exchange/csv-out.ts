import { stringify } from 'csv-stringify/sync'
import type { Tx } from '#platform/db'
import { cellsOf } from './csv-cells.rules.ts'
import type { HsdsService } from './hsds.ts'
import { everyListedService } from './listed.store.ts'
import { csvFields } from './mapping.ts'

/** The listed services as CSV, one a row, for spreadsheets (RFC 4180, UTF-8 with its mark). Our mapping `anydoor` reads it back. */
export async function* csvOut(db: Tx): AsyncGenerator<string> {
  yield `\uFEFF${csvLines([csvFields.map(({ field }) => field)])}`
  for await (const page of everyListedService(db)) yield csvOf(page)
}

/** Services as rows, without the header. */
export function csvOf(services: readonly HsdsService[]): string {
  return csvLines(services.map(cellsOf))
}

/** Rows of cells; none of them begins like a formula. */
function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: 'windows', escape_formulas: true, quoted_match: /^\s|\s$|[\r\n]/ },
  )
}
