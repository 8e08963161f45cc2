import { conditionsOf, solve } from '#engine/coverage'
import { and, countOf, newModel, readSystem } from '#engine/space'
import { AREA, generate } from './engine-generator.ts'
import { runPeer } from './engine-peers.ts'

type Json = ReturnType<typeof generate>
type Condition = Record<string, unknown>

/** The most seconds that DuckDB gets for one system. */
const MOST_SECONDS = 1200

/** A system for the comparison: the area with its first facets only, and the years of age that are counted. */
export interface Cut {
  readonly facets: number
  readonly ages: number
}

/** Three systems of about 10^6, 10^7 and, the last, just over 10^8 possible situations. */
export const CUTS: readonly Cut[] = [
  { facets: 8, ages: 100 },
  { facets: 9, ages: 100 },
  { facets: 12, ages: 51 },
]

/** Coverage counted by diagrams and by brute force in DuckDB: the same counts, need by need. */
export function benchCoverage(cuts: readonly Cut[]): void {
  for (const cut of cuts) {
    const json = cutTo(generate(AREA), cut)
    const spent = process.cpuUsage()
    const begun = performance.now()
    const { possible, counts } = coveredCounts(json)
    const ours = performance.now() - begun
    const cpu = cpuMs(process.cpuUsage(spent))
    const peer = runPeer<{ ms: number; cpu: number; counts: string[] }>(
      'duckdb',
      { sql: sqlOf(json) },
      MOST_SECONDS,
    )
    const label = `${Number(possible).toExponential(2)} possible situations, ${json.services.length} services`
    if (peer === null) console.log(`  ${label.padEnd(52)} ${ours.toFixed(1).padStart(10)} ms`)
    else {
      const same = peer.counts.join() === counts.join()
      console.log(
        `  ${label.padEnd(52)} ${ours.toFixed(1).padStart(10)} ms  DuckDB ${peer.ms.toFixed(0)} ms: ours is ${(peer.ms / ours).toFixed(0)} times as fast${same ? ', same counts' : '  DIFFERS'}`,
      )
      console.log(
        `    by processor time ${cpu.toFixed(0)} ms and ${peer.cpu.toFixed(0)} ms: ${(peer.cpu / cpu).toFixed(0)} times`,
      )
    }
  }
}

/** Milliseconds of all cores: what other processes took beside it is not in it. */
function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000
}

function coveredCounts(json: Json): { readonly possible: bigint; readonly counts: readonly string[] } {
  const read = readSystem(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const model = newModel(read.value)
  const conditions = conditionsOf(model, read.value)
  const { covered } = solve(model, read.value, conditions, 'least')
  const counts = conditions.arises.map((arises, need) =>
    String(countOf(model.measure, and(model.store, arises, covered[need]!))),
  )
  return { possible: countOf(model.measure, model.possible), counts }
}

/** Leaves out the facets after the first so many, the years of age beyond, and what services wait for. */
function cutTo(json: Json, { facets: most, ages }: Cut): Json {
  const facets = json.facets
    .slice(0, most)
    .map((facet) => (facet.id === 'age' ? { ...facet, max: ages - 1 } : facet)) as Json['facets']
  const kept = new Set(facets.map((facet) => facet.id))
  const cut = (conditions: readonly Condition[]) =>
    conditions.map((one) => Object.fromEntries(Object.entries(one).filter(([id]) => kept.has(id))))
  return {
    ...json,
    facets,
    weights: {} as Json['weights'],
    possible: cut(json.possible),
    needs: json.needs.map((need) => ({ ...need, arises: cut(need.arises) })) as Json['needs'],
    services: json.services.map(({ after: _, fixed: __, ...service }) => ({
      ...service,
      accepts: cut(service.accepts),
    })) as Json['services'],
    pathways: [],
  }
}

/**
 * Every situation a number, every facet a digit of it in a byte. Why not a cross join: DuckDB then works through pieces
 * of a few rows and takes many times as long.
 */
function sqlOf(json: Json): string {
  let all = 1
  const digits = json.facets.map((facet) => {
    const size = valuesOf(facet).length
    const digit = `cast((i // ${all}) % ${size} as utinyint) as "${facet.id}"`
    all *= size
    return digit
  })
  const counts = json.needs.map((need, i) => {
    const meeting = json.services.filter(
      (service) => service.meets.includes(need.id) && service.open !== false,
    )
    const covered = meeting.flatMap((service) => service.accepts.map((one) => sqlCondition(json, one)))
    return `count(*) filter (where (${any(need.arises.map((one) => sqlCondition(json, one)))}) and (${any(covered)})) as n${i}`
  })
  const situations = `select ${digits.join(', ')} from range(${all}) as every(i)`
  return `select ${counts.join(', ')} from (${situations}) where ${any(json.possible.map((one) => sqlCondition(json, one)))}`
}

function any(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : conditions.map((one) => `(${one})`).join(' or ')
}

function sqlCondition(json: Json, condition: Condition): string {
  const parts = Object.entries(condition).map(([id, constraint]) => {
    const facet = json.facets.find((one) => one.id === id)!
    const values = valuesOf(facet)
    // An integer bound may lie beyond a facet that was cut; it still bounds.
    const at = (value: unknown) =>
      facet.kind === 'integer' ? Number(value) - Number(values[0]) : values.indexOf(value as never)
    if (Array.isArray(constraint)) return `"${id}" in (${constraint.map(at).join()})`
    const { not, min, max } = constraint as { not?: unknown[]; min?: unknown; max?: unknown }
    if (not !== undefined) return `"${id}" not in (${not.map(at).join()})`
    return `"${id}" between ${min === undefined ? 0 : at(min)} and ${max === undefined ? values.length - 1 : at(max)}`
  })
  return parts.length === 0 ? 'true' : parts.join(' and ')
}

function valuesOf(facet: Json['facets'][number]): readonly (string | number)[] {
  if ('values' in facet && facet.values !== undefined) return facet.values
  const { min = 0, max = 0 } = facet as { min?: number; max?: number }
  return Array.from({ length: max - min + 1 }, (_, i) => min + i)
}
