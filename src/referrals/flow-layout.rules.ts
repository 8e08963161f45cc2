/** The measures of the picture, in units of its own; narrow enough that a telephone shows it at its size. */
export const canvas = { wide: 360, node: 8, gap: 10, low: 22, high: 260 } as const

/** A node on the left or the right. */
export interface Node {
  readonly at: number
  readonly y: number
  readonly high: number
}

/** A band from a row to a column. `thin`: its number is held back, so its width says nothing. */
export interface Band {
  readonly row: number
  readonly column: number
  readonly from: number
  readonly to: number
  readonly wide: number
  readonly thin: boolean
}

export interface Layout {
  readonly high: number
  readonly rows: readonly Node[]
  readonly columns: readonly Node[]
  readonly bands: readonly Band[]
}

const thinBand = 3

/** Where everything stands: nodes as high as what runs through them, at least as high as their name. */
export function layoutOf(counts: readonly (readonly (number | null)[])[], columns: number): Layout {
  const all = Math.max(
    1,
    counts.flat().reduce<number>((sum, each) => sum + (each ?? 0), 0),
  )
  const width = (count: number | null) => (count === null ? thinBand : (count / all) * canvas.high)
  const rows = stack(counts.map((row) => sum(row.map(width))))
  const to = stack(
    Array.from({ length: columns }, (_, column) => sum(counts.map((row) => width(row[column] ?? 0)))),
  )
  const fromEnd = rows.map((node, at) => node.y + (node.high - sum((counts[at] ?? []).map(width))) / 2)
  const toEnd = to.map(
    (node, column) => node.y + (node.high - sum(counts.map((row) => width(row[column] ?? 0)))) / 2,
  )
  const bands: Band[] = []
  for (const [row, cells] of counts.entries())
    for (const [column, count] of cells.entries()) {
      if (count === 0) continue
      const wide = width(count)
      bands.push({ row, column, from: fromEnd[row] ?? 0, to: toEnd[column] ?? 0, wide, thin: count === null })
      fromEnd[row] = (fromEnd[row] ?? 0) + wide
      toEnd[column] = (toEnd[column] ?? 0) + wide
    }
  const high = Math.max(...[...rows, ...to].map((node) => node.y + node.high), canvas.low)
  return { high, rows, columns: to, bands }
}

function stack(heights: readonly number[]): readonly Node[] {
  let y = 0
  return heights.map((height, at) => {
    const node = { at, y, high: Math.max(height, canvas.low) }
    y += node.high + canvas.gap
    return node
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
