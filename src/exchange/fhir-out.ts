import { directoryWords } from '#directory'
import type { Tx } from '#platform/db'
import { createWords } from '#platform/i18n'
import { everythingInFhir } from './fhir-resource.ts'
import { isInvented } from './fhir.store.ts'
import { exchangeWords } from './words.ts'

/** The public directory as lines of FHIR resources (ndjson, as bulk data goes), a page at a time. */
export async function* fhirLines(db: Tx): AsyncGenerator<string> {
  const words = { wordsFor: createWords([directoryWords, exchangeWords]), demo: await isInvented(db) }
  for await (const page of everythingInFhir(db, words))
    if (page.length > 0) yield `${page.map((resource) => JSON.stringify(resource)).join('\n')}\n`
}
