import { regionWords } from '#engine/check'
import { noWrongDoorOf, solveSystem } from '#engine/pathways'
import { NOWHERE, newModel, problemLine, readSystem, type System } from '#engine/space'
import { needsMoved, type NeedMoved } from '#directory'
import { readJson, refuse } from './cli-json.ts'

const MOST_EDGES = 100_000_000

/** `anydoor check SYSTEM --against OTHER`: what OTHER covers and SYSTEM does not, and the other way round. */
export function runAgainst(system: System, path: string, json: boolean): number {
  const file = readJson(path)
  if ('cannot' in file) return refuse(file.cannot)
  const read = readSystem(file.json)
  if (!read.ok) return refuse(problemLine(read.problem))
  const other = read.value
  if (spaceOf(system) !== spaceOf(other))
    return refuse(
      `${path}: has other facets, possible situations, weights or needs; compare two files of one area`,
    )
  // Why one model for both: sets of situations can then be compared, at every value that either file tells apart.
  const both = {
    ...system,
    services: [...system.services, ...other.services],
    pathways: [...system.pathways, ...other.pathways],
  }
  const model = newModel(both, { limit: MOST_EDGES })
  if (model.possible === NOWHERE)
    return refuse('possible: holds nowhere; leave it out or let some situation in')
  const was = solveSystem(model, other)
  const is = solveSystem(model, system)
  const needs = needsMoved(was, is)
  const noWrongDoor = { other: noWrongDoorOf(was), here: noWrongDoorOf(is) }
  process.stdout.write(json ? `${JSON.stringify({ noWrongDoor, needs }, null, 1)}\n` : inWords(system, needs))
  return 0
}

function spaceOf({ facets, possible, weights, needs }: System): string {
  return JSON.stringify([facets, possible, weights, needs])
}

function inWords(system: System, needs: readonly NeedMoved[]): string {
  if (needs.length === 0) return 'Both cover the same situations for every need.\n'
  const lines = needs.flatMap(({ need, opens, closes }) => [
    system.needs.find((one) => one.id === need)?.label ?? need,
    ...movedInWords(system, 'not covered here', opens),
    ...movedInWords(system, 'covered only here', closes),
  ])
  return `${lines.join('\n')}\n`
}

function movedInWords(system: System, word: string, moved: NeedMoved['opens']): readonly string[] {
  if (moved === null) return []
  const regions = moved.regions.map(
    ({ when, situations }) => `    ${situations}  ${regionWords(system, when)}`,
  )
  const share = (100 * moved.share).toFixed(1)
  return [
    `  ${word}: ${moved.situations} situations, ${share} % of those who need it (weights are estimates)`,
    ...regions,
    ...(moved.complete ? [] : ['    and more']),
  ]
}
