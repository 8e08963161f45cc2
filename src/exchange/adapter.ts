import { importDirectory, type ImportReport } from '#directory'
import type { Tx } from '#platform/db'

import { type Beginning, type GivenFile, textOf } from './given-file.ts'

/** One format that can be read: how it is told from the others, and what makes records of it. */
export interface Adapter {
  /** As the command line names it. */
  readonly format: string
  /** What a file of it is called in a sentence. */
  readonly says: string
  readonly recognises: (beginning: Beginning) => boolean
  readonly bring: (
    db: Tx,
    file: GivenFile,
    options: { readonly dryRun: boolean },
  ) => Promise<ImportReport | { readonly message: string }>
}

const hsds: Adapter = {
  format: 'hsds',
  says: 'HSDS as JSON',
  recognises: ({ bytes }) => /^\uFEFF?\s*[[{]/.test(bytes.toString('utf8')),
  bring: async (db, file, options) => importDirectory(db, await textOf(file), options),
}

/** Every format of entries that can be read. The first that knows a file by its beginning takes it. */
export const adapters: readonly Adapter[] = [hsds]
