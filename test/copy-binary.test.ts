import { setTimeout as sleep } from 'node:timers/promises'

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { copyBinary, openPool, type Pool } from '#platform/db'

import { copyCursor } from '../src/platform/db/copy-binary.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'

let database: FreshDatabase
let pool: Pool

beforeAll(async () => {
  database = await freshDatabase()
  pool = openPool(database.urlFor('web'), 1)
})
afterAll(async () => {
  await pool.destroy()
  await database.close()
})

/** Numbers 1 to `count`, each beside as many octets as it says, times `wide`. */
const rows = (count: number, wide = 1) =>
  sql<Buffer>`copy (select n, convert_to(repeat('x', n * ${sql.lit(wide)}), 'UTF8') from generate_series(1, ${sql.lit(count)}) n)
    to stdout (format binary)`

/** What reads a copy, as its connection sees it. */
interface Cursor {
  readonly submit: (connection: object) => void
  readonly handleCopyData: (message: { readonly chunk: Buffer }) => void
  readonly handleReadyForQuery: () => void
  readonly read: () => Promise<readonly Buffer[]>
  readonly close: () => Promise<void>
}

/** The numbers of the rows in one piece; each row must be whole. */
function numbers(piece: Buffer, wide: number): readonly number[] {
  const found: number[] = []
  let at = 0
  while (at < piece.length && piece.readInt16BE(at) !== -1) {
    const n = piece.readInt32BE(at + 6)
    expect(piece.readInt32BE(at + 10)).toBe(n * wide)
    found.push(n)
    at += 14 + n * wide
  }
  return found
}

test.each([
  [0, 1],
  [1, 1],
  [2_000, 1],
  [3, 100_000],
])(
  '%i rows come whole and in order, each of them up to %i times as long as its number',
  async (count, wide) => {
    const found = await pool.transaction().execute(async (db) => {
      const all: number[] = []
      for await (const piece of copyBinary(db, rows(count, wide))) all.push(...numbers(piece, wide))
      return all
    })
    expect(found).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  },
)

test('whoever leaves early, or throws, leaves a connection that answers', async () => {
  const left = await pool.transaction().execute(async (db) => {
    for await (const _piece of copyBinary(db, rows(5_000))) {
      // Long enough that the rest waits unread.
      await sleep(100)
      break
    }
    return sql<{ n: number }>`select 1 as n`.execute(db)
  })
  expect(left.rows).toEqual([{ n: 1 }])
  const thrown = pool.transaction().execute(async (db) => {
    for await (const _piece of copyBinary(db, rows(5_000))) throw new Error('No further.')
  })
  await expect(thrown).rejects.toThrow('No further.')
  expect((await sql`select 2 as n`.execute(pool)).rows).toEqual([{ n: 2 }])
})

test('the server’s last word, heard while it was asked to stop sending, leaves the connection listening', async () => {
  let listening = true
  const stream = { pause: () => (listening = false), resume: () => (listening = true) }
  const cursor = (copyCursor as unknown as (text: string) => Cursor)('copy')
  cursor.submit({ stream, query: () => undefined })
  const first = Buffer.alloc(19)
  cursor.handleCopyData({ chunk: first })
  while (listening) cursor.handleCopyData({ chunk: Buffer.alloc(60_000) })
  cursor.handleReadyForQuery()
  let read = 0
  for (let rows = await cursor.read(); rows.length > 0; rows = await cursor.read())
    read += rows[0]?.length ?? 0
  await cursor.close()
  expect([listening, read % 60_000]).toEqual([true, 0])
})

test('what the server refuses is thrown, before the first row and after many', async () => {
  const read = (query: ReturnType<typeof rows>) =>
    pool.transaction().execute(async (db) => {
      for await (const _piece of copyBinary(db, query));
    })
  await expect(
    read(sql<Buffer>`copy (select * from keyring.nothing) to stdout (format binary)`),
  ).rejects.toThrow()
  const late = sql<Buffer>`copy (select 1 / (40000 - n) from generate_series(1, 50000) n) to stdout (format binary)`
  await expect(read(late)).rejects.toThrow('division by zero')
  expect((await sql`select 3 as n`.execute(pool)).rows).toEqual([{ n: 3 }])
})
