import type { Tx } from '#platform/db'
import { csvOut } from './csv-out.ts'
import { fhirLines } from './fhir-out.ts'
import { hsdsFile } from './hsds-out.ts'
import { tabularFolder, tabularZip } from './tabular-out.ts'

/** One format in which the public directory can be written to a file. */
export interface ExportFormat {
  /** As the command line names it. */
  readonly format: string
  readonly says: string
  /** The file piece by piece. It says what the projection gives (`listed.store.ts`) and nothing else. */
  readonly pieces: (db: Tx) => AsyncIterable<string | Uint8Array>
  /** Of a format with several files: writes them into a folder. `pieces` is then a zip of them. */
  readonly folder?: (db: Tx, path: string) => Promise<void>
}

/** Every format in which the public directory goes out. */
export const exportFormats: readonly ExportFormat[] = [
  { format: 'hsds', says: 'HSDS 3.1 as JSON', pieces: hsdsFile },
  {
    format: 'csv',
    says: 'CSV for spreadsheets, one service a row; what no cell says stands in the last',
    pieces: csvOut,
  },
  {
    format: 'tabular',
    says: 'HSDS 3.1 as a data package of CSV tables: a zip, or a folder when the name ends in no .zip',
    pieces: tabularZip,
    folder: tabularFolder,
  },
  { format: 'fhir', says: 'FHIR R4, one resource a line (ndjson)', pieces: fhirLines },
]
