import type { Tx } from '#platform/db'
import type { ChangeAbout, ChangeBy, Snapshot } from './change.ts'
import { changedFields } from './change.rules.ts'
import { addChanges, snapshots } from './change.store.ts'
import { addressCleaner } from './confidential.rules.ts'

/**
 * Does `work` and writes down what it changed about these entries, in the same transaction: what was, what is, who and why.
 * An act that changes nothing leaves no line. Every act that changes an entry goes through here.
 */
export async function changing<T>(
  db: Tx,
  by: ChangeBy,
  about: ChangeAbout,
  work: () => Promise<T>,
): Promise<T> {
  const before = await snapshots(db, about.services)
  const done = await work()
  await keepChanges(db, by, about, before)
  return done
}

/** Writes the lines for entries whose state before is known; an entry that was not there counts as newly listed. */
export async function keepChanges(
  db: Tx,
  by: ChangeBy,
  about: ChangeAbout,
  before: ReadonlyMap<string, Snapshot>,
): Promise<void> {
  const known = about.services.filter((id) => before.has(id))
  const after = await snapshots(db, known)
  const rows = about.services.flatMap((service) => {
    const [was, is] = [before.get(service), after.get(service)]
    if (was === undefined) return [{ service, what: 'listed', why: '', fields: [] }]
    if (is === undefined) return []
    const fields = [...changedFields(was, is), ...(about.fields ?? [])]
    if (fields.length === 0) return []
    return [{ service, what: about.what, why: whyKept(about.why ?? '', is.secret), fields }]
  })
  await addChanges(db, by, rows)
}

// Why: a reason is typed by hand, and an entry with a secret place must not get an address that way either.
function whyKept(why: string, secret: boolean): string {
  const text = why.trim().slice(0, 500)
  return secret ? addressCleaner([], true)(text).slice(0, 500) : text
}
