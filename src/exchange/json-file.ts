import {
  type JsonShape,
  jsonShapeOf,
  looksLikeRecord,
  type RawRecord,
  recordsOf,
  recordsOfItem,
} from '#directory'

import { textIn } from './encoding.ts'
import { beginningOf, bytesOf, filesIn, type GivenFile, textOf } from './given-file.ts'
import { jsonScanner, type ScannedItem, type ScannedTop } from './json-scan.rules.ts'

/** Records of a JSON file, found one after the other each time they are asked for; or why it is no such file. */
export type JsonRecords =
  | {
      readonly ok: true
      readonly open: () => AsyncIterable<RawRecord>
      /** The file is cut off: what stands before is read, and the last record says so. */
      readonly endsEarly: boolean
    }
  | { readonly ok: false; readonly refused: string }

/** The longest record that is read. */
const longest = 32_000_000

/**
 * Opens a JSON file of any size: one list, an object with a list of records in it, one record, a record in each line, or a
 * folder of such files. It is gone over once to see what it is; after that it is never in memory, but for a record.
 */
export async function openJson(file: GivenFile): Promise<JsonRecords> {
  if (file.kind === 'folder') return openFolder(file)
  if (await isLines(file)) return { ok: true, open: () => recordsInLines(file), endsEarly: false }
  const found = new Map<string, boolean>()
  const top = await scanned(file, ({ key, bytes }) => {
    found.set(key, found.get(key) === true || looksLikeRecord(parsed(bytes).json))
  })
  const shape = jsonShapeOf(top.cut === null ? top : { ...top, whole: true })
  if (!shape.ok) return shape
  if (shape.lists === null) return top.cut === null ? openOne(file) : shape.nothing
  const [main = ''] = shape.lists
  const inCut = top.cut === null ? [] : recordsInCut(top.cut, '')
  // Why an empty list is fine, and one that is cut off before its first record is not.
  const isThere = found.get(main) ?? top.cut === null
  if (!isThere && !inCut.some((each) => looksLikeRecord(each.json))) return shape.nothing
  return { ok: true, open: () => recordsInLists(file, shape), endsEarly: top.cut !== null }
}

/** Pages of a feed that were saved one by one: each file in turn, under its name. */
async function openFolder(folder: GivenFile): Promise<JsonRecords> {
  const files = (await filesIn(folder)).filter(({ name }) => /\.(json|jsonl|ndjson)$/i.test(name))
  const opened = await Promise.all(files.map(async (file) => ({ file, records: await openJson(file) })))
  const first = opened.find(({ records }) => records.ok)
  if (first === undefined) {
    const [{ records } = { records: null }] = opened
    return records?.ok === false ? records : { ok: false, refused: 'There is no JSON file in this folder.' }
  }
  return {
    ok: true,
    endsEarly: opened.some(({ records }) => records.ok && records.endsEarly),
    open: async function* () {
      for (const { file, records } of opened) {
        if (records.ok) for await (const raw of records.open()) yield under(`${file.name}: `, raw)
        else yield unread(file.name, { rule: 'file-unreadable', message: records.refused })
      }
    },
  }
}

function under(name: string, raw: RawRecord): RawRecord {
  const { path, organization, problems = [] } = raw
  return {
    ...raw,
    path: `${name}${path}`,
    organization: organization === null ? null : { ...organization, path: `${name}${organization.path}` },
    problems: problems.map((each) => ({ ...each, at: `${name}${each.at}` })),
  }
}

async function openOne(file: GivenFile): Promise<JsonRecords> {
  const read = recordsOf(await textOf(file))
  if (!read.ok) return read
  return {
    ok: true,
    endsEarly: false,
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
  for await (const piece of bytesOf(file)) {
    scanner.push(piece)
    for (const { key, index, bytes } of ready) {
      if (lists?.includes(key) !== true) continue
      yield* recordsIn(bytes, `${key}[${index}]`, lists.indexOf(key) > 0)
    }
    ready = []
  }
  const { cut } = scanner.end()
  if (cut !== null) yield* recordsInCut(cut, '')
}

/**
 * What a file that is cut off has of its last record, and then one that says that the file ended. The item may be a page of a
 * feed itself: then its records are read that are whole.
 */
function recordsInCut(
  { key, index, bytes }: NonNullable<ScannedTop['cut']>,
  before: string,
): readonly RawRecord[] {
  const ended = {
    rule: 'file-ended',
    message: 'The file ended early. What should have followed is not in it.',
  }
  if (index === null) return [unread(before === '' ? '$' : before, ended)]
  const path = `${before}${key}[${index}]`
  if (bytes.length === 0) return [unread(path, ended)]
  const whole = parsed(bytes)
  if (whole.problem === null)
    return [...recordsOfItem(whole.json, path, false), unread(`${before}${key}[${index + 1}]`, ended)]
  const records: RawRecord[] = []
  const scanner = jsonScanner((item) => {
    if (isPage(item.key)) records.push(...recordsIn(item.bytes, `${path}.${item.key}[${item.index}]`, false))
  }, longest)
  scanner.push(bytes)
  const { cut } = scanner.end()
  return cut !== null && isPage(cut.key)
    ? [...records, ...recordsInCut(cut, `${path}.`)]
    : [unread(path, ended)]
}

function isPage(key: string): boolean {
  return key === 'content' || key === 'contents'
}

async function* recordsInLines(file: GivenFile): AsyncGenerator<RawRecord> {
  let number = 0
  for await (const line of linesIn(file)) {
    number += 1
    const text = textIn(line)
    if (text.trim() !== '') yield* recordsIn(Buffer.from(text), `line ${number}`, false)
  }
}

/** Each line as bytes: a line of another encoding does not spoil the others. */
async function* linesIn(file: GivenFile): AsyncGenerator<Buffer> {
  let left: Buffer[] = []
  for await (const piece of bytesOf(file)) {
    let from = 0
    for (let at = piece.indexOf(0x0a); at !== -1; at = piece.indexOf(0x0a, from)) {
      yield Buffer.concat([...left, piece.subarray(from, at)])
      left = []
      from = at + 1
    }
    left.push(piece.subarray(from))
  }
  yield Buffer.concat(left)
}

function recordsIn(bytes: Buffer | null, path: string, alone: boolean): readonly RawRecord[] {
  const { json, problem } = parsed(bytes)
  return problem === null ? recordsOfItem(json, path, alone) : [unread(path, problem, alone)]
}

function unread(
  path: string,
  problem: { readonly rule: string; readonly message: string },
  isOrganization = false,
): RawRecord {
  return { path, json: null, isOrganization, organization: null, problems: [{ ...problem, at: path }] }
}

function parsed(bytes: Buffer | null): {
  readonly json: unknown
  readonly problem: { readonly rule: string; readonly message: string } | null
} {
  const problem = { rule: 'not-json', message: 'This is not JSON; it could not be read.' }
  if (bytes === null)
    return { json: null, problem: { rule: 'too-long', message: 'This record is too long to be read.' } }
  try {
    return { json: JSON.parse(textIn(bytes)) as unknown, problem: null }
  } catch {
    return { json: null, problem }
  }
}

async function scanned(file: GivenFile, onItem: (item: ScannedItem) => void): Promise<ScannedTop> {
  const scanner = jsonScanner(onItem, longest)
  for await (const piece of bytesOf(file)) scanner.push(piece)
  return scanner.end()
}

/** A record in each line: the first line is one whole object, and another begins after it. */
async function isLines(file: GivenFile): Promise<boolean> {
  const text = (await beginningOf(file)).bytes.toString('utf8').replace(/^\uFEFF/, '')
  const [, first = '', rest = ''] = /^([^\n]*)\n\s*(.?)/.exec(text) ?? []
  if (!first.trimStart().startsWith('{') || rest !== '{') return false
  return parsed(Buffer.from(first)).problem === null
}
