import type { Actor } from '#platform/access'

/** One field of an entry before and after; without both it has changed, and is not told. */
export interface ChangedField {
  readonly field: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Whose act it is: a person at an agency, or an import. */
export type ChangeBy = Pick<Actor, 'accountId' | 'partyId' | 'agencyName'> | { readonly runId: string }

/** What an act is about. `what` has its words under `directory.history.what`; `fields` adds what the snapshot cannot see. */
export interface ChangeAbout {
  readonly services: readonly string[]
  readonly what: string
  readonly why?: string | undefined
  readonly fields?: readonly ChangedField[] | undefined
}

/** One line of an entry's history. */
export interface Change {
  readonly id: string
  readonly at: string
  readonly what: string
  readonly via: 'editor' | 'link' | 'import'
  readonly byParty: string | null
  readonly byAccount: string | null
  readonly byAgency: string
  readonly why: string
  readonly fields: readonly ChangedField[]
}

/** An entry as it stands, field by field, without the address of any place. */
export interface Snapshot {
  readonly id: string
  readonly secret: boolean
  readonly fields: Readonly<Record<string, unknown>>
}
