/** Where somebody stands in the picture: above whoever the file is for, beside, or below. */
export type Place = 'above' | 'beside' | 'below'

export interface DiagramPerson {
  readonly id: string
  readonly place: Place
}

export interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly self: Box
  readonly boxes: readonly Box[]
}

export const box = { wide: 120, high: 66, across: 16, down: 44 } as const
const perRow = 3

/**
 * Where each box stands. It knows nobody but those it is given: whoever is left out leaves no gap. Three side by side fit a
 * telephone; whoever the file is for stands alone in the middle, so that no line crosses a box. `dir` mirrors it for writing
 * from the right.
 */
export function layoutOf(people: readonly DiagramPerson[], dir: 'ltr' | 'rtl'): Layout {
  const rows: (readonly (DiagramPerson | null)[])[] = []
  const of = (place: Place) => people.filter((each) => each.place === place)
  for (const row of rowsOf(of('above'))) rows.push(row)
  const beside = of('beside')
  const [left, right, ...more] = beside
  rows.push([left ?? null, null, right ?? null])
  const selfRow = rows.length - 1
  for (const row of [...rowsOf(more), ...rowsOf(of('below'))]) rows.push(row)
  const width = perRow * box.wide + (perRow - 1) * box.across
  const x = (at: number, count: number) => {
    const used = count * box.wide + (count - 1) * box.across
    const from = (width - used) / 2 + at * (box.wide + box.across)
    return dir === 'rtl' ? width - from - box.wide : from
  }
  const y = (row: number) => row * (box.high + box.down)
  const boxes = rows.flatMap((row, down) =>
    row.flatMap((each, at) => (each === null ? [] : [{ id: each.id, x: x(at, row.length), y: y(down) }])),
  )
  const self = { id: 'self', x: x(1, perRow), y: y(selfRow) }
  return { width, height: rows.length * (box.high + box.down) - box.down, self, boxes }
}

function rowsOf(people: readonly DiagramPerson[]): readonly (readonly DiagramPerson[])[] {
  const count = Math.ceil(people.length / perRow)
  return Array.from({ length: count }, (_, at) => people.slice(at * perRow, (at + 1) * perRow))
}

/** A name in at most two lines of a box; what does not fit ends in an ellipsis, and stands whole in the table. */
export function nameLines(name: string, longest = 14): readonly string[] {
  const lines: string[] = []
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= longest) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const shown = lines
    .slice(0, 2)
    .map((line) => (line.length > longest ? `${line.slice(0, longest - 1)}…` : line))
  const [first = '', second] = shown
  if (lines.length <= 2 || second === undefined) return shown
  return [first, second.endsWith('…') ? second : `${second.slice(0, longest - 1)}…`]
}
