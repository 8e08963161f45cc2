import type { Installation } from '#platform/crypto'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { type Arrival, atOnceBytes } from './arrival.ts'
import { arrivalById, askingArrivalOf, dropPieces, lastMappings, setArrival } from './arrival.store.ts'
import { readArrival } from './bring.actions.ts'
import { lookAtCsv } from './csv-file.ts'
import { setColumns } from './feed.store.ts'
import { columnsOf, mappingFrom } from './mapping-form.rules.ts'
import type { CsvCells } from './mapping.rules.ts'
import { Mapping } from './mapping.ts'
import { suggestMapping } from './mapping-suggest.rules.ts'
import { fileOf } from './pieces.actions.ts'

/** A table before anybody said which column is which. */
export interface TableLook {
  readonly header: readonly string[]
  readonly rows: readonly CsvCells[]
  readonly suggested: Mapping
}

/** The headings and first rows of a table, and what its columns seem to be: as last time for the same headings, else as they are named. */
export async function lookAtTable(
  db: Tx,
  at: Pick<Installation, 'pepper'>,
  arrival: Arrival,
): Promise<TableLook | null> {
  const file = await fileOf(db, at, arrival.id, 'file.csv')
  const { header, rows } = await lookAtCsv(file)
  if (header.length === 0) return null
  const before = (await lastMappings(db)).flatMap((each) => {
    const read = Mapping.safeParse(each)
    return read.success && columnsOf(read.data).every((column) => header.includes(column)) ? [read.data] : []
  })
  return { header, rows, suggested: before[0] ?? suggestMapping(header, rows) }
}

/** Keeps which column of a followed table is which; the source is read anew with it within a minute. */
export async function chooseFeedColumns(
  db: Tx,
  actor: Actor,
  at: Pick<Installation, 'pepper'>,
  feedId: string,
  typed: ReadonlyMap<string, string>,
): Promise<{ readonly done: true } | { readonly refused: 'missing' | 'needs-name' }> {
  const asking = await askingArrivalOf(db, feedId)
  const arrival = asking === null ? null : await arrivalById(db, asking.id, true)
  const look = arrival?.state === 'mapping' ? await lookAtTable(db, at, arrival) : null
  if (look === null || arrival === null) return { refused: 'missing' }
  const mapping = mappingFrom(look.suggested, typed, look.header)
  if (mapping.fields['name'] === undefined) return { refused: 'needs-name' }
  await setArrival(db, arrival.id, { state: 'over', mapping })
  await dropPieces(db, arrival.id)
  await setColumns(db, feedId, mapping)
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { what: 'feed-columns', feed: feedId, columns: columnsOf(mapping).length },
  })
  return { done: true }
}

/** Reads the table with the columns that were chosen; it needs one with the name of each service. */
export async function readWithColumns(
  db: Tx,
  at: Pick<Installation, 'pepper'>,
  id: string,
  typed: ReadonlyMap<string, string>,
): Promise<{ readonly done: true } | { readonly refused: 'missing' | 'needs-name' }> {
  const arrival = await arrivalById(db, id, true)
  const look = arrival?.state === 'mapping' ? await lookAtTable(db, at, arrival) : null
  if (look === null || arrival === null) return { refused: 'missing' }
  const mapping = mappingFrom(look.suggested, typed, look.header)
  if (mapping.fields['name'] === undefined) return { refused: 'needs-name' }
  await setArrival(db, id, { state: 'reading', mapping })
  const now = await arrivalById(db, id)
  if (now !== null && now.size <= atOnceBytes) await readArrival(db, at, now)
  return { done: true }
}
