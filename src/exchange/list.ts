import type { Tx } from '#platform/db'

/** A list as it is served, what was asked for already inside; each read takes the handle of its own short transaction. */
export interface ServedList {
  readonly page: (
    db: Tx,
    at: { readonly offset: number; readonly limit: number },
  ) => Promise<{ readonly total: number; readonly entries: readonly object[] }>
  /** The next entries after a cursor (null: from the start), and the cursor after these (null: there are no more). */
  readonly next: (
    db: Tx,
    cursor: string | null,
    limit: number,
  ) => Promise<{ readonly entries: readonly object[]; readonly cursor: string | null }>
}

/** A slice of a list. */
export interface ServedSlice {
  readonly found: readonly object[]
  /** How many there are in all, where finding the slice has told that already. */
  readonly total: number | null
  /** The id after which it goes on; null at the end. An entry that went while it was read ends nothing. */
  readonly last: string | null
}

/** A list in the order of ids, from what reads a slice of it and what counts the whole. */
export function keyedList(
  count: (db: Tx) => Promise<number>,
  slice: (
    db: Tx,
    which:
      | { readonly offset: number; readonly limit: number }
      | { readonly after: string | null; readonly limit: number },
  ) => Promise<ServedSlice>,
): ServedList {
  return {
    page: async (db, at) => {
      const { found, total } = await slice(db, at)
      return { total: total ?? (await count(db)), entries: found }
    },
    next: async (db, after, limit) => {
      const { found, last } = await slice(db, { after, limit })
      return { entries: found, cursor: last }
    },
  }
}

/** A list that is counted through: vocabularies, which are short. */
export function countedList(
  read: (
    db: Tx,
    at: { readonly offset: number; readonly limit: number },
  ) => Promise<{ readonly total: number; readonly entries: readonly object[] }>,
): ServedList {
  return {
    page: read,
    next: async (db, cursor, limit) => {
      const offset = Number(cursor ?? 0)
      const { entries, total } = await read(db, { offset, limit })
      const reached = offset + entries.length
      return { entries, cursor: entries.length === 0 || reached >= total ? null : String(reached) }
    },
  }
}

/** The id after which a list goes on that was read so far; null where no more came than that. */
export function lastOf(rows: readonly { readonly id: string }[], limit: number): string | null {
  return rows.length < limit ? null : (rows.at(-1)?.id ?? null)
}
