import { type Bytes, fromText, openPiece, sealPiece, Unopenable } from '#platform/crypto'
import type { Tx } from '#platform/db'

import { type PaperHead, pieceBytes, rowsFor, sealedFrom } from './paper.ts'
import { insertPiece, type PaperAt, pieceRow } from './paper.store.ts'

/** Takes octets as they come and keeps them in sealed pieces; no more than one piece is held here. */
export interface PieceWriter {
  readonly take: (bytes: Uint8Array) => Promise<void>
  /** Keeps what is left, and empty pieces that hide how many there are; how many hold something. */
  readonly end: () => Promise<number>
}

/** A writer of one paper's pieces under the paper's own key. */
export function pieceWriter(db: Tx, at: PaperAt, key: Bytes): PieceWriter {
  let held: Uint8Array = new Uint8Array()
  let nth = 0
  const keep = async (piece: Uint8Array) => {
    await insertPiece(db, at, nth, sealPiece(key, place(at, nth), piece, sealedFrom))
    nth += 1
  }
  return {
    async take(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      while (held.length >= pieceBytes) {
        await keep(held.subarray(0, pieceBytes))
        held = held.subarray(pieceBytes)
      }
    },
    async end() {
      if (held.length > 0) await keep(held)
      const full = nth
      for (const rows = rowsFor(full); nth < rows;) await keep(new Uint8Array())
      return full
    },
  }
}

/** The octets of a paper; throws Unopenable when a piece is missing, moved or changed, or the length is another. */
export async function readPieces(db: Tx, at: PaperAt, head: PaperHead): Promise<Uint8Array<ArrayBuffer>> {
  const key = fromText(head.key)
  const whole = new Uint8Array(head.size)
  let filled = 0
  for (let nth = 0; nth < head.pieces; nth += 1) {
    const sealed = await pieceRow(db, at, nth)
    if (sealed === null) throw new Unopenable()
    const piece = openPiece(key, place(at, nth), sealed)
    if (filled + piece.length > head.size) throw new Unopenable()
    whole.set(piece, filled)
    filled += piece.length
  }
  if (filled !== head.size) throw new Unopenable()
  return whole
}

function place({ partyId, caseId, id }: PaperAt, nth: number) {
  return {
    party: partyId,
    table: 'papers.piece',
    column: 'body',
    row: `${caseId}/${id}/${nth}`,
    keyVersion: 1,
  }
}
