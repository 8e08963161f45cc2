import { randomUUID } from 'node:crypto'

import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { ErasureProofBody, ErasureReason } from './erasure.ts'
import { backupsUntil, countsBySort } from './erasure.rules.ts'
import { databaseDay, eraseRows, holdsMore, insertProof, sentTo } from './erasure.store.ts'
import { onHold } from './legal-hold.store.ts'
import { openForWork } from './open.actions.ts'
import type { NoCase } from './sheet.ts'

/** What was destroyed, and who may still have something in a record of their own: told once, kept nowhere with names. */
export interface Erased {
  readonly proofId: string
  readonly proof: ErasureProofBody
  readonly sentTo: readonly string[]
}

/** What another room undoes beside the case while its key still opens it. */
export type BeforeErasing = (db: Tx, key: CaseKey) => Promise<void>

/**
 * Erases a case: its wraps are destroyed and its rows go. What the ledger's lines told about it goes too; that they were
 * written stays provable. Backups of the keys follow within thirty days. A legal hold stops it. `alsoErase` destroys what belongs
 * to no case and tells of the person, and says how much that was.
 */
export async function eraseCase(
  db: Tx,
  actor: Actor,
  caseId: string,
  why: ErasureReason = 'asked',
  alsoErase: (() => Promise<number>) | null = null,
  first: BeforeErasing | null = null,
): Promise<Erased | NoCase | { readonly refused: 'legal-hold' }> {
  const opened = await openForWork(db, actor, caseId, 'rekeying')
  if (opened === null) return { refused: 'no-case' }
  if (await onHold(db, actor.partyId, caseId)) {
    await record(db, actor, { kind: 'hold.stopped', of: opened.key, detail: { what: 'erasing' } })
    return { refused: 'legal-hold' }
  }
  const agencies = await sentTo(db, actor.partyId, caseId)
  await first?.(db, opened.key)
  const gone = await eraseRows(db, caseId)
  if (gone === null) return { refused: 'no-case' }
  const counted = alsoErase === null ? gone : { ...gone, letters: await alsoErase() }
  const kept = await proveErased(db, actor, caseId, { why, gone: counted, agencies: agencies.length })
  return { ...kept, sentTo: agencies }
}

/** Keeps the proof of what an erasure destroyed, and writes down that it was done. */
export async function proveErased(
  db: Tx,
  actor: Actor,
  id: string,
  done: {
    readonly why: ErasureReason
    readonly gone: Readonly<Record<string, number>>
    readonly agencies: number
  },
): Promise<Pick<Erased, 'proofId' | 'proof'>> {
  const { why, gone, agencies } = done
  const until = backupsUntil(await databaseDay(db))
  const proof = { why, counts: countsBySort(gone), agencies, backupsUntil: until }
  const proofId = randomUUID()
  await insertProof(db, actor, proofId, proof)
  await record(db, actor, { kind: 'case.erased', detail: { case: id, why } })
  return { proofId, proof }
}

/**
 * Takes back a case that was made by mistake and that nobody has touched since it stood at `version`: its wraps are destroyed and
 * its rows go, as in erasing, without a sheet of its own. Nothing happens where somebody wrote into it, or anything of another room hangs on it.
 */
export async function takeBackCase(
  db: Tx,
  actor: Actor,
  caseId: string,
  version: number,
): Promise<{ readonly done: true } | NoCase | { readonly refused: 'touched' | 'legal-hold' }> {
  const opened = await openForWork(db, actor, caseId, 'rekeying')
  if (opened === null) return { refused: 'no-case' }
  if (opened.row.version !== version) return { refused: 'touched' }
  if (await onHold(db, actor.partyId, caseId)) return { refused: 'legal-hold' }
  if (await holdsMore(db, caseId)) return { refused: 'touched' }
  if ((await eraseRows(db, caseId)) === null) return { refused: 'no-case' }
  await record(db, actor, { kind: 'case.erased', detail: { case: caseId, why: 'taken-back' } })
  return { done: true }
}
