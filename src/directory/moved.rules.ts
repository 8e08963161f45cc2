import type { Solved } from '#engine/pathways'
import {
  NOWHERE,
  and,
  countOf,
  less,
  pickRegions,
  regionInWords,
  weightOf,
  type Diagram,
} from '#engine/space'
import type { Moved, NeedMoved } from './look.ts'

const MOST_REGIONS = 3

/** Needs of which more or less is covered after than before; both solved in one model, with the same needs. */
export function needsMoved(before: Solved, after: Solved): readonly NeedMoved[] {
  const { model, system, conditions } = before
  const { store } = model
  return system.needs.flatMap(({ id }, need) => {
    const arises = conditions.arises[need] as Diagram
    const was = and(store, arises, before.cover.covered[need] as Diagram)
    const is = and(store, arises, after.cover.covered[need] as Diagram)
    if (was === is) return []
    return [
      {
        need: id,
        opens: moved(before, arises, less(store, was, is)),
        closes: moved(before, arises, less(store, is, was)),
      },
    ]
  })
}

/** The regions hold nothing of where the need arises but what moved. */
function moved({ model }: Solved, arises: Diagram, set: Diagram): Moved | null {
  if (set === NOWHERE) return null
  const { store, measure } = model
  const { regions, complete } = pickRegions(model, set, less(store, arises, set), MOST_REGIONS)
  const all = weightOf(measure, arises)
  return {
    situations: String(countOf(measure, set)),
    share: all > 0 ? weightOf(measure, set) / all : 0,
    regions: regions.map(({ box, situations }) => ({
      when: regionInWords(model, box),
      situations: String(situations),
    })),
    complete,
  }
}
