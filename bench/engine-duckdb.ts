import { conditionsOf, solve } from '#engine/coverage'
import { and, countOf, newModel, readSystem } from '#engine/space'
import { AREA, generate } from './engine-generator.ts'
import { runPeer } from './engine-peers.ts'

type Json = ReturnType<typeof generate>
type Condition = Record<string, unknown>

/** Coverage counted by diagrams and by brute force in DuckDB, on systems cut down to about so many situations. */
export function benchCoverage(sizes: readonly number[]): void {
  for (const size of sizes) {
    const json = cutTo(generate(AREA), size)
    const begun = performance.now()
    const counts = coveredCounts(json)
    const ours = performance.now() - begun
    const peer = runPeer<{ ms: number; counts: string[] }>('duckdb', { sql: sqlOf(json) }, 3600)
    const all = json.facets.reduce((product, facet) => product * valuesOf(facet).length, 1)
    const label = `${all.toExponential(1)} situations, ${json.services.length} services`
    if (peer === null) console.log(`  ${label.padEnd(52)} ${ours.toFixed(1).padStart(10)} ms`)
    else {
      const same = peer.counts.join() === counts.join()
      console.log(
        `  ${label.padEnd(52)} ${ours.toFixed(1).padStart(10)} ms  DuckDB ${peer.ms.toFixed(0)} ms: ours is ${(peer.ms / ours).toFixed(0)} times as fast${same ? ', same counts' : '  DIFFERS'}`,
      )
    }
  }
}

function coveredCounts(json: Json): readonly string[] {
  const read = readSystem(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const model = newModel(read.value)
  const conditions = conditionsOf(model, read.value)
  const { covered } = solve(model, read.value, conditions, 'least')
  return conditions.arises.map((arises, need) =>
    String(countOf(model.measure, and(model.store, arises, covered[need]!))),
  )
}

/** Leaves facets out from the last until no more than `most` situations are left, and services without waiting. */
function cutTo(json: Json, most: number): Json {
  const facets = [...json.facets]
  const size = () => facets.reduce((product, facet) => product * valuesOf(facet).length, 1)
  while (size() > most) facets.pop()
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

function sqlOf(json: Json): string {
  const tables = json.facets.map(
    (facet) => `(select unnest(range(${valuesOf(facet).length})) as "${facet.id}") as "t_${facet.id}"`,
  )
  const counts = json.needs.map((need, i) => {
    const meeting = json.services.filter(
      (service) => service.meets.includes(need.id) && service.open !== false,
    )
    const covered = meeting.flatMap((service) => service.accepts.map((one) => sqlCondition(json, one)))
    return `count(*) filter (where (${any(need.arises.map((one) => sqlCondition(json, one)))}) and (${any(covered)})) as n${i}`
  })
  return `select ${counts.join(', ')} from ${tables.join(' cross join ')} where ${any(json.possible.map((one) => sqlCondition(json, one)))}`
}

function any(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : conditions.map((one) => `(${one})`).join(' or ')
}

function sqlCondition(json: Json, condition: Condition): string {
  const parts = Object.entries(condition).map(([id, constraint]) => {
    const values = valuesOf(json.facets.find((facet) => facet.id === id)!)
    const at = (value: unknown) => values.indexOf(value as never)
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
