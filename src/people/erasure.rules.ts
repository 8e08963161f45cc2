import type { ErasedSort } from './erasure.ts'

/** Days for which a backup of the keys is kept (DESIGN 4: the keyring is backed up alone, on a rolling thirty days). */
const backupDays = 30

/** Which words of the sheet the rows of a table stand under; a table that is not named here counts with the others. */
const sortOf: Readonly<Record<string, ErasedSort>> = {
  'people.card': 'cards',
  'people.sheet': 'pages',
  'people.note': 'notes',
  'releases.release': 'releases',
  drafts: 'drafts',
  'envelopes.outgoing': 'sent',
  'envelopes.incoming': 'received',
  'referrals.thread': 'threads',
  'access.bearer': 'links',
  'people.legal_hold': 'holds',
  'asks.ask': 'asks',
  letters: 'letters',
  'keyring.case_wrap': 'keys',
  'envelope-keys': 'envelope-keys',
  details: 'details',
}

/** Links to other people's files: how many there were would tell of files that whoever reads the sheet may not see. */
const untold: readonly string[] = ['family.link']

/** What the database destroyed, table by table, put under the words of the proof sheet. Nothing else destroyed is left out. */
export function countsBySort(tables: Readonly<Record<string, number>>): Partial<Record<ErasedSort, number>> {
  const counts: Partial<Record<ErasedSort, number>> = {}
  for (const [table, rows] of Object.entries(tables)) {
    if (untold.includes(table)) continue
    const sort = sortOf[table] ?? 'others'
    counts[sort] = (counts[sort] ?? 0) + rows
  }
  // A draft is a row of the same table: it is counted once, under its own word.
  counts.releases = (counts.releases ?? 0) - (counts.drafts ?? 0)
  return counts
}

/** The last day on which a copy of the keys may still exist. */
export function backupsUntil(erasedOn: Temporal.PlainDate): string {
  return erasedOn.add({ days: backupDays }).toString()
}
