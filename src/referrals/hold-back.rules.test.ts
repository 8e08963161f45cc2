import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { heldBack, smallest, type Totalled, withTotals } from './hold-back.rules.ts'

const limit = smallest.uk

/** Every table of whole numbers that fits what is shown: held numbers are at least one, as everybody knows. */
function fitting(table: Totalled, held: readonly (readonly boolean[])[]): readonly Totalled[] {
  const inner = table.slice(0, -1).map((row) => row.slice(0, -1))
  const free = inner.flatMap((row, at) =>
    row.flatMap((_, column) => (held[at]?.[column] === true ? [[at, column] as const] : [])),
  )
  const most = Math.max(...inner.flat()) + 2
  const found: Totalled[] = []
  const cells = inner.map((row) => [...row])
  const go = (index: number): void => {
    const at = free[index]
    if (at === undefined) {
      const whole = withTotals(cells, cells[0]?.length ?? 0)
      const fits = whole.every((row, r) =>
        row.every((count, c) => (held[r]?.[c] === true ? count >= 1 : count === table[r]?.[c])),
      )
      if (fits) found.push(whole.map((row) => [...row]))
      return
    }
    const row = cells[at[0]]
    if (row === undefined) return
    for (let count = 1; count <= most; count += 1) {
      row[at[1]] = count
      go(index + 1)
    }
  }
  go(0)
  return found
}

describe('what leaves the agency', () => {
  test('a single small number takes others with it, so that it is not what is missing', () => {
    const table = withTotals(
      [
        [2, 20],
        [30, 40],
      ],
      2,
    )
    const held = heldBack(table, limit)
    expect(held[0]?.[0]).toBe(true)
    // A ring of four at the least.
    expect(held.flat().filter(Boolean).length).toBeGreaterThanOrEqual(4)
    expect(heldBack(withTotals([[20, 30]], 2), limit).flat()).not.toContain(true)
  })

  test('two ones under a total of two are not told by the total', () => {
    const held = heldBack(withTotals([[1, 1, 7]], 3), limit)
    expect(held[0]?.filter(Boolean).length).toBeGreaterThan(2)
  })

  test('none stays shown, and nothing small is ever shown', () => {
    const cells = fc.integer({ min: 0, max: 30 })
    const tables = fc.array(fc.array(cells, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(tables, (rows) => {
        const table = withTotals(rows, 3)
        const held = heldBack(table, limit)
        for (const [r, row] of table.entries())
          for (const [c, count] of row.entries()) {
            if (count === 0) expect(held[r]?.[c]).toBe(false)
            if (count > 0 && count < limit) expect(held[r]?.[c]).toBe(true)
          }
      }),
      { numRuns: 200, seed: 20261127 },
    )
  })

  test('no number that is held back can be worked out from what is shown: every fitting table is tried', () => {
    const cells = fc.integer({ min: 0, max: 4 })
    const tables = fc.array(fc.array(cells, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 2 })
    fc.assert(
      fc.property(tables, (rows) => {
        const table = withTotals(rows, 2)
        const held = heldBack(table, 3)
        const all = fitting(table, held)
        expect(all.length).toBeGreaterThan(0)
        for (const [r, row] of held.entries())
          for (const [c, mark] of row.entries()) {
            if (!mark) continue
            expect(new Set(all.map((each) => each[r]?.[c])).size, JSON.stringify(table)).toBeGreaterThan(1)
          }
      }),
      { numRuns: process.env['ANYDOOR_PROVE'] ? 5_000 : 120, seed: 20261127 },
    )
  })
})
