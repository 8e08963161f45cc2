import type { AreaCell, AreaSpot, CellState } from './area.ts'
import { postcodeAreas } from './place.rules.ts'

/** Fewer confidential places than this in one region are not told by number: one alone could be found by it. */
const fewestKept = 5

/** The best that any service of a cell says of room. */
export function cellState(cell: AreaCell): CellState {
  if (cell.services === 0) return 'none'
  if (cell.withRoom > 0) return 'room'
  if (cell.waiting > 0) return 'waiting'
  return cell.unsaid > 0 ? 'unsaid' : 'full'
}

/**
 * Places to draw, most services first. A confidential place counts in its region, and only where the region has at least five
 * of them; it never has a point.
 */
export function spotsOf(
  rows: readonly { readonly spot: string | null; readonly services: number }[],
): readonly AreaSpot[] {
  const spots = new Map<string, AreaSpot>()
  for (const { spot, services } of rows) {
    const [kind = '', name = ''] = (spot ?? '').split(/:(.*)/s)
    if (name === '' || (kind === 'kept' && services < fewestKept)) continue
    const area = kind === 'area' ? postcodeAreas[name] : undefined
    const label = area?.[0] ?? name
    const point = area === undefined ? (spots.get(label)?.point ?? null) : ([area[2], area[3]] as const)
    spots.set(label, { label, point, services: services + (spots.get(label)?.services ?? 0) })
  }
  return [...spots.values()].toSorted((a, b) => b.services - a.services || a.label.localeCompare(b.label))
}
