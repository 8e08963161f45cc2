import { createHash } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { undoRun } from './import-run.actions.ts'
import type { UndoRefused, Undone } from './import-run.ts'
import { keepBefore, stopKeeping } from './import-run.store.ts'
import { keepTold, storeRun } from './import.store.ts'
import { reportOf, type ImportReport } from './import.ts'
import { changingOrganizations } from './organization-change.actions.ts'
import { readPathways } from './pathway.rules.ts'
import { closePathway, isPathwayRun, namesForPathways, openPathway, startOf } from './pathway.store.ts'

interface Options {
  readonly dryRun?: boolean
  /** A signed-in editor, and why; without one it is an import. */
  readonly by?: { readonly actor: Actor; readonly why: string }
}

/** Opens every pathway of a file that can be read and keeps the report; `dryRun` writes nothing. The same file again changes nothing. */
export async function importPathways(
  db: Tx,
  text: string,
  { dryRun = false, by }: Options = {},
): Promise<ImportReport | { readonly refused: string }> {
  const read = readPathways(text, await namesForPathways(db))
  if ('refused' in read) return read
  const report = reportOf(read.records)
  if (dryRun) return report
  const runId = await storeRun(db, {
    fileSha256: createHash('sha256').update(text).digest(),
    format: 'pathways',
    report,
  })
  await keepTold(db, runId, read.records)
  const opened = read.records.flatMap(({ pathway }) => pathway ?? [])
  const organizations = [...new Set(opened.map((each) => each.from))]
  const about = { organizations, what: 'pathway', why: by?.why ?? '' }
  await keepBefore(db, runId)
  await changingOrganizations(db, by?.actor ?? { runId }, about, async () => {
    for (const pathway of opened) await openPathway(db, pathway)
  })
  await stopKeeping(db)
  return { ...report, runId }
}

/** The same as a signed-in editor, with its ledger line and why in the history of each organisation that a pathway starts at. */
export async function importPathwaysAs(
  db: Tx,
  actor: Actor,
  text: string,
  why: string,
): Promise<ImportReport | { readonly refused: string }> {
  const report = await importPathways(db, text, { by: { actor, why } })
  if (!('refused' in report)) {
    const { imported, importedWithWarnings, held, rejected } = report
    await record(db, actor, {
      kind: 'directory.changed',
      detail: { pathways: imported + importedWithWarnings, held, rejected, why },
    })
  }
  return report
}

/** Closes a pathway from now on. */
export async function endPathway(db: Tx, actor: Actor, id: string, why: string): Promise<boolean> {
  const from = /^[0-9a-f-]{36}$/.test(id) ? await startOf(db, id) : null
  if (from === null) return false
  await changingOrganizations(db, actor, { organizations: [from], what: 'pathway', why }, () =>
    closePathway(db, id),
  )
  await record(db, actor, { kind: 'directory.changed', detail: { pathway: id, closed: true, why } })
  return true
}

/** Takes a file of pathways back: those that it opened go, those that it changed or closed are as they were. */
export async function undoPathways(db: Tx, actor: Actor, runId: string): Promise<Undone | UndoRefused> {
  // Any other run is taken back where its file came in.
  if (!(await isPathwayRun(db, runId))) return { refused: 'missing' }
  return undoRun(db, runId, { actor, why: '' })
}
