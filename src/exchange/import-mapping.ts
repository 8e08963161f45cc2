import type { Tx } from '#platform/db'

import type { Adapter, Opened } from './adapter.ts'
import { lookAtCsv } from './csv-file.ts'
import { type GivenFile, textOf } from './given-file.ts'
import type { ImportAsked } from './import-arguments.ts'
import { isMappingName, type Mapping, readMapping } from './mapping.ts'
import { mappingNames, savedMapping, saveMapping } from './mapping.store.ts'
import { suggestMapping } from './mapping-suggest.rules.ts'

/** A mapping that was asked for: in a file, or under a name that only the database knows. */
export type MappingAsked =
  | { readonly mapping: Mapping | null }
  | { readonly saved: string }
  | { readonly message: string }

/** What `--mapping` names: a file of that name first, else a saved mapping. */
export async function askedMapping(
  asked: ImportAsked,
  open: (path: string) => Promise<GivenFile | null>,
): Promise<MappingAsked> {
  if (asked.mapping === null) return { mapping: null }
  const file = await open(asked.mapping)
  if (file === null && isMappingName(asked.mapping)) return { saved: asked.mapping }
  if (file === null) return { message: `${asked.mapping} cannot be read, and no mapping is called so.` }
  const read = readMapping(await textOf(file))
  return read.ok ? { mapping: read.mapping } : { message: `${asked.mapping}: ${read.wrong}` }
}

/** Opens a file with a mapping that lies in the database. */
export async function openWithSaved(
  db: Tx,
  adapter: Adapter,
  file: GivenFile,
  name: string,
): Promise<Opened> {
  const mapping = await savedMapping(db, name)
  if (mapping !== null) return adapter.open(file, { mapping })
  const names = (await mappingNames(db)).join(', ')
  return { ok: false, refused: `There is neither a file nor a mapping ${name}. There are: ${names}.` }
}

/** Keeps the mapping of this import under the name that was asked for. */
export async function keepMapping(
  db: Tx,
  asked: ImportAsked,
  given: MappingAsked,
  file: GivenFile,
): Promise<void> {
  if (asked.saveMapping === null || asked.dryRun) return
  const mapping =
    'saved' in given ? await savedMapping(db, given.saved) : 'mapping' in given ? given.mapping : null
  await saveMapping(db, asked.saveMapping, mapping ?? (await suggestedFor(file)))
}

/** The mapping that the columns of a file ask for. */
export async function suggestedFor(file: GivenFile): Promise<Mapping> {
  const { header, rows } = await lookAtCsv(file)
  return suggestMapping(header, rows)
}
