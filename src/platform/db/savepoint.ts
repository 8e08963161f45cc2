import { sql } from 'kysely'
import type { Tx } from './pools.ts'

/** Does the work and takes it back unless it says that it is to be kept. */
export async function inSavepoint<T extends { readonly keep: boolean }>(
  db: Tx,
  work: () => Promise<T>,
): Promise<T> {
  await sql`savepoint tried`.execute(db)
  const done = await work()
  if (!done.keep) await sql`rollback to savepoint tried`.execute(db)
  await sql`release savepoint tried`.execute(db)
  return done
}
