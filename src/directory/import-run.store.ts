import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { freshness } from './freshness.ts'
import type { ImportRun, UndoRefused, Undone } from './import-run.ts'
import { areaMiddles } from './place.rules.ts'

/** From here on, each row that changes in this transaction is kept as it was, until `stopKeeping`. */
export async function keepBefore(db: Tx, runId: string): Promise<void> {
  await sql`update directory.import_run set kept = true where id = ${runId} and not kept`.execute(db)
  await sql`select set_config('directory.run', ${runId}, true)`.execute(db)
}

/** What follows in this transaction is no part of a run. */
export async function stopKeeping(db: Tx): Promise<void> {
  await sql`select set_config('directory.run', '', true)`.execute(db)
}

/** Does work whose rows all belong to entries that this run has made: they go with the entry, so that none is kept. */
export async function keepingNothing<T>(db: Tx, runId: string, work: () => Promise<T>): Promise<T> {
  await stopKeeping(db)
  const done = await work()
  await sql`select set_config('directory.run', ${runId}, true)`.execute(db)
  return done
}

/**
 * Counts anew what the directory holds, so that the database plans for what is there: inside the one long transaction of an import
 * nobody else can.
 */
export async function countRows(db: Tx): Promise<void> {
  await sql`select directory.count_rows()`.execute(db)
}

/** Takes the words of whatever has turned secret out of what is kept. */
export async function sealRun(db: Tx, runId: string): Promise<void> {
  await sql`select directory.seal_run(${runId}::uuid)`.execute(db)
}

/** The newest runs, of one format or of all, and whether each can be taken back. */
export async function listRuns(
  db: Tx,
  limit = 50,
  format: string | null = null,
): Promise<readonly ImportRun[]> {
  const { rows } = await sql<ImportRun>`
    select id, at, format, imported, imported_with_warnings as "importedWithWarnings", held, rejected, kept as "canBeUndone",
      undone_at as "undoneAt", undone_by as "undoneBy", undone_why as "undoneWhy"
    from directory.import_run where ${format}::text is null or format = ${format} order by at desc, id desc limit ${limit}`.execute(
    db,
  )
  return rows
}

/** The organisations that a run touched, themselves or by a pathway that starts there. */
export async function organizationsOfRun(db: Tx, runId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from directory.run_organizations(${runId}::uuid) as id`.execute(db)
  return rows.map((row) => row.id)
}

/** Puts back what a run changed. */
export async function takeBack(
  db: Tx,
  runId: string,
  by: { readonly partyId: string | null; readonly accountId: string | null; readonly name: string },
  why: string,
): Promise<Undone | UndoRefused> {
  const { rows } = await sql<{ done: Undone | UndoRefused }>`
    select directory.undo_run(${runId}::uuid, ${by.partyId}::uuid, ${by.accountId}::uuid, ${by.name}, ${why},
      ${areaMiddles}::jsonb) as done`.execute(db)
  return rows[0]?.done ?? { refused: 'missing' }
}

/** For the job: lets go of what was kept of old runs. */
export async function forgetCopies(db: Tx): Promise<void> {
  await sql`select directory.forget_copies(${freshness.undoDays})`.execute(db)
}
