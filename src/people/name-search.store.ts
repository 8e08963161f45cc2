import { sql } from 'kysely'

import type { CaseCellRow } from '#platform/access'
import { copyBinary, type Tx } from '#platform/db'

/**
 * Every card that the reader may see, a piece of a few hundred at a time. By COPY in binary: thousands of rows would cost more to
 * read than to open.
 */
export function cardPieces(db: Tx): AsyncGenerator<Buffer> {
  return copyBinary(db, sql<Buffer>`copy (select * from people.cards_to_search()) to stdout (format binary)`)
}

/** The cards of one piece: a count of columns for each, and each column after its length. */
export function* cardsOf(piece: Buffer): Generator<CaseCellRow> {
  let at = 0
  let from = 0
  const next = () => {
    from = at + 4
    at = from + piece.readInt32BE(at)
    return from
  }
  const octets = () => ({ bytes: piece, from: next(), to: at })
  while (at < piece.length && piece.readInt16BE(at) !== -1) {
    at += 2
    yield {
      piece,
      caseAt: next(),
      rowAt: next(),
      forParty: piece[next()] === 1,
      keyVersion: piece.readInt32BE(next()),
      partyVersion: piece.readInt32BE(next()),
      wrap: octets(),
      body: octets(),
    }
  }
}
