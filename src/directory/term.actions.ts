import type { Tx } from '#platform/db'
import { reportOf, type ImportReport } from './import.ts'
import { readTermList } from './term-list.rules.ts'
import { storeTerms } from './term.store.ts'

/** Brings a list of terms into the vocabulary, beside our own; `dryRun` writes nothing. */
export async function importTerms(
  db: Tx,
  fileText: string,
  dryRun = false,
): Promise<ImportReport | { readonly refused: 'not-terms'; readonly message: string }> {
  const read = readTermList(fileText)
  if (!read.ok) return { refused: 'not-terms', message: read.refused }
  if (!dryRun) await storeTerms(db, read.terms)
  return reportOf(read.records)
}
