import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import type { UndoRefused, Undone } from './import-run.ts'
import { takeBack } from './import-run.store.ts'

/** Whose act an undo is: a directory editor's, or that of whoever owns the database, by a name. */
export type UndoBy =
  | { readonly actor: Actor; readonly why: string }
  | { readonly name: string; readonly why: string }

/**
 * Takes a run back: every row of the directory that it changed is exactly what it was before. What a person has changed since, and
 * what has become secret, is left and told. An editor's undo is a line of their agency's ledger.
 */
export async function undoRun(db: Tx, runId: string, by: UndoBy): Promise<Undone | UndoRefused> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(runId)) return { refused: 'missing' }
  const who =
    'actor' in by
      ? { partyId: by.actor.partyId, accountId: by.actor.accountId, name: by.actor.agencyName }
      : { partyId: null, accountId: null, name: by.name }
  const done = await takeBack(db, runId, who, by.why)
  if ('refused' in done || !('actor' in by)) return done
  const { restored, removed, left } = done
  await record(db, by.actor, {
    kind: 'directory.changed',
    detail: { what: 'run-undone', run: runId, why: by.why, restored, removed, left },
  })
  return done
}
