import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

import { columnList, type StoredTable } from './tables.ts'

/** What was written: how many rows, and the SHA-256 of the file in hexadecimal. */
export interface Copied {
  readonly rows: number
  readonly sha256: string
}

/** Streams a table, as the transaction of `client` sees it, into a compressed file that only we may read. */
export async function copyOut(client: pg.Client, table: StoredTable, file: string): Promise<Copied> {
  const source = client.query(copyTo(`copy ${table.name} (${columnList(client, table)}) to stdout`))
  const hash = createHash('sha256')
  await pipeline(
    source,
    createGzip(),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }),
  )
  return { rows: source.rowCount, sha256: hash.digest('hex') }
}

/** Streams such a file into the table of `client`'s transaction; gives how many rows came in. */
export async function copyIn(client: pg.Client, table: StoredTable, file: string): Promise<number> {
  const target = client.query(copyFrom(`copy ${table.name} (${columnList(client, table)}) from stdin`))
  await pipeline(createReadStream(file), createGunzip(), target)
  return target.rowCount
}

/** The SHA-256 of a file in hexadecimal. */
export async function fileHash(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
