import { createHash } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { storeRun } from './import.store.ts'
import { reportOf, type ImportReport } from './import.ts'
import { readPathways } from './pathway.rules.ts'
import { closePathway, namesForPathways, openPathway } from './pathway.store.ts'

/** Opens every pathway of a file that can be read and keeps the report; `dryRun` writes nothing. The same file again changes nothing. */
export async function importPathways(
  db: Tx,
  text: string,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<ImportReport | { readonly refused: string }> {
  const read = readPathways(text, await namesForPathways(db))
  if ('refused' in read) return read
  const report = reportOf(read.records)
  if (dryRun) return report
  await storeRun(db, { fileSha256: createHash('sha256').update(text).digest(), format: 'pathways', report })
  for (const { pathway } of read.records) if (pathway !== null) await openPathway(db, pathway)
  return report
}

/** The same as a signed-in editor, with its ledger line. */
export async function importPathwaysAs(
  db: Tx,
  actor: Actor,
  text: string,
): Promise<ImportReport | { readonly refused: string }> {
  const report = await importPathways(db, text)
  if (!('refused' in report)) {
    const { imported, importedWithWarnings, held, rejected } = report
    await record(db, actor, {
      kind: 'directory.changed',
      detail: { pathways: imported + importedWithWarnings, held, rejected },
    })
  }
  return report
}

/** Closes a pathway from now on. */
export async function endPathway(db: Tx, actor: Actor, id: string): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(id) || !(await closePathway(db, id))) return false
  await record(db, actor, { kind: 'directory.changed', detail: { pathway: id, closed: true } })
  return true
}
