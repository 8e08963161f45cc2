/** Below this a number does not leave the agency (DESIGN 4: by country): so few could be recognised. */
export const smallest = { uk: 5, us: 10 } as const

/** A table of counts with its totals: the last number of each row, and the last row, are sums. */
export type Totalled = readonly (readonly number[])[]

/** Puts the sums to a table: a total to each row, and a row of totals. */
export function withTotals(rows: Totalled, columns: number): Totalled {
  const summed = rows.map((row) => [...row, sum(row)])
  return [...summed, Array.from({ length: columns + 1 }, (_, at) => sum(summed.map((row) => row[at] ?? 0)))]
}

/**
 * Which numbers of a table with totals are held back: each that is smaller than the limit, and as many others as it takes that
 * none of those can be worked out from what is left. A number can be worked out exactly when every table that fits what is shown
 * has the same there, which is when it can be neither one more nor one less (the sums of a table move only round in rings).
 * None is never held back: it says nothing of anybody.
 */
export function heldBack(table: Totalled, limit: number): readonly (readonly boolean[])[] {
  const held = table.map((row) => row.map((count) => count > 0 && count < limit))
  for (let open = fixedIn(table, held); open !== null; open = fixedIn(table, held)) {
    const next = besideOf(table, held, open)
    if (next === null) return table.map((row) => row.map((count) => count > 0))
    const row = held[next.row]
    if (row !== undefined) row[next.column] = true
  }
  return held
}

interface Place {
  readonly row: number
  readonly column: number
}

/** A held number that what is shown gives away; null where there is none. */
function fixedIn(table: Totalled, held: readonly (readonly boolean[])[]): Place | null {
  for (const [row, marks] of held.entries())
    for (const [column, mark] of marks.entries())
      if (mark && !moves(table, held, { row, column })) return { row, column }
  return null
}

/** The smallest shown number in the same row or column, else anywhere: held as well, it opens a way round. */
function besideOf(table: Totalled, held: readonly (readonly boolean[])[], at: Place): Place | null {
  const shown = table.flatMap((cells, row) =>
    cells.flatMap((count, column) =>
      count > 0 && held[row]?.[column] !== true ? [{ row, column, count }] : [],
    ),
  )
  const near = shown.filter((each) => each.row === at.row || each.column === at.column)
  const [first] = (near.length > 0 ? near : shown).toSorted((a, b) => a.count - b.count)
  return first ?? null
}

/** Whether a held number could be one more or one less, while everything shown and every sum stays as it is. */
function moves(table: Totalled, held: readonly (readonly boolean[])[], at: Place): boolean {
  return (['up', 'down'] as const).some(
    (way) => may(table, at, way) && ringFrom(table, held, at, way === 'up' ? 'down' : 'up'),
  )
}

/** Sums count against what they add up, except the sum of sums. A held number is at least one, and stays so. */
function may(table: Totalled, { row, column }: Place, way: 'up' | 'down'): boolean {
  const isSum = (row === table.length - 1) !== (column === (table[row]?.length ?? 0) - 1)
  return (isSum ? way === 'down' : way === 'up') || (table[row]?.[column] ?? 0) >= 2
}

/** Whether a ring of held numbers leads from the column back to the row, each moved against the one before. */
function ringFrom(
  table: Totalled,
  held: readonly (readonly boolean[])[],
  from: Place,
  first: 'up' | 'down',
): boolean {
  const second = first === 'up' ? 'down' : 'up'
  const rows = new Set<number>()
  const columns = new Set([from.column])
  const ahead = [from.column]
  for (let column = ahead.pop(); column !== undefined; column = ahead.pop()) {
    for (const row of table.keys()) {
      const at = { row, column }
      const itself = row === from.row && column === from.column
      if (itself || rows.has(row) || held[row]?.[column] !== true || !may(table, at, first)) continue
      if (row === from.row) return true
      rows.add(row)
      for (const to of (table[row] ?? []).keys())
        if (!columns.has(to) && held[row]?.[to] === true && may(table, { row, column: to }, second)) {
          columns.add(to)
          ahead.push(to)
        }
    }
  }
  return false
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
