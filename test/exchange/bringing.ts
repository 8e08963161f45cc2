import { importRecords, type ImportReport, type RecordSource } from '#directory'
import type { Pool } from '#platform/db'
import { adapters } from '../../src/exchange/adapter.ts'
import { beginningOf, type GivenFile, givenText, sha256Of } from '../../src/exchange/given-file.ts'

/** A file as records, by the adapter that knows it; throws where none does. */
export async function sourceOf(given: GivenFile | string): Promise<RecordSource> {
  const file = typeof given === 'string' ? givenText(given) : given
  const beginning = await beginningOf(file)
  const opened = await adapters.find((each) => each.recognises(beginning))?.open(file)
  if (opened?.ok !== true) throw new Error(opened?.refused ?? 'no adapter knows the file')
  return opened.source
}

/** Imports a file as the command does, in one transaction. */
export async function bring(
  owner: Pool,
  given: GivenFile | string,
  options: { readonly dryRun?: boolean } = {},
): Promise<ImportReport> {
  const file = typeof given === 'string' ? givenText(given) : given
  const source = await sourceOf(file)
  const sha256 = await sha256Of(file)
  return owner
    .transaction()
    .execute((db) => importRecords(db, source, { ...options, fileSha256: () => sha256 }))
}
