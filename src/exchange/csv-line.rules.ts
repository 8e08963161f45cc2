/** One physical line of a text file; `guessed` when it was no UTF-8 and was read as Windows-1252. */
export interface TextLine {
  readonly number: number
  readonly text: string
  readonly guessed: boolean
  /** Its end was left out. */
  readonly cut: boolean
}

/** No line is kept beyond this many bytes. */
const longestLine = 2 * 1_048_576

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const western = new TextDecoder('windows-1252')

/** The lines of a file of any age: UTF-8 or UTF-16 with its mark, Windows-1252; ends of line of every system. */
export async function* linesFrom(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let end = 0x0a
  let pending: Buffer[] = []
  let size = 0
  let number = 0
  let first = true
  const take = () => {
    number += 1
    const bytes = Buffer.concat(pending)
    pending = []
    const cut = size > longestLine
    size = 0
    return lineOf(bytes, number, cut)
  }
  for await (const chunk of inUtf8(chunks)) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (first) {
      first = false
      if (rest.subarray(0, 3).equals(mark)) rest = rest.subarray(3)
      if (!rest.includes(0x0a) && rest.includes(0x0d)) end = 0x0d
    }
    for (let at = rest.indexOf(end); at >= 0; at = rest.indexOf(end)) {
      keep(rest.subarray(0, at))
      rest = rest.subarray(at + 1)
      yield take()
    }
    keep(rest)
  }
  if (size > 0) yield take()

  function keep(piece: Buffer) {
    const room = longestLine - size
    size += piece.length
    if (room > 0 && piece.length > 0) pending.push(Buffer.from(piece.subarray(0, room)))
  }
}

const mark = Buffer.from([0xef, 0xbb, 0xbf])

function lineOf(bytes: Buffer, number: number, cut: boolean): TextLine {
  const line = bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes
  try {
    return { number, text: utf8.decode(line), guessed: false, cut }
  } catch {
    return { number, text: western.decode(line), guessed: true, cut }
  }
}

/** UTF-16 with its mark becomes UTF-8; everything else stays as it is. */
async function* inUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | null = null
  let first = true
  for await (const chunk of chunks) {
    if (first && chunk.length > 1) {
      if (chunk[0] === 0xff && chunk[1] === 0xfe) decoder = new TextDecoder('utf-16le')
      if (chunk[0] === 0xfe && chunk[1] === 0xff) decoder = new TextDecoder('utf-16be')
      first = false
    }
    yield decoder === null ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }))
  }
}
