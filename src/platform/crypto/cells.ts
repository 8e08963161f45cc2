import { type Bytes, Unopenable } from './bytes.ts'
import { cellSize, padded, unpadded } from './padding.ts'
import { openBytes, sealBytes } from './seals.ts'

/** Where a sealed cell lives and under which version of its key; it opens nowhere else. */
export interface CellAddress {
  readonly party: string
  readonly table: string
  readonly column: string
  readonly row: string
  readonly keyVersion: number
}

/** Seals text for one place; the length is hidden up to the next multiple of 64 octets. */
export function sealCell(key: Bytes, address: CellAddress, text: string): Bytes {
  const length = Buffer.byteLength(text)
  const plain = Buffer.alloc(cellSize(length))
  plain.write(text, 0, 'utf8')
  plain[length] = 0x80
  return sealBytes(key, addressBytes(address), plain)
}

/** Opens `sealCell`; throws Unopenable for another key, another place, or a changed octet. */
export function openCell(key: Bytes, address: CellAddress, sealed: Bytes): string {
  const plain = unpadded(openBytes(key, addressBytes(address), sealed))
  return Buffer.from(plain.buffer, plain.byteOffset, plain.length).toString('utf8')
}

/** `sealCell` for a JSON value; what JSON cannot say (undefined, a function) is a fault. */
export function sealJson(key: Bytes, address: CellAddress, value: unknown): Bytes {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError('Only a JSON value can be sealed.')
  return sealCell(key, address, text)
}

/** Opens `sealJson`; throws Unopenable as `openCell` does, and for text that is not JSON. */
export function openJson(key: Bytes, address: CellAddress, sealed: Bytes): unknown {
  return readJson(openCell(key, address, sealed))
}

/** The value that an opened cell says; throws Unopenable for text that is not JSON, and says nothing of it. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Unopenable()
  }
}

/** Seals octets for one place, filled up to `size`, which must be longer than they are. */
export function sealPiece(key: Bytes, address: CellAddress, piece: Bytes, size: number): Bytes {
  if (piece.length >= size) throw new RangeError('A piece must be shorter than what it is filled up to.')
  return sealBytes(key, addressBytes(address), padded(piece, size))
}

/** Opens `sealPiece`; throws Unopenable for another key, another place, or a changed octet. */
export function openPiece(key: Bytes, address: CellAddress, sealed: Bytes): Bytes {
  return unpadded(openBytes(key, addressBytes(address), sealed))
}

const LABEL = Buffer.from('anydoor/cell/1')

/**
 * The octets a cell is bound to; the row's stand last. Written in place, not through `framed`: a list opens thousands of
 * cells in one request.
 */
export function addressBytes(address: CellAddress): Bytes {
  const { party, table, column, row, keyVersion } = address
  const longest = LABEL.length + 4 * 5 + 3 * (party.length + table.length + column.length + row.length)
  const frame = Buffer.allocUnsafe(longest)
  frame.set(LABEL)
  frame.writeUInt32BE(keyVersion, LABEL.length)
  let at = writePart(frame, LABEL.length + 4, party)
  at = writePart(frame, at, table)
  at = writePart(frame, at, column)
  at = writePart(frame, at, row)
  return frame.subarray(0, at)
}

function writePart(frame: Buffer, at: number, part: string): number {
  const length = frame.write(part, at + 4, 'utf8')
  frame.writeUInt32BE(length, at)
  return at + 4 + length
}
