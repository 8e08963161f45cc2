import { createHash } from 'node:crypto'
import type { ChangedField, ReadRecord, Weighed } from '#directory'
import type { Seen } from './seen.store.ts'

/**
 * Fields that may change without a person: how to reach a service, when, how much room, words about it. Never what it is, whom
 * it takes, whether it keeps its place secret, or where it is.
 */
const safeFields = new Set([
  'description',
  'email',
  'url',
  'phones',
  'application_process',
  'fees_text',
  'times_text',
  'times',
  'alert',
  'languages',
  'access',
  'access_text',
  'documents',
  'terms',
  'assured_on',
  'assured_by',
  'capacity_state',
  'capacity_places',
  'capacity_note',
  'wait_weeks',
  'wait_weeks_to',
  'ages',
])

/** Whether a change may go in by itself, where its feed is set so. Nothing new, nothing held, nothing gone ever does. */
export function isSafe({ difference, record, fields }: Weighed): boolean {
  return (
    difference === 'changed' &&
    record.outcome.startsWith('imported') &&
    record.service?.confidential === false &&
    fields.every(({ field }) => safeFields.has(field))
  )
}

/** What a record is known by from one state of a feed to the next. */
export function keyOf(record: Pick<ReadRecord, 'id' | 'organization'>): string {
  return `${record.organization === null ? 'service' : 'organization'} ${record.id.toLowerCase()}`
}

/** The same for what the source says of it, wherever in the file it stands. */
export function digestOf({ service, organization, outcome }: ReadRecord): Uint8Array {
  const text = canonical({ service, organization, outcome })
  return new Uint8Array(createHash('sha256').update(text).digest())
}

/** Since when the source says this: the moment it was first seen so, or null for now. */
export function sinceOf(seen: Seen | undefined, digest: Uint8Array): string | null {
  return seen !== undefined && Buffer.compare(seen.digest, digest) === 0 ? seen.since : null
}

/** Whether two lists of changes say the same, in whatever order the database keeps their keys. */
export function sameChanges(a: readonly ChangedField[], b: readonly ChangedField[]): boolean {
  return canonical(a) === canonical(b)
}

/** JSON with its keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : each,
  )
}
