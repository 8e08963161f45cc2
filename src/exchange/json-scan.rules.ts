/** One value that stands directly in a list at the top of a JSON file, not yet parsed. */
export interface ScannedItem {
  /** The key of the list; empty when the file itself is the list. */
  readonly key: string
  readonly index: number
  /** The value as written; null when it is longer than is read at once. */
  readonly bytes: Uint8Array | null
}

/** What stands at the top of a JSON file: a list, or an object whose keys are these; more than one such value: lines. */
export interface ScannedTop {
  readonly root: 'list' | 'object' | 'lines' | 'other'
  /** Each key of the object, and whether its value is a list. */
  readonly keys: ReadonlyMap<string, boolean>
  /** Whether the file ends where its value ends. */
  readonly whole: boolean
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a]
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Walks over the bytes of a JSON file of any size, a piece at a time, and hands on each item of a list at its top. It knows
 * strings and brackets and nothing else, so that an item that is no JSON is one item, and the next one is found all the same.
 */
export function jsonScanner(
  onItem: (item: ScannedItem) => void,
  longest: number,
): { readonly push: (piece: Uint8Array) => void; readonly end: () => ScannedTop } {
  const keys = new Map<string, boolean>()
  let root: ScannedTop['root'] | null = null
  let depth = 0
  let inString = false
  let escaped = false
  /** The depth at which items stand, while inside a list whose items are handed on; else -1. */
  let itemDepth = -1
  let key = ''
  let index = 0
  let start = -1
  let carried: Uint8Array[] = []
  let length = 0
  /** Inside the top object: a key is being read, or the first byte of its value is awaited. */
  let text: number[] | null = null
  let waiting: 'key' | 'colon' | 'value' | null = null
  let strange = false
  let broken = false

  const keep = (piece: Uint8Array, to: number) => {
    if (start < 0) return
    length += to - start
    if (length <= longest) carried.push(piece.subarray(start, to))
    else carried = []
    start = 0
  }
  const emit = (piece: Uint8Array, to: number) => {
    keep(piece, to)
    const [only] = carried
    const bytes =
      length > longest ? null : carried.length === 1 && only !== undefined ? only : Buffer.concat(carried)
    onItem({ key, index, bytes })
    index += 1
    start = -1
    carried = []
    length = 0
  }
  const push = (piece: Uint8Array) => {
    if (start >= 0) start = 0
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at] ?? 0
      if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inString = false
        if (text !== null) {
          if (inString) text.push(byte)
          else {
            key = keyOf(text)
            text = null
            waiting = 'colon'
          }
        }
        continue
      }
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
      if (depth === itemDepth) {
        if (byte === comma || byte === closeList) {
          if (start >= 0) emit(piece, at)
          else if (byte === comma) emit(piece, at)
          if (byte === closeList) {
            itemDepth = -1
            depth -= 1
          }
          continue
        }
        if (start < 0) start = at
      } else if (depth === 0) {
        if (root !== null) {
          if (byte === openObject && root === 'object') root = 'lines'
          else if (root !== 'lines') strange = true
        } else if (byte === openList) {
          root = 'list'
          itemDepth = 1
          depth = 1
          continue
        } else root = byte === openObject ? 'object' : 'other'
        if (byte === openObject) waiting = 'key'
      } else if (depth === 1 && root === 'object') {
        if (waiting === 'key' && byte === quote) text = []
        else if (waiting === 'colon' && byte === colon) {
          waiting = 'value'
          continue
        } else if (waiting === 'value') {
          waiting = null
          keys.set(key, byte === openList)
          if (byte === openList) {
            itemDepth = 2
            index = 0
            depth = 2
            continue
          }
        } else if (byte === comma) waiting = 'key'
      }
      if (byte === quote) inString = true
      else if (byte === openObject || byte === openList) depth += 1
      else if (byte === closeObject || byte === closeList) {
        depth -= 1
        if (depth < 0) broken = true
      }
    }
    keep(piece, piece.length)
  }
  const end = (): ScannedTop => ({
    root: root ?? 'other',
    keys,
    whole: depth === 0 && !inString && !strange && !broken && start < 0,
  })
  return { push, end }
}

function keyOf(bytes: readonly number[]): string {
  try {
    return String(JSON.parse(`"${Buffer.from(bytes).toString('utf8')}"`))
  } catch {
    return ''
  }
}
