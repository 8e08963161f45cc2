import { randomUUIDv7 } from 'node:crypto'
import { Readable } from 'node:stream'

import { csvRows } from '#exchange'
import { neverAsked } from '#intake'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { readUpload } from '#platform/http'
import { record } from '#platform/ledger'

import { z } from 'zod'
import { fieldIds } from './field.ts'
import { forbiddenColumns, remembered, suggested, type Twice, twice } from './mapping.rules.ts'
import { mostBytes, mostColumns, mostLines, type Run, type RunRefused } from './run.ts'
import { insertLines, insertRun, lastMapping, runById, saveMapping, saveRun } from './run.store.ts'
import { mappingOf } from './trial.actions.ts'
import { workbookRows } from './workbook.ts'

const Remembered = z.record(z.string(), z.enum([...fieldIds, 'out']))

/** A form with a sheet, as it comes in. */
export interface IncomingSheet {
  readonly body: unknown
  readonly contentType: string | undefined
}

/**
 * Takes in a sheet: its lines are kept sealed, seen by nobody but whoever brought it. Columns that nobody may ask for are taken out
 * before anything is kept.
 */
export async function bringSheet(
  db: Tx,
  actor: Actor,
  form: IncomingSheet,
): Promise<{ readonly id: string } | RunRefused> {
  const pieces: Uint8Array[] = []
  const came = await readUpload(form, { most: mostBytes, pieceBytes: 256 * 1024 }, (piece) => {
    pieces.push(piece)
    return Promise.resolve()
  })
  if ('refused' in came) return { refused: came.refused }
  const sheet = await linesIn(pieces)
  if ('refused' in sheet) return sheet
  const { columns, lines } = withoutForbidden(sheet.columns, sheet.lines)
  const last = Remembered.safeParse(await lastMapping(db, actor))
  const out = new Set(forbiddenColumns(columns, neverAsked).map((each) => each.column))
  const mapping = suggested(columns, last.success ? last.data : {}, (at) => out.has(at))
  const id = randomUUIDv7()
  await insertRun(db, actor, id, {
    name: came.name,
    columns: [...columns],
    mapping: { ...mapping },
    again: false,
  })
  await insertLines(db, actor, id, lines)
  return { id }
}

interface Sheet {
  readonly columns: readonly string[]
  readonly lines: readonly (readonly string[])[]
}

async function linesIn(pieces: readonly Uint8Array[]): Promise<Sheet | RunRefused> {
  const rows: (readonly string[])[] = []
  for await (const cells of rowsIn(Buffer.concat(pieces))) {
    if (cells === null) return { refused: 'not-a-sheet' }
    rows.push(cells)
    if (rows.length > mostLines + 1) return { refused: 'too-many-lines' }
  }
  const [first = [], ...lines] = rows
  const columns = first.map((column) => column.trim().slice(0, 200))
  if (columns.length > mostColumns) return { refused: 'too-many-columns' }
  return lines.length === 0 ? { refused: 'no-lines' } : { columns, lines }
}

/** The rows of a CSV file or of a workbook's first sheet; null for what is neither. */
async function* rowsIn(bytes: Buffer): AsyncGenerator<readonly string[] | null> {
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04') {
    yield* (await workbookRows(bytes)) ?? [null]
    return
  }
  if (looksBinary(bytes)) yield null
  else for await (const row of csvRows(Readable.from([bytes]))) yield row.cells
}

/** Text has no octet of nothing in it, but for the one encoding that is made of pairs. */
function looksBinary(start: Uint8Array): boolean {
  const pairs = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)
  return !pairs && start.subarray(0, 4096).includes(0)
}

/** What is never asked is not kept either, not even sealed and not for a moment. */
function withoutForbidden(columns: readonly string[], lines: readonly (readonly string[])[]): Sheet {
  const out = new Set(forbiddenColumns(columns, neverAsked).map((each) => each.column))
  if (out.size === 0) return { columns, lines }
  return { columns, lines: lines.map((line) => line.map((cell, at) => (out.has(at) ? '' : cell))) }
}

/** Says which column is which, and whether lines whose name is here already become cases too; remembered for the next sheet. */
export async function setColumns(
  db: Tx,
  actor: Actor,
  id: string,
  wish: { readonly mapping: Readonly<Record<string, (typeof fieldIds)[number]>>; readonly again: boolean },
): Promise<
  { readonly done: true } | Twice | { readonly refused: 'missing' | 'not-now' | 'nothing' | 'forbidden' }
> {
  const run = await runById(db, actor, id, true)
  if (run === null) return { refused: 'missing' }
  if (run.state !== 'columns' && run.state !== 'ready') return { refused: 'not-now' }
  const mapping = mappingOf(wish)
  const out = new Set(forbiddenColumns(run.columns, neverAsked).map((each) => each.column))
  if (Object.keys(mapping).some((column) => out.has(Number(column)) || Number(column) >= run.columns.length))
    return { refused: 'forbidden' }
  if (!Object.values(mapping).some((field) => ['name', 'phone', 'email', 'needs', 'note'].includes(field)))
    return { refused: 'nothing' }
  const both = twice(mapping)
  if (both !== null) return both
  await saveRun(db, actor, run, 'ready', bodyOf({ ...run, mapping: { ...wish.mapping }, again: wish.again }))
  await saveMapping(db, actor, remembered(run.columns, mapping))
  await record(db, actor, { kind: 'case.changed', detail: { what: 'sheet-columns', run: id } })
  return { done: true }
}

function bodyOf({ name, columns, mapping, again }: Run) {
  return { name, columns, mapping, again }
}
