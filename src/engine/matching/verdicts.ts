import {
  NOWHERE,
  and,
  clauseDiagram,
  clausesDiagram,
  less,
  lengthOf,
  sizeOf,
  wholeCells,
  type Clause,
  type Runs,
  type System,
} from '#engine/space'
import { comesFirst, takesAt, type Asked } from './asked.ts'
import { lookUp, type Cube } from './clause-index.ts'

/** The service does not take them, whatever the answers. */
export const NO = 0
/** It depends on an answer. */
export const DEPENDS = 1
/** The service takes them, whatever the answers. */
export const TAKES = 2

/** By service: NO, DEPENDS or TAKES; exact over everything still possible. */
export function verdictsOf(asked: Asked): Uint8Array {
  const { index, cubes } = asked
  if (asked.left === NOWHERE) return new Uint8Array(index.system.services.length)
  if (cubes === null) return Uint8Array.from(index.system.services, (_, i) => byDiagram(asked, i))
  const verdicts = inCubes(asked, cubes)
  for (const i of index.waits) {
    if (verdicts[i] === NO) continue
    const first = comesFirst(asked, i)
    if (first === 'missing') verdicts[i] = NO
    else if (first === 'open') verdicts[i] = byDiagram(asked, i)
  }
  return verdicts
}

/** The verdict of one service from its diagram. */
function byDiagram(asked: Asked, number: number): number {
  const { store } = asked.index.model
  const taken = takesAt(asked.index, number)
  if (and(store, asked.left, taken) === NOWHERE) return NO
  return less(store, asked.left, taken) === NOWHERE ? TAKES : DEPENDS
}

/** Over several boxes a service takes when it does in each, and refuses when it does in each. */
function inCubes(asked: Asked, cubes: readonly Cube[]): Uint8Array {
  const verdicts = inCube(asked, cubes[0] as Cube, new Uint8Array(asked.index.scratch.length))
  for (const cube of cubes.slice(1)) {
    const others = inCube(asked, cube, asked.index.scratch.fill(NO))
    for (let i = 0; i < verdicts.length; i++) if (verdicts[i] !== others[i]) verdicts[i] = DEPENDS
  }
  return verdicts
}

/** One box, by what services accept alone. */
function inCube(asked: Asked, cube: Cube, verdicts: Uint8Array): Uint8Array {
  const { index } = asked
  const { serviceOf } = index.clauses
  const { live, settled } = lookUp(index.clauses, cube)
  let several = false
  for (let w = 0; w < live.length; w++) {
    let bits = live[w] as number
    const sure = settled[w] as number
    while (bits !== 0) {
      const lowest = bits & -bits
      bits ^= lowest
      const service = serviceOf[(w << 5) + 31 - Math.clz32(lowest)] as number
      if ((sure & lowest) !== 0) verdicts[service] = TAKES
      else if (verdicts[service] === NO) verdicts[service] = DEPENDS
      else several ||= verdicts[service] === DEPENDS
    }
  }
  if (several) settleTogether(asked, cube, verdicts)
  return verdicts
}

/** Clauses that leave something open one by one may leave nothing open together; then the box around them does not either. */
function settleTogether(asked: Asked, cube: Cube, verdicts: Uint8Array): void {
  const { index } = asked
  const { settled } = lookUp(index.hulls, cube)
  for (let w = 0; w < settled.length; w++) {
    let bits = settled[w] as number
    while (bits !== 0) {
      const lowest = bits & -bits
      bits ^= lowest
      const service = index.hulls.serviceOf[(w << 5) + 31 - Math.clz32(lowest)] as number
      if (verdicts[service] === DEPENDS && coversTogether(asked, service, cube)) verdicts[service] = TAKES
    }
  }
}

/** Whether the clauses hold everywhere in the box, though none does alone. */
function coversTogether(asked: Asked, number: number, cube: Cube): boolean {
  const { system, model } = asked.index
  const service = system.services[number] as System['services'][number]
  let parts = 0
  for (const clause of service.accepts) parts += partOf(system, clause, cube)
  // Together they are no larger than the sum of their parts.
  if (parts < 1 - 1e-9) return false
  const box = cube.flatMap((runs, facet) => (runs === null ? [] : [{ facet, runs }]))
  return (
    less(
      model.store,
      clauseDiagram(model, wholeCells(model, box)),
      clausesDiagram(model, service.accepts),
    ) === NOWHERE
  )
}

/** How much of the box a clause holds, by number of situations. */
function partOf(system: System, clause: Clause, cube: Cube): number {
  let part = 1
  for (const { facet, runs } of clause) {
    const possible = cube[facet] ?? null
    part *=
      possible === null
        ? lengthOf(runs) / sizeOf(system.facets[facet] as System['facets'][number])
        : shareIn(runs, possible)
  }
  return part
}

function shareIn(runs: Runs, possible: Runs): number {
  let both = 0
  for (let i = 0; i < runs.length; i += 2) {
    for (let j = 0; j < possible.length; j += 2) {
      const low = Math.max(runs[i] as number, possible[j] as number)
      const high = Math.min(runs[i + 1] as number, possible[j + 1] as number)
      if (low <= high) both += high - low + 1
    }
  }
  return both / lengthOf(possible)
}
