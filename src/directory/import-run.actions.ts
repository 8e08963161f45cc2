import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { leftInAll, type UndoRefused, type Undone } from './import-run.ts'
import { organizationsOfRun, takeBack } from './import-run.store.ts'
import { changingOrganizations } from './organization-change.actions.ts'

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
  const about = { organizations: await organizationsOfRun(db, runId), what: 'undone', why: by.why }
  const done = await changingOrganizations(db, 'actor' in by ? by.actor : { runId }, about, () =>
    takeBack(db, runId, who, by.why),
  )
  if ('refused' in done || !('actor' in by)) return done
  await record(db, by.actor, { kind: 'directory.changed', detail: undoneDetail(runId, by.why, done) })
  return done
}

/** What the ledger says of a run that was taken back. */
export function undoneDetail(run: string, why: string, done: Undone): Readonly<Record<string, unknown>> {
  const { restored, removed, pathways } = done
  return {
    what: 'run-undone',
    run,
    why,
    restored: restored + pathways.restored,
    removed: removed + pathways.removed,
    left: leftInAll(done),
  }
}
