import type { PostgresCursor, PostgresCursorConstructor, RawBuilder } from 'kysely'
import type pg from 'pg'

import type { Tx } from './pools.ts'

/**
 * Runs `copy … to stdout (format binary)` in the transaction and gives its rows as the server sends them, in pieces of whole
 * rows, some 64 KiB each; after the last row stands a count of -1. For thousands of sealed values, which as ordinary rows
 * would be spelled out in hexadecimal and read back. A few pieces wait at a time, however much there is.
 */
export async function* copyBinary(db: Tx, query: RawBuilder<Buffer>): AsyncGenerator<Buffer> {
  for await (const { rows } of db.getExecutor().stream<Buffer>(query.compile(db), 1)) yield* rows
}

/** What Kysely streams with: it asks for pieces, and node-postgres hands over what the server answers. */
export const copyCursor = CopyCursor as unknown as PostgresCursorConstructor

const pieceSize = 64 * 1024
const mostWaiting = 4
/** Signature and flags; then the length of an extension, and the extension. */
const headerSize = 15

interface Connection {
  readonly stream: Pick<NodeJS.ReadableStream, 'pause' | 'resume'>
  readonly query: (text: string) => void
}

function CopyCursor(text: string): PostgresCursor<Buffer> & pg.Submittable {
  const pieces = piecesOfRows()
  let connection: Connection | null = null
  let ended = false
  let failed: Error | null = null
  let left = false
  let wake: (() => void) | null = null
  const more = () => new Promise<void>((resolve) => ((wake = resolve), connection?.stream.resume()))
  // Its last word may come while the server is asked to stop sending: what the connection is asked next must still be heard.
  const end = () => ((ended = true), connection?.stream.resume(), wake?.())
  const nothing = () => undefined
  const answers = {
    handleCopyData({ chunk }: { readonly chunk: Buffer }) {
      if (left) return
      pieces.add(chunk)
      if (pieces.waiting() >= mostWaiting) connection?.stream.pause()
      if (pieces.waiting() > 0) wake?.()
    },
    handleError: (error: Error) => ((failed ??= error), end()),
    handleReadyForQuery: end,
    handleCommandComplete: nothing,
    handleRowDescription: nothing,
  }
  return {
    ...answers,
    submit(given: pg.Connection) {
      connection = given as unknown as Connection
      connection.query(text)
    },
    async read() {
      while (pieces.waiting() === 0 && !ended) await more()
      if (failed !== null) throw failed
      const piece = pieces.take()
      return piece === null ? [] : [piece]
    },
    /** Whoever stops early waits for the server's last word too, or the connection could not be used again. */
    async close() {
      left = true
      while (!ended) await more()
    },
  }
}

/** Gathers rows, each a message of the server, into pieces. A message must be copied at once: its octets are used again. */
function piecesOfRows() {
  const full: Buffer[] = []
  let open = Buffer.alloc(0)
  let filled = 0
  let begun = false
  const shut = () => {
    if (filled > 0) full.push(open.subarray(0, filled))
    open = Buffer.alloc(0)
    filled = 0
  }
  return {
    waiting: () => full.length,
    add(message: Buffer) {
      const from = begun ? 0 : headerSize + 4 + message.readInt32BE(headerSize)
      begun = true
      const length = message.length - from
      if (filled + length > open.length) {
        shut()
        open = Buffer.allocUnsafeSlow(Math.max(pieceSize, length))
      }
      message.copy(open, filled, from)
      filled += length
    },
    /** The next full piece; when none is left, what there is of the last. */
    take(): Buffer | null {
      if (full.length === 0) shut()
      return full.shift() ?? null
    },
  }
}
