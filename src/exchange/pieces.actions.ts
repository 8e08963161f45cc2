import { Buffer } from 'node:buffer'
import { type Installation, keyedDigest, openBytes, sealBytes } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { addPiece, piecesOf } from './arrival.store.ts'
import type { GivenFile } from './given-file.ts'

/** How much of a file one row holds. */
export const pieceBytes = 256 * 1024

/**
 * A file lies between two requests sealed under the installation's key, which is not in the database: it may name a place that
 * nobody may find, and nobody has read it yet.
 */
export async function keepPiece(
  db: Tx,
  at: Pick<Installation, 'pepper'>,
  where: { readonly partyId: string; readonly arrivalId: string; readonly nth: number },
  piece: Uint8Array,
): Promise<void> {
  await addPiece(db, where, sealBytes(keyOf(at, where.arrivalId), place(where.nth), piece))
}

/** The whole file, opened. */
export async function fileOf(
  db: Tx,
  at: Pick<Installation, 'pepper'>,
  arrivalId: string,
  name: string,
): Promise<GivenFile> {
  const key = keyOf(at, arrivalId)
  const pieces = await piecesOf(db, arrivalId)
  const bytes = Buffer.concat(pieces.map((piece, nth) => openBytes(key, place(nth), piece)))
  return { kind: 'bytes', name, bytes }
}

function keyOf({ pepper }: Pick<Installation, 'pepper'>, arrivalId: string): Uint8Array {
  return keyedDigest(pepper, 'anydoor/exchange/piece/1', Buffer.from(arrivalId))
}

function place(nth: number): Uint8Array {
  return Buffer.from(`piece ${nth}`)
}
