import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { ZipFile } from 'yazl'
import type { Tx } from '#platform/db'

import { everyListedService, organizationsAlone } from './listed.store.ts'
import { type TabularColumn, type TabularTable, tabularTables } from './tabular.ts'
import { flattening, type FlatRow } from './tabular-flat.rules.ts'

/** The public directory as a zip with the tables of the HSDS data package; the same directory gives the same bytes. */
export async function* tabularZip(db: Tx): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'anydoor-tables-'))
  try {
    await tabularFolder(db, folder)
    const zip = new ZipFile()
    const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true }
    for (const name of ['datapackage.json', ...tabularTables.map((each) => each.file)])
      zip.addReadStreamLazy(name, options, (give) => give(null, createReadStream(join(folder, name))))
    zip.end()
    for await (const piece of zip.outputStream) yield piece as unknown as Uint8Array
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same as files in a folder, which is made where it is not there. Files of other names in it stay. */
export async function tabularFolder(db: Tx, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const files = new Map(tabularTables.map((each) => [each.name, createWriteStream(join(folder, each.file))]))
  for (const { name, columns } of tabularTables)
    files.get(name)?.write(stringify([columns.map((column) => column.name)]))
  const { rowsOf } = flattening()
  for await (const page of everyListedService(db))
    await write(
      files,
      page.flatMap((each) => [...rowsOf('service', { ...each }, {})]),
    )
  for await (const page of organizationsAlone(db))
    await write(
      files,
      page.flatMap((each) => [...rowsOf('organization', { ...each }, {})]),
    )
  for (const file of files.values()) {
    file.end()
    await once(file, 'finish')
  }
  await writeFile(join(folder, 'datapackage.json'), `${JSON.stringify(dataPackage, null, 2)}\n`)
}

async function write(files: ReadonlyMap<string, WriteStream>, rows: readonly FlatRow[]): Promise<void> {
  for (const [table, all] of Map.groupBy(rows, (each) => each.table)) {
    const file = files.get(table)
    const lines = stringify(
      all.map((each) => [...each.cells]),
      { quoted_match: /^\s|\s$|[\r\n]/ },
    )
    if (file?.write(lines) === false) await once(file, 'drain')
  }
}

/** What the tables hold, in the words of Frictionless Table Schema. */
const dataPackage = {
  profile: 'tabular-data-package',
  name: 'anydoor-directory',
  title: 'Services as the Human Services Data Specification 3.1 has them',
  resources: tabularTables.map(resourceOf),
}

function resourceOf({ name, file, columns }: TabularTable) {
  const keys = columns.flatMap((each) =>
    each.to === null ? [] : [{ fields: each.name, reference: { resource: each.to, fields: 'id' } }],
  )
  return {
    name,
    path: file,
    profile: 'tabular-data-resource',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: {
      primaryKey: 'id',
      fields: columns.map(fieldOf),
      ...(keys.length === 0 ? {} : { foreignKeys: keys }),
    },
  }
}

function fieldOf({ name, kind, required, unique, among }: TabularColumn) {
  const format = ['uuid', 'email', 'uri'].includes(kind) ? { type: 'string', format: kind } : { type: kind }
  return { name, ...format, constraints: { required, unique, ...(among === null ? {} : { enum: among }) } }
}
