import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** A sealed card beside the wrap of its case's key. */
export interface WrappedCard {
  readonly case_id: string
  readonly id: string
  readonly body: Uint8Array
  readonly version: number
  readonly holder: string
  readonly key_version: number
  readonly party_version: number
  readonly wrap: Uint8Array
}

const UUID = 36

/**
 * Every card that the reader may see, in the order of cases, packed a few hundred to a piece: thousands of rows would cost more
 * to read than to open. A few pieces at a time, so that many searches at once hold little.
 */
export async function* packedCards(db: Tx): AsyncGenerator<Buffer> {
  await sql`declare cards_to_search no scroll cursor for select people.cards_to_search() as piece`.execute(db)
  for (;;) {
    const { rows } = await sql<{ piece: Buffer }>`fetch forward 2 from cards_to_search`.execute(db)
    for (const row of rows) yield row.piece
    if (rows.length < 2) break
  }
  await sql`close cards_to_search`.execute(db)
}

/** The cards of one piece. */
export function* unpacked(
  piece: Buffer,
  reader: { readonly partyId: string; readonly accountId: string },
): Generator<WrappedCard> {
  let at = 0
  const text = (length: number) => piece.toString('latin1', at, (at += length))
  const number = () => piece.readInt32BE((at += 4) - 4)
  const bytes = () => {
    const length = number()
    return piece.subarray(at, (at += length))
  }
  while (at < piece.length) {
    const case_id = text(UUID)
    const id = text(UUID)
    const holder = text(1) === 'p' ? reader.partyId : reader.accountId
    yield {
      case_id,
      id,
      holder,
      key_version: number(),
      party_version: number(),
      version: number(),
      wrap: bytes(),
      body: bytes(),
    }
  }
}
