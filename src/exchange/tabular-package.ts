import { readdir, realpath } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { z } from 'zod'

import type { GivenFile } from './given-file.ts'
import { tabularTable, type TabularTable, tabularTables } from './tabular.ts'
import { openZip } from './zip-file.ts'

/** One table of a package and where its rows are. */
export interface PackedTable {
  readonly table: TabularTable
  /** As it is said in a report: `services.csv`. */
  readonly place: string
  readonly delimiter: string | null
  readonly stream: () => Promise<Readable>
}

/** A folder or zip as a data package, or the sentence that says why it is none. */
export type OpenedPackage =
  | {
      readonly ok: true
      readonly tables: readonly PackedTable[]
      /** Files in it that are no table of ours. */
      readonly others: readonly string[]
      readonly close: () => void
    }
  | { readonly ok: false; readonly refused: string }

/** Files by name, wherever they lie. */
interface Files {
  readonly names: readonly string[]
  readonly stream: (name: string) => Promise<Readable>
  readonly close: () => void
}

const described = 'datapackage.json'
const largestDescription = 16 * 1_048_576
/** Tables of the standard that are none of ours: who changed what, and what the tables are called. */
const passedOver = ['metadata.csv', 'meta_table_descriptions.csv']

/** Opens the HSDS tabular data package that a folder, a zip or a `datapackage.json` is. */
export async function openPackage(file: GivenFile): Promise<OpenedPackage> {
  const files = await filesOf(file)
  if ('refused' in files) return { ok: false, refused: files.refused }
  const description = files.names.find((name) => basename(name) === described)
  const root = description === undefined ? rootOf(files.names) : dirname(description)
  const read = description === undefined ? [] : await resourcesOf(files, description)
  if (read === null) return refuse(files, `Its ${described} is not JSON with a list of resources.`)
  const wanted = tabularTables.map((table) => {
    const resource = read.find((each) => each.name === table.name)
    return { table, path: resource?.path ?? table.file, delimiter: resource?.dialect?.delimiter ?? null }
  })
  const tables = wanted.flatMap(({ table, path, delimiter }): readonly PackedTable[] => {
    const name = files.names.find((each) => sameName(each, inFolder(root, path)))
    if (name === undefined) return []
    return [{ table, place: basename(name), delimiter, stream: () => files.stream(name) }]
  })
  if (!tables.some(({ table }) => table.name === 'service' || table.name === 'organization'))
    return refuse(files, 'There is neither services.csv nor organizations.csv in it.')
  const known = new Set(tables.map((each) => each.place.toLowerCase()))
  const others = files.names
    .map((name) => basename(name))
    .filter((name) => /\.(csv|tsv|txt)$/i.test(name) && !known.has(name.toLowerCase()))
    .filter((name) => !passedOver.includes(name.toLowerCase()))
  return { ok: true, tables, others, close: files.close }
}

/** Whether the names in a folder are those of a data package. */
export function isPackage(names: readonly string[]): boolean {
  return names.some((name) => [described, 'services.csv', 'organizations.csv'].includes(name.toLowerCase()))
}

async function filesOf(file: GivenFile): Promise<Files | { readonly refused: string }> {
  if (file.kind === 'folder') return folderOf(file.path)
  if (file.name === described && file.kind === 'file') return folderOf(dirname(file.path))
  const zip = await openZip(file.kind === 'bytes' ? file.bytes : file.path)
  return zip.ok ? zip : { refused: zip.refused }
}

/** The files of a folder and of the folders in it, none beyond it: a link that leads out is not followed. */
async function folderOf(path: string): Promise<Files> {
  const root = await realpath(path)
  const found = await readdir(root, { withFileTypes: true, recursive: true })
  const names: string[] = []
  for (const each of found.filter((one) => one.isFile() || one.isSymbolicLink()).slice(0, 2_000)) {
    const whole = join(each.parentPath, each.name)
    const real = await realpath(whole).catch(() => null)
    if (real?.startsWith(root + sep) === true) names.push(whole.slice(root.length + 1).replaceAll(sep, '/'))
  }
  return {
    names: names.toSorted(),
    stream: async (name) => createReadStream(join(root, name)),
    close: () => undefined,
  }
}

const Described = z.object({
  resources: z.array(
    z.object({
      name: z.string().optional(),
      path: z.union([z.string(), z.array(z.string()).transform((all) => all[0])]).optional(),
      dialect: z
        .object({ delimiter: z.string().length(1).optional() })
        .optional()
        .catch(undefined),
    }),
  ),
})

async function resourcesOf(files: Files, name: string) {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of await files.stream(name)) {
    size += (piece as Buffer).length
    if (size > largestDescription) return null
    pieces.push(piece as Buffer)
  }
  try {
    const json: unknown = JSON.parse(
      Buffer.concat(pieces)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
    const read = Described.safeParse(json)
    return read.success ? read.data.resources.filter((each) => tabularTable(each.name ?? '') !== null) : null
  } catch {
    return null
  }
}

/** The folder within a package in which its tables lie. */
function rootOf(names: readonly string[]): string {
  const services = names.find((name) => isPackage([basename(name)]))
  return services === undefined ? '.' : dirname(services)
}

function inFolder(root: string, path: string): string {
  return root === '.' ? path.replace(/^\.\//, '') : `${root}/${path.replace(/^\.\//, '')}`
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function refuse(files: Files, why: string): { readonly ok: false; readonly refused: string } {
  files.close()
  return { ok: false, refused: `This is no HSDS data package. ${why}` }
}
