import type { ChangedField, Snapshot } from './change.ts'
import type { ReadRecord } from './import.ts'
import type { OrganizationRecord } from './listing.ts'
import type { Weighed } from './staging.ts'
import type { RunChange } from './staging.store.ts'

/** What is told of an entry that would be new: words only where its place is no secret. */
const codes = ['needs', 'languages']
const words = [
  'description',
  'phones',
  'email',
  'url',
  'eligibility_text',
  'fees_text',
  'times_text',
  'clauses',
]

/** The organisation a record speaks of. */
export function organizationOf(record: ReadRecord): OrganizationRecord | null {
  return record.service?.organization ?? record.organization
}

/** What readers will see of new entries, by their own id. */
export function shownOfNew(
  snapshots: ReadonlyMap<string, Snapshot>,
): ReadonlyMap<string, readonly ChangedField[]> {
  return new Map(
    [...snapshots.values()].map(({ id, secret, fields }) => [
      id,
      (secret ? codes : [...words, ...codes]).flatMap((field) =>
        isEmpty(fields[field]) ? [] : [{ field, before: null, after: fields[field] }],
      ),
    ]),
  )
}

/** What changed about organisations, by their id in their source; null for one that was not there. */
export function organizationChanges(
  before: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  after: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): ReadonlyMap<string, readonly ChangedField[] | null> {
  return new Map(
    [...after].map(([source, is]) => {
      const was = before.get(source)
      if (was === undefined) return [source, null] as const
      const fields = Object.keys(is).flatMap((field) =>
        JSON.stringify(was[field]) === JSON.stringify(is[field])
          ? []
          : [{ field, before: was[field] ?? null, after: is[field] ?? null }],
      )
      return [source, fields] as const
    }),
  )
}

/** What one record did, from what is known of the whole batch. */
export function weighedOf(
  record: ReadRecord,
  at: {
    readonly other: boolean
    readonly held: ReadonlySet<string>
    readonly changes: ReadonlyMap<string, RunChange>
    readonly listed: ReadonlyMap<string, string>
    readonly shown: ReadonlyMap<string, readonly ChangedField[]>
    readonly organizations: ReadonlyMap<string, readonly ChangedField[] | null>
  },
): Weighed {
  const source = record.id.toLowerCase()
  const serviceId = record.service === null ? null : (at.listed.get(source) ?? null)
  const nothing = { record, fields: [], serviceId }
  if (record.outcome === 'rejected') return { ...nothing, difference: 'rejected' }
  if (at.other) return { ...nothing, difference: 'others' }
  if (record.outcome === 'held') return { ...nothing, difference: at.held.has(source) ? 'same' : 'held' }
  const about = at.organizations.get(organizationOf(record)?.sourceId.toLowerCase() ?? '')
  if (record.service === null) {
    if (about === null) return { ...nothing, difference: 'new' }
    return { ...nothing, difference: (about ?? []).length === 0 ? 'same' : 'changed', fields: about ?? [] }
  }
  const change = at.changes.get(source)
  if (change?.what === 'listed')
    return { record, difference: 'new', fields: at.shown.get(change.serviceId) ?? [], serviceId: null }
  const fields = [...(change?.fields ?? []), ...(about ?? [])]
  return { ...nothing, difference: fields.length === 0 ? 'same' : 'changed', fields }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
