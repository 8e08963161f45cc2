import type { RecordSource } from '#directory'

import type { Beginning, GivenFile } from './given-file.ts'
import { csvAdapter } from './csv-file.ts'
import { hsdsAdapter, orukAdapter } from './hsds-file.ts'
import type { Mapping } from './mapping.ts'
import { tabularAdapter } from './tabular-file.ts'

/** A file as the records of one format, or one sentence that says why it is no such file. */
export type Opened =
  | {
      readonly ok: true
      readonly source: RecordSource
      /** The file is cut off: some of its records are in it, and nobody knows how many are not. */
      readonly endsEarly?: boolean
    }
  | { readonly ok: false; readonly refused: string }

/** One format that can be read: how it is told from the others, and what makes HSDS records of it. It never touches the database. */
export interface Adapter {
  /** As the command line names it. */
  readonly format: string
  /** What a file of it is called in a sentence. */
  readonly says: string
  readonly recognises: (beginning: Beginning) => boolean
  readonly open: (
    file: GivenFile,
    options?: {
      /** For CSV: which column says what. Where none is given, the names of the columns decide. */
      readonly mapping: Mapping | null
    },
  ) => Promise<Opened>
}

/** Every format of entries that can be read. The first that knows a file by its beginning takes it. */
export const adapters: readonly Adapter[] = [tabularAdapter, orukAdapter, hsdsAdapter, csvAdapter]
