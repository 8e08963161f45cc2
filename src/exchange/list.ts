import type { Tx } from '#platform/db'

/** A list as it is served, what was asked for already inside; each read takes the handle of its own short transaction. */
export interface ServedList {
  readonly total: (db: Tx) => Promise<number>
  readonly page: (
    db: Tx,
    at: { readonly offset: number; readonly limit: number },
  ) => Promise<readonly object[]>
  /** The next entries after a cursor (null: from the start), and the cursor after these (null: there are no more). */
  readonly next: (
    db: Tx,
    cursor: string | null,
    limit: number,
  ) => Promise<{ readonly entries: readonly object[]; readonly cursor: string | null }>
}

/** One entry with the id after which the next ones come. */
export interface Served {
  readonly id: string
  readonly json: object
}

/** A list in the order of ids, from what reads a slice of it. */
export function keyedList(
  total: ServedList['total'],
  slice: (
    db: Tx,
    which:
      | { readonly offset: number; readonly limit: number }
      | { readonly after: string | null; readonly limit: number },
  ) => Promise<readonly Served[]>,
): ServedList {
  return {
    total,
    page: async (db, at) => (await slice(db, at)).map((each) => each.json),
    next: async (db, after, limit) => {
      const found = await slice(db, { after, limit })
      const entries = found.map((each) => each.json)
      return { entries, cursor: found.length < limit ? null : (found.at(-1)?.id ?? null) }
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
    total: async (db) => (await read(db, { offset: 0, limit: 1 })).total,
    page: async (db, at) => (await read(db, at)).entries,
    next: async (db, cursor, limit) => {
      const offset = Number(cursor ?? 0)
      const { entries, total } = await read(db, { offset, limit })
      const reached = offset + entries.length
      return { entries, cursor: entries.length === 0 || reached >= total ? null : String(reached) }
    },
  }
}
