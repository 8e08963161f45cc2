import { outcodeOf } from './place.rules.ts'

/** The middle of a postcode district. */
export interface OutcodeMiddle {
  readonly code: string
  readonly latitude: number
  readonly longitude: number
}

/** What a file of postcodes came to. */
export interface PostcodeReport {
  readonly outcodes: readonly OutcodeMiddle[]
  readonly taken: number
  /** Ended postcodes, those without a place, and what is no postcode. */
  readonly leftOut: number
  /** Postcodes of Northern Ireland, whose licence is another one. */
  readonly northernIreland: number
}

/**
 * Reduces a file laid out as the ONS Postcode Directory to the middle of each district; no whole postcode is kept. The part of
 * Northern Ireland (BT) is free only where nobody earns by it, so it is left out unless asked for. Null: no such file.
 */
export async function outcodesIn(
  lines: AsyncIterable<string> | Iterable<string>,
  withNorthernIreland: boolean,
): Promise<PostcodeReport | null> {
  let at: Columns | null = null
  const sums = new Map<string, { count: number; latitude: number; longitude: number }>()
  const counts = { taken: 0, leftOut: 0, northernIreland: 0 }
  for await (const line of lines) {
    if (line.trim() === '') continue
    const cells = cellsOf(line)
    if (at === null) {
      at = columnsOf(cells)
      if (at === null) return null
      continue
    }
    const read = readRow(cells, at)
    if (read === null) counts.leftOut += 1
    else if (read.letters === 'BT' && !withNorthernIreland) counts.northernIreland += 1
    else {
      const sum = sums.get(read.outcode) ?? { count: 0, latitude: 0, longitude: 0 }
      sum.count += 1
      sum.latitude += read.latitude
      sum.longitude += read.longitude
      sums.set(read.outcode, sum)
      counts.taken += 1
    }
  }
  const outcodes = [...sums].map(([code, { count, latitude, longitude }]) => ({
    code,
    latitude: round(latitude / count),
    longitude: round(longitude / count),
  }))
  return at === null ? null : { outcodes, ...counts }
}

interface Columns {
  readonly code: number
  readonly ended: number
  readonly latitude: number
  readonly longitude: number
}

function columnsOf(head: readonly string[]): Columns | null {
  const names = head.map((each) => each.replace(/^\uFEFF/, '').toLowerCase())
  const find = (...wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name))
  const at = {
    code: find('pcds', 'pcd', 'pcd7'),
    ended: find('doterm'),
    latitude: find('lat'),
    longitude: find('long'),
  }
  return at.code < 0 || at.latitude < 0 || at.longitude < 0 ? null : at
}

function readRow(cells: readonly string[], at: Columns) {
  // Why: the column of seven characters has its second part in the last three, with or without a blank.
  const code = outcodeOf((cells[at.code] ?? '').replace(/\s*(\d[a-z]{2})\s*$/i, ' $1'))
  const latitude = Number(cells[at.latitude] || Number.NaN)
  const longitude = Number(cells[at.longitude] || Number.NaN)
  const ended = at.ended >= 0 && (cells[at.ended] ?? '') !== ''
  // Postcodes without a place stand at 99.999999 north.
  const placed = latitude > 49 && latitude < 61.5 && longitude > -9 && longitude < 3
  return code === null || ended || !placed ? null : { ...code, latitude, longitude }
}

function cellsOf(line: string): readonly string[] {
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []
  return cells.map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, '').trim())
}

function round(degrees: number): number {
  return Math.round(degrees * 1000) / 1000
}
