import {
  NOWHERE,
  and,
  less,
  pickRegions,
  type Diagram,
  type Model,
  type Region,
  type System,
} from '#engine/space'
import { solve, type Conditions, type Cover } from './cover.ts'

/** A region that waits in a circle: the greatest solution covers it, the least does not. */
export interface CircularWait {
  readonly need: number
  readonly region: Region
  /** Services that take a situation of it in the greatest solution and not in the least. */
  readonly services: readonly number[]
}

/** The circular waits of a system, up to `most` regions a need. */
export function circularWaits(
  model: Model,
  system: System,
  conditions: Conditions,
  least: Cover,
  most: number,
): readonly CircularWait[] {
  const { store } = model
  const waiting = system.services.flatMap((service, i) => (service.after.length > 0 ? [i] : []))
  if (waiting.length === 0) return []
  const greatest = solve(model, system, conditions, 'greatest')
  const differ = waiting
    .map((i) => ({ i, only: less(store, greatest.takes[i] as Diagram, least.takes[i] as Diagram) }))
    .filter(({ only }) => only !== NOWHERE)
  return system.needs.flatMap((_, need) => {
    const only = less(store, greatest.covered[need] as Diagram, least.covered[need] as Diagram)
    const arises = conditions.arises[need] as Diagram
    const circular = and(store, arises, only)
    const picked = pickRegions(model, circular, less(store, arises, only), most)
    return picked.regions.map((region) => {
      const held = and(store, circular, region.diagram)
      const services = differ.filter((one) => and(store, one.only, held) !== NOWHERE).map(({ i }) => i)
      return { need, region, services }
    })
  })
}
