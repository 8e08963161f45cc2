import type { Tx } from '#platform/db'
import type { ServedList } from './list.ts'

/** So many entries are read at a time, and no more are in memory. */
const atOnce = 200

/**
 * A whole list as lines of JSON. Each batch is read in a short transaction of its own when the reader has taken the one before, so
 * that a slow reader holds neither memory nor a connection; null from `read` ends the stream early, as an error.
 */
export function ndjsonOf(
  list: ServedList,
  says: (json: object) => object,
  read: <T>(work: (db: Tx) => Promise<T>) => Promise<T | null>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let cursor: string | null = null
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const from = cursor
        const found = await read((db) => list.next(db, from, atOnce))
        if (found === null) throw new Error('busy')
        const lines = found.entries.map((each) => `${JSON.stringify(says(each))}\n`).join('')
        if (lines !== '') controller.enqueue(encoder.encode(lines))
        cursor = found.cursor
        if (cursor === null) controller.close()
      },
    },
    { highWaterMark: 1 },
  )
}
