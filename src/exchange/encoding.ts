/** How letters lie in a file: by its mark at the beginning, or by the noughts beside its first ASCII letters. */
export function isUtf16(beginning: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first = -1, second = -1, third = -1, fourth = -1] = beginning
  if ((first === 0xff && second === 0xfe) || (first > 0 && second === 0 && third > 0 && fourth === 0))
    return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second > 0 && third === 0 && fourth > 0))
    return 'utf-16be'
  return null
}

/**
 * Bytes as text, without the mark at their beginning: UTF-16 where they look like it, else UTF-8. What is no UTF-8 is
 * Windows-1252, piece by piece between quotation marks, so that one such name does not spoil the names that are right.
 */
export function textIn(bytes: Uint8Array): string {
  const wide = isUtf16(bytes)
  if (wide !== null) return new TextDecoder(wide).decode(bytes)
  try {
    return utf8.decode(bytes)
  } catch {
    return piecesOf(bytes)
      .map(pieceIn)
      .join('"')
      .replace(/^\uFEFF/, '')
  }
}

/** The same for a file of any size: its bytes as UTF-8 where they are UTF-16, and as they are where not. */
export async function* narrowed(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null | undefined
  for await (const piece of pieces) {
    if (decoder === undefined) {
      const wide = isUtf16(piece)
      decoder = wide === null ? null : new TextDecoder(wide)
    }
    yield decoder === null ? piece : Buffer.from(decoder.decode(piece, { stream: true }))
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1252 = new TextDecoder('windows-1252')
const quote = 0x22

function piecesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = []
  let from = 0
  for (let at = bytes.indexOf(quote); at !== -1; at = bytes.indexOf(quote, from)) {
    pieces.push(bytes.subarray(from, at))
    from = at + 1
  }
  return [...pieces, bytes.subarray(from)]
}

function pieceIn(piece: Uint8Array): string {
  try {
    return utf8.decode(piece)
  } catch {
    return windows1252.decode(piece)
  }
}
