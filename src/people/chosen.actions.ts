import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { CaseFile } from './case.ts'
import type { ChosenWorker, PassReason } from './chosen.ts'
import { chosenAfter, chosenPassed, mustGoThrough, notSafe } from './chosen.rules.ts'
import { excludedFrom } from './colleague.store.ts'
import { writeChosen } from './sheet.actions.ts'
import type { Saved } from './sheet.ts'

/** Whoever is named as not safe, or as causing harm, is chosen by nobody. */
export interface ChosenRefused {
  readonly refused: 'chosen-not-safe' | 'chosen-causes-harm'
}

/** Saves whom the person chose as the way to them; null: nobody, or nobody any more. */
export async function saveChosen(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  version: number,
  worker: ChosenWorker | null,
  how: { readonly today: string; readonly because: string },
): Promise<Saved | ChosenRefused> {
  if (worker !== null) {
    const refused = notSafe(file, worker)
    if (refused !== null) return { refused }
    const excluded = await excludedFrom(db, actor.partyId, file.caseId)
    if (excluded.includes(worker.account)) return { refused: 'chosen-not-safe' }
  }
  return writeChosen(db, actor, { caseId: file.caseId, version }, chosenAfter(file.chosen, worker, how))
}

/** Writes down that somebody reaches past the chosen worker, and why: on the page, where that worker reads it, and in the ledger. */
export async function passChosen(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  pass: { readonly reason: PassReason; readonly words: string },
  now: Date,
): Promise<Saved> {
  const { chosen } = file
  if (chosen === null || mustGoThrough(file, actor.accountId) === null)
    return { version: file.sheets.chosen.version }
  const line = { at: now.toISOString(), by: actor.displayName, ...pass }
  const at = { caseId: file.caseId, version: file.sheets.chosen.version }
  const saved = await writeChosen(db, actor, at, chosenPassed(chosen, line))
  if ('refused' in saved) return saved
  const detail = { what: 'chosen-passed', why: pass.reason, words: pass.words }
  await record(db, actor, { kind: 'case.changed', of: file.key, detail })
  return saved
}
