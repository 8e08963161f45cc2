import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { readPathways } from './pathway.rules.ts'
import { closePathway, namesForPathways, openPathway } from './pathway.store.ts'
import type { PathwayReport } from './pathway.ts'

/** Opens every pathway of a file that can be read; one that is open already counts as imported and is not doubled. */
export async function importPathways(
  db: Tx,
  text: string,
): Promise<PathwayReport | { readonly refused: string }> {
  const read = readPathways(text, await namesForPathways(db))
  if ('refused' in read) return read
  for (const pathway of read.pathways) await openPathway(db, pathway)
  return { imported: read.pathways.length, rejected: read.rejected }
}

/** The same as a signed-in editor, with its ledger line. */
export async function importPathwaysAs(
  db: Tx,
  actor: Actor,
  text: string,
): Promise<PathwayReport | { readonly refused: string }> {
  const report = await importPathways(db, text)
  if (!('refused' in report))
    await record(db, actor, {
      kind: 'directory.changed',
      detail: { pathways: report.imported, rejected: report.rejected.length },
    })
  return report
}

/** Closes a pathway from now on. */
export async function endPathway(db: Tx, actor: Actor, id: string): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(id) || !(await closePathway(db, id))) return false
  await record(db, actor, { kind: 'directory.changed', detail: { pathway: id, closed: true } })
  return true
}
