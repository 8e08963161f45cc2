/** One value that stands directly in a list at the top of a JSON file, not yet parsed. */
export interface ScannedItem {
  /** The key of the list; empty when the file itself is the list. */
  readonly key: string
  readonly index: number
  /** The value as written; null when it is longer than is read at once. */
  readonly bytes: Buffer | null
}

/** What stands at the top of a JSON file. */
export interface ScannedTop {
  readonly root: 'list' | 'object' | 'other'
  /** Each key of the object, and whether its value is a list. */
  readonly keys: ReadonlyMap<string, boolean>
  /** Whether the file ends where its value ends, and there is one value. */
  readonly whole: boolean
  /** Where a file that is cut off ends: in this item, of which there are these bytes; without an index, in no list. */
  readonly cut: { readonly key: string; readonly index: number | null; readonly bytes: Buffer } | null
}

/** A walk over the bytes of a file, between two pieces of it. */
interface Scan {
  readonly onItem: (item: ScannedItem) => void
  readonly longest: number
  readonly keys: Map<string, boolean>
  root: ScannedTop['root'] | null
  depth: number
  /** The depth at which items stand, while inside a list whose items are handed on; else -1. */
  itemDepth: number
  inString: boolean
  escaped: boolean
  wrong: boolean
  key: string
  index: number
  /** Where the item began in this piece; -1 outside an item. */
  start: number
  carried: Buffer[]
  length: number
  /** Inside the object at the top: what comes next. */
  awaits: 'key' | 'colon' | 'value' | 'comma'
  /** The bytes of the key that is being read. */
  text: Buffer[] | null
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a]
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]
const byteOrderMark = new Set([0xef, 0xbb, 0xbf])

/**
 * Walks over the bytes of a JSON file of any size, a piece at a time, and hands on each item of a list at its top. It knows
 * strings and brackets and nothing else, so that an item that is no JSON is one item, and the next one is found all the same.
 */
export function jsonScanner(
  onItem: (item: ScannedItem) => void,
  longest: number,
): { readonly push: (piece: Buffer) => void; readonly end: () => ScannedTop } {
  const scan: Scan = {
    onItem,
    longest,
    keys: new Map(),
    root: null,
    depth: 0,
    itemDepth: -1,
    inString: false,
    escaped: false,
    wrong: false,
    key: '',
    index: 0,
    start: -1,
    carried: [],
    length: 0,
    awaits: 'key',
    text: null,
  }
  const end = (): ScannedTop => ({
    root: scan.root ?? 'other',
    keys: scan.keys,
    whole: scan.root !== null && scan.depth === 0 && !scan.inString && !scan.wrong,
    cut: cutOf(scan),
  })
  return { push: (piece) => push(scan, piece), end }
}

function cutOf({ root, depth, inString, wrong, itemDepth, key, index, carried }: Scan): ScannedTop['cut'] {
  if (root === null || root === 'other' || wrong || (depth === 0 && !inString)) return null
  const inList = itemDepth >= 0 && depth >= itemDepth
  return inList ? { key, index, bytes: Buffer.concat(carried) } : { key, index: null, bytes: Buffer.alloc(0) }
}

function push(scan: Scan, piece: Buffer): void {
  if (scan.start >= 0) scan.start = 0
  let at = 0
  while (at < piece.length) {
    if (scan.inString) at = throughString(scan, piece, at)
    else {
      const byte = piece[at] ?? 0
      if (byte > 0x20) take(scan, piece, at, byte)
      at += 1
    }
  }
  keep(scan, piece, piece.length)
}

/** Goes to the end of a string, or of the piece; gives the place after it. */
function throughString(scan: Scan, piece: Buffer, from: number): number {
  let at = scan.escaped ? from + 1 : from
  scan.escaped = false
  while (at < piece.length) {
    const byte = piece[at]
    if (byte === quote) break
    at += byte === backslash ? 2 : 1
  }
  scan.escaped = at > piece.length
  scan.text?.push(piece.subarray(from, at))
  if (at >= piece.length) return piece.length
  scan.inString = false
  if (scan.text !== null) {
    scan.key = keyOf(Buffer.concat(scan.text))
    scan.text = null
    scan.awaits = 'colon'
  }
  return at + 1
}

function take(scan: Scan, piece: Buffer, at: number, byte: number): void {
  if (scan.depth === scan.itemDepth) {
    if (byte === comma || byte === closeList) {
      if (scan.start >= 0 || byte === comma) hand(scan, piece, at)
      if (byte === comma) return
      scan.itemDepth = -1
    } else if (scan.start < 0) scan.start = at
  } else if (scan.depth === 0) begin(scan, byte)
  else if (scan.depth === 1 && scan.root === 'object') member(scan, byte)
  if (byte === quote) scan.inString = true
  else if (byte === openObject || byte === openList) scan.depth += 1
  else if (byte === closeObject || byte === closeList) scan.depth -= 1
  if (scan.depth < 0) scan.wrong = true
}

/** The first byte of the whole value, or something after it. */
function begin(scan: Scan, byte: number): void {
  if (scan.root !== null) {
    scan.wrong ||= scan.root !== 'other'
    return
  }
  if (byteOrderMark.has(byte)) return
  scan.root = byte === openList ? 'list' : byte === openObject ? 'object' : 'other'
  if (scan.root === 'list') scan.itemDepth = 1
}

/** A byte between the members of the object at the top. */
function member(scan: Scan, byte: number): void {
  if (scan.awaits === 'key' && byte === quote) scan.text = []
  else if (scan.awaits === 'colon' && byte === colon) scan.awaits = 'value'
  else if (scan.awaits === 'value') {
    scan.awaits = 'comma'
    scan.keys.set(scan.key, byte === openList)
    if (byte === openList) {
      scan.itemDepth = 2
      scan.index = 0
    }
  } else if (byte === comma) scan.awaits = 'key'
}

function hand(scan: Scan, piece: Buffer, to: number): void {
  keep(scan, piece, to)
  const { key, index, carried, length, longest } = scan
  const [only] = carried
  const whole = carried.length === 1 && only !== undefined ? only : Buffer.concat(carried)
  scan.index += 1
  scan.start = -1
  scan.carried = []
  scan.length = 0
  scan.onItem({ key, index, bytes: length > longest ? null : whole })
}

/** Keeps what of the item lies in this piece. */
function keep(scan: Scan, piece: Buffer, to: number): void {
  if (scan.start < 0) return
  scan.length += to - scan.start
  if (scan.length <= scan.longest) scan.carried.push(piece.subarray(scan.start, to))
  else scan.carried = []
}

function keyOf(bytes: Buffer): string {
  try {
    return String(JSON.parse(`"${bytes.toString('utf8')}"`))
  } catch {
    return ''
  }
}
