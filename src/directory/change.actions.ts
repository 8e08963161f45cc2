import type { Tx } from '#platform/db'
import type { ChangeAbout, ChangeBy, ChangedField, Snapshot } from './change.ts'
import { changedFields, whyKept } from './change.rules.ts'
import { addChanges, snapshots } from './change.store.ts'
import { setHereBy } from './set-here.ts'
import { markSetHere } from './set-here.store.ts'

/**
 * Does `work` and writes down what it changed about these entries, in the same transaction: what was, what is, who and why.
 * An act that changes nothing leaves no line. What a person set so, no file undoes. Every act that changes an entry goes through here.
 */
export async function changing<T>(
  db: Tx,
  by: ChangeBy,
  about: ChangeAbout,
  work: () => Promise<T>,
): Promise<T> {
  const before = await snapshots(db, about.services)
  const done = await work()
  const rows = await keepChanges(db, by, about, before)
  if (!('runId' in by)) await markSetHere(db, rows.flatMap(setIn))
  return done
}

/** An entry that went because its source no longer has it comes back when the source has it again: nobody said that it is closed. */
function setIn({ service, what, fields }: ChangeRow) {
  if (what === 'withdrawn') return []
  return fields.flatMap((each) => {
    const field = setHereBy(each.field)
    return field === null ? [] : [{ service, field }]
  })
}

/** One line of a history, before it has an id and a date. */
interface ChangeRow {
  readonly service: string
  readonly what: string
  readonly why: string
  readonly fields: readonly ChangedField[]
}

/** Writes the lines for entries whose state before is known; an entry that was not there counts as newly listed. */
export async function keepChanges(
  db: Tx,
  by: ChangeBy,
  about: ChangeAbout,
  before: ReadonlyMap<string, Snapshot>,
): Promise<readonly ChangeRow[]> {
  const known = about.services.filter((id) => before.has(id))
  const after = await snapshots(db, known)
  const rows = about.services.flatMap((service): readonly ChangeRow[] => {
    const [was, is] = [before.get(service), after.get(service)]
    if (was === undefined) return [{ service, what: 'listed', why: '', fields: [] }]
    if (is === undefined) return []
    const fields = [...changedFields(was, is), ...(about.fields ?? [])]
    if (fields.length === 0) return []
    return [{ service, what: about.what, why: whyKept(about.why ?? '', is.secret), fields }]
  })
  await addChanges(db, by, rows)
  return rows
}
