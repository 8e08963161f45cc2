import type { ChangedField } from './change.ts'
import type { ReadRecord } from './import.ts'

/** What one record would do to the directory. `others`: it belongs to a partner agency and is left as it is. */
export type Difference = 'new' | 'changed' | 'same' | 'others' | 'held' | 'rejected'

/** A record with what it would change. */
export interface Weighed {
  readonly record: ReadRecord
  readonly difference: Difference
  /** Each field that would change, as the entry's history tells it. */
  readonly fields: readonly ChangedField[]
  readonly serviceId: string | null
}

/** A file's records as they are read, one after the other. */
export interface Reading {
  readonly records: AsyncIterable<ReadRecord>
  /** Listed places that the file says are confidential. */
  readonly hides: readonly string[]
}

/** Whose file it is: an agency's editors change its own entries and those that nobody keeps. */
export interface Bringer {
  readonly partyId: string
  readonly format: string
}
