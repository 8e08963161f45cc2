import { doorsOf, noWrongDoorOf, sensitivityOf, type Solved } from '#engine/pathways'
import type { Loaded } from '#engine/remedies'
import { weightOf, weightOfBoth, type Diagram } from '#engine/space'
import type { DoorReport, Report } from './report.ts'

/** The figures that a what-if is asked for: the report without its regions and remedies. */
export interface Figures extends Pick<Report, 'noWrongDoor' | 'byWait' | 'sensitivity' | 'doors'> {
  readonly needs: readonly { readonly need: string; readonly arises: number; readonly met: number | null }[]
}

/** The figures of a loaded system, or of one after a what-if. */
export function figuresOf({ solved, byWait }: Loaded): Figures {
  const { system } = solved
  const sensitivity = sensitivityOf(solved)
  return {
    noWrongDoor: noWrongDoorOf(solved),
    byWait: system.withinWeeks.map((weeks, i) => ({
      weeks,
      noWrongDoor: noWrongDoorOf(byWait[i] as Solved),
    })),
    sensitivity: system.facets.map(({ id }, i) => ({ facet: id, noWrongDoor: sensitivity[i] ?? null })),
    needs: needFigures(solved),
    doors: doorFigures(solved),
  }
}

function needFigures({ model, system, conditions, cover }: Solved): Figures['needs'] {
  const { measure } = model
  const possible = weightOf(measure, model.possible)
  return system.needs.map(({ id }, i) => {
    const arises = conditions.arises[i] as Diagram
    const all = weightOf(measure, arises)
    const met = all > 0 ? weightOfBoth(measure, arises, cover.covered[i] as Diagram) / all : null
    return { need: id, arises: all / possible, met }
  })
}

function doorFigures({ model, system, conditions, reach }: Solved): readonly DoorReport[] {
  const { measure } = model
  const needs = system.needs.length
  const all = conditions.arises.map((arises) => weightOf(measure, arises))
  return doorsOf(system).flatMap(({ agency }) =>
    system.needs.flatMap(({ id }, need) => {
      const whole = all[need] ?? 0
      if (whole <= 0) return []
      const arises = conditions.arises[need] as Diagram
      const reached = reach.within.map(
        (table) => weightOfBoth(measure, arises, table[agency * needs + need] as Diagram) / whole,
      )
      return [{ door: system.agencies[agency]?.id ?? '', need: id, reached }]
    }),
  )
}
