import {
  type JsonShape,
  jsonShapeOf,
  looksLikeRecord,
  type RawRecord,
  recordsOf,
  recordsOfItem,
} from '#directory'

import { beginningOf, type GivenFile, linesOf, streamOf, textOf } from './given-file.ts'
import { jsonScanner, type ScannedItem, type ScannedTop } from './json-scan.rules.ts'

/** Records of a JSON file, found one after the other each time they are asked for; or why it is no such file. */
export type JsonRecords =
  | { readonly ok: true; readonly open: () => AsyncIterable<RawRecord> }
  | { readonly ok: false; readonly refused: string }

/** The longest record that is read. */
const longest = 32_000_000

/**
 * Opens a JSON file of any size: one list, an object with a list of records in it, one record, or a record in each line. The file
 * is gone over once to see what it is; after that it is never in memory, but for a record.
 */
export async function openJson(file: GivenFile): Promise<JsonRecords> {
  if (await isLines(file)) return { ok: true, open: () => recordsInLines(file) }
  const lists = new Map<string, { items: number; found: boolean }>()
  const top = await scanned(file, ({ key, bytes }) => {
    const list = lists.get(key) ?? { items: 0, found: false }
    list.items += 1
    list.found ||= looksLikeRecord(parsed(bytes).json)
    lists.set(key, list)
  })
  const shape = jsonShapeOf(top)
  if (!shape.ok) return shape
  if (shape.lists === null) return openOne(file)
  const [main = ''] = shape.lists
  const found = lists.get(main)
  if (found !== undefined && !found.found) return shape.nothing
  return { ok: true, open: () => recordsInLists(file, shape) }
}

async function openOne(file: GivenFile): Promise<JsonRecords> {
  const read = recordsOf(await textOf(file))
  if (!read.ok) return read
  return {
    ok: true,
    open: async function* () {
      yield* read.records
    },
  }
}

async function* recordsInLists(
  file: GivenFile,
  { lists }: Extract<JsonShape, { readonly ok: true }>,
): AsyncGenerator<RawRecord> {
  let ready: ScannedItem[] = []
  const scanner = jsonScanner((item) => void ready.push(item), longest)
  for await (const piece of streamOf(file)) {
    scanner.push(piece as Buffer)
    for (const { key, index, bytes } of ready) {
      if (lists?.includes(key) !== true) continue
      yield* recordsIn(bytes, `${key}[${index}]`, lists.indexOf(key) > 0)
    }
    ready = []
  }
}

async function* recordsInLines(file: GivenFile): AsyncGenerator<RawRecord> {
  let number = 0
  for await (const line of linesOf(file)) {
    number += 1
    const text = line.replace(/^\uFEFF/, '')
    if (text.trim() !== '') yield* recordsIn(Buffer.from(text), `line ${number}`, false)
  }
}

function recordsIn(bytes: Buffer | null, path: string, alone: boolean): readonly RawRecord[] {
  const { json, problem } = parsed(bytes)
  if (problem === null) return recordsOfItem(json, path, alone)
  return [
    { path, json: null, isOrganization: alone, organization: null, problems: [{ ...problem, at: path }] },
  ]
}

function parsed(bytes: Buffer | null): {
  readonly json: unknown
  readonly problem: { readonly rule: string; readonly message: string } | null
} {
  const problem = { rule: 'not-json', message: 'This is not JSON; it could not be read.' }
  if (bytes === null)
    return { json: null, problem: { rule: 'too-long', message: 'This record is too long to be read.' } }
  try {
    return { json: JSON.parse(bytes.toString('utf8')) as unknown, problem: null }
  } catch {
    return { json: null, problem }
  }
}

async function scanned(file: GivenFile, onItem: (item: ScannedItem) => void): Promise<ScannedTop> {
  const scanner = jsonScanner(onItem, longest)
  for await (const piece of streamOf(file)) scanner.push(piece as Buffer)
  return scanner.end()
}

/** A record in each line: the first line is one whole object, and another begins after it. */
async function isLines(file: GivenFile): Promise<boolean> {
  const text = (await beginningOf(file)).bytes.toString('utf8').replace(/^\uFEFF/, '')
  const [, first = '', rest = ''] = /^([^\n]*)\n\s*(.?)/.exec(text) ?? []
  if (!first.trimStart().startsWith('{') || rest !== '{') return false
  return parsed(Buffer.from(first)).problem === null
}
