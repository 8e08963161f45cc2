import { namesToUse } from '#people'
import { type Actor, caseKeys } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { Entry } from './entry.ts'
import { diaryRows, opened } from './entry.store.ts'

/** A line of a diary: the entry, and the name to use in its case; empty while nobody has said one. */
export interface DiaryLine {
  readonly entry: Entry
  readonly name: string
}

/** One part of a diary, and how many lines the whole of it has. */
export interface DiaryPart {
  readonly lines: readonly DiaryLine[]
  readonly total: number
}

/** Open entries of these owners' diaries between two moments, each with its words and the name to use. One ledger line for the look. */
export async function diaryOf(
  db: Tx,
  actor: Actor,
  ask: {
    readonly owners: readonly string[]
    readonly from: Date | null
    readonly until: Date
    readonly limit: number
    readonly offset: number
  },
): Promise<DiaryPart> {
  const rows = await diaryRows(db, { ...ask, partyId: actor.partyId })
  const keys = await caseKeys(
    db,
    actor,
    rows.map((row) => row.case_id),
  )
  const names = await namesToUse(db, actor, keys)
  const lines = rows.flatMap((row) => {
    const key = keys.get(row.case_id)
    // Closed for the reader between the two queries: gone, like any other case that is not theirs.
    if (key === undefined) return []
    return [{ entry: { ...opened(key, row), ownerId: row.shown_to }, name: names.get(row.case_id) ?? '' }]
  })
  if (lines.length > 0)
    await record(db, actor, { kind: 'case.read', detail: { list: 'diary', entries: lines.length } })
  return { lines, total: rows[0]?.total ?? 0 }
}
