import type { Tx } from '#platform/db'
import type { ChangeBy, ChangedField, Snapshot } from './change.ts'
import { changedFields, whyKept } from './change.rules.ts'
import { addChanges } from './change.store.ts'
import { organizationSnapshots } from './organization-change.store.ts'
import { organizationFieldSetHere } from './set-here.ts'
import { markOrganizationSetHere } from './set-here.store.ts'

interface About {
  readonly what: string
  readonly why?: string
  readonly fields?: readonly ChangedField[]
}

/**
 * Does `work` and writes down what it changed about these organisations themselves and the pathways that start there, in the
 * same transaction: what was, what is, who and why. What a person set so, no file undoes.
 */
export async function changingOrganizations<T>(
  db: Tx,
  by: ChangeBy,
  about: About & { readonly organizations: readonly string[] },
  work: () => Promise<T>,
): Promise<T> {
  const before = await organizationSnapshots(db, about.organizations)
  const done = await work()
  const rows = await keepOrganizationChanges(db, by, about, before)
  await markOrganizationSetHere(db, rows.flatMap(setIn))
  return done
}

function setIn({ organization, fields }: OrganizationRow) {
  return fields.flatMap((each) => {
    const field = organizationFieldSetHere(each.field)
    return field === null ? [] : [{ organization, field }]
  })
}

/** One line of an organisation's history, before it has an id and a date. */
interface OrganizationRow {
  readonly organization: string
  readonly what: string
  readonly why: string
  readonly fields: readonly ChangedField[]
}

/** Writes the lines of organisations whose state before is known. */
export async function keepOrganizationChanges(
  db: Tx,
  by: ChangeBy,
  about: About,
  before: ReadonlyMap<string, Snapshot>,
): Promise<readonly OrganizationRow[]> {
  const after = await organizationSnapshots(db, [...before.keys()])
  const rows = [...before].flatMap(([organization, was]): readonly OrganizationRow[] => {
    const is = after.get(organization)
    if (is === undefined) return []
    const fields = [...changedFields(was, is), ...(about.fields ?? [])]
    return fields.length === 0
      ? []
      : [{ organization, what: about.what, why: whyKept(about.why ?? '', is.secret), fields }]
  })
  await addChanges(db, by, rows)
  return rows
}
