import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

import { isUtf16, narrowed, textIn } from './encoding.ts'

/** A file or folder that somebody gives us, on the disk or in memory. It can be read more than once. */
export type GivenFile =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | { readonly kind: 'folder'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Buffer }

/** How a file begins: enough to tell what it is. */
export interface Beginning {
  readonly name: string
  /** Of a folder: the names in it. */
  readonly inside: readonly string[]
  /** Of a file: at most its first 64 KiB. */
  readonly bytes: Buffer
}

const beginningBytes = 65_536
const pieceBytes = 262_144

/** The file or folder of a path, or null when it cannot be read. */
export async function fileAt(path: string): Promise<GivenFile | null> {
  try {
    const found = await stat(path)
    const name = basename(path)
    if (found.isDirectory()) return { kind: 'folder', name, path }
    const file = await open(path, 'r')
    await file.close()
    return { kind: 'file', name, path }
  } catch {
    return null
  }
}

/** A text as if it were a file. */
export function givenText(text: string, name = 'file'): GivenFile {
  return { kind: 'bytes', name, bytes: Buffer.from(text) }
}

/** Its first bytes, or the names inside a folder. */
export async function beginningOf(file: GivenFile): Promise<Beginning> {
  const { name } = file
  if (file.kind === 'folder')
    return { name, inside: (await readdir(file.path)).toSorted(), bytes: Buffer.alloc(0) }
  if (file.kind === 'bytes')
    return { name, inside: [], bytes: narrow(file.bytes.subarray(0, beginningBytes)) }
  const handle = await open(file.path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginningBytes), 0, beginningBytes, 0)
    return { name, inside: [], bytes: narrow(buffer.subarray(0, bytesRead)) }
  } finally {
    await handle.close()
  }
}

/** What can be told of a beginning is told in UTF-8. */
function narrow(bytes: Buffer): Buffer {
  return isUtf16(bytes) === null ? bytes : Buffer.from(textIn(bytes))
}

/** Its bytes from the start; a folder has none. */
export function streamOf(file: GivenFile): Readable {
  if (file.kind === 'file') return createReadStream(file.path, { highWaterMark: pieceBytes })
  return Readable.from(file.kind === 'bytes' ? [file.bytes] : [], { objectMode: false })
}

/** Its bytes from the start, in UTF-8 where they are UTF-16. */
export function bytesOf(file: GivenFile): AsyncIterable<Buffer> {
  return narrowed(streamOf(file) as AsyncIterable<Buffer>)
}

/** The files of a folder, those with numbers in their names in the order of the numbers. */
export async function filesIn(folder: GivenFile): Promise<readonly GivenFile[]> {
  if (folder.kind !== 'folder') return [folder]
  const inside = await readdir(folder.path, { withFileTypes: true })
  const order = new Intl.Collator('en', { numeric: true })
  return inside
    .filter((each) => each.isFile())
    .map(({ name }) => ({ kind: 'file' as const, name, path: join(folder.path, name) }))
    .toSorted((a, b) => order.compare(a.name, b.name))
}

/** The whole file as text. */
export async function textOf(file: GivenFile): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of streamOf(file)) pieces.push(piece as Buffer)
  return textIn(Buffer.concat(pieces))
}

/** The digest of a file; of a folder that of the files in it, by name. */
export async function sha256Of(file: GivenFile): Promise<Uint8Array> {
  const hash = createHash('sha256')
  if (file.kind === 'folder') {
    const inside = await readdir(file.path, { withFileTypes: true })
    const names = inside.filter((each) => each.isFile()).map((each) => each.name)
    for (const name of names.toSorted()) {
      hash.update(JSON.stringify(name))
      hash.update(await sha256Of({ kind: 'file', name, path: join(file.path, name) }))
    }
  } else for await (const piece of streamOf(file)) hash.update(piece as Buffer)
  return hash.digest()
}

/** Line by line: a file of postcodes is longer than a text can be. */
export function linesOf(file: GivenFile): AsyncIterable<string> {
  return createInterface({ input: streamOf(file), crlfDelay: Infinity })
}
