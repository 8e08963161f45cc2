import type { Tx } from '#platform/db'
import type { ChangeBy, ChangedField, Snapshot } from './change.ts'
import { changedFields } from './change.rules.ts'
import { addChanges } from './change.store.ts'
import { organizationSnapshots } from './organization-change.store.ts'

interface About {
  readonly what: string
  readonly why?: string
}

/**
 * Does `work` and writes down what it changed about these organisations themselves and the pathways that start there, in the
 * same transaction: what was, what is, who and why.
 */
export async function changingOrganizations<T>(
  db: Tx,
  by: ChangeBy,
  about: About & { readonly organizations: readonly string[] },
  work: () => Promise<T>,
): Promise<T> {
  const before = await organizationSnapshots(db, about.organizations)
  const done = await work()
  await keepOrganizationChanges(db, by, about, before)
  return done
}

/** Writes the lines of organisations whose state before is known. */
export async function keepOrganizationChanges(
  db: Tx,
  by: ChangeBy,
  about: About,
  before: ReadonlyMap<string, Snapshot>,
): Promise<void> {
  const after = await organizationSnapshots(db, [...before.keys()])
  const rows = [...before].flatMap(([organization, was]) => {
    const is = after.get(organization)
    const fields: readonly ChangedField[] = is === undefined ? [] : changedFields(was, is)
    return fields.length === 0
      ? []
      : [{ organization, what: about.what, why: (about.why ?? '').trim().slice(0, 500), fields }]
  })
  await addChanges(db, by, rows)
}
