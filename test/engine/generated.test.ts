import { load, reportOf } from '#engine/check'
import { problemLine, readSystem } from '#engine/space'
import { expect, test } from 'vitest'
import { generate } from '../../bench/engine-generator.ts'
import {
  clausesHold,
  noWrongDoor,
  reachedFrom,
  shareOf,
  situationsOf,
  takenIn,
  type ConditionJson,
  type SystemJson,
} from './oracle.ts'

// A generated area with its structured thresholds, waits and pathways, cut to facets that can be gone through one by one.
const KEPT = ['person', 'age', 'severity', 'abuse']

test.each([11, 12])('a generated area of seed %i, cut to four facets, equals counting by hand', (seed) => {
  const json = cut(
    generate({ seed, services: 30, agencies: 8, pathways: 24, zones: 2, areas: 0 }) as unknown as SystemJson,
  )
  const read = readSystem(json)
  if (!read.ok) throw new Error(problemLine(read.problem))
  const loaded = load(read.value)
  if ('place' in loaded) throw new Error(problemLine(loaded))
  const report = reportOf(loaded, { gaps: 500 })
  const situations = situationsOf(json)
  const taken = new Map(situations.map((one) => [one, takenIn(json, one, 'least')]))
  expect(report.situations).toBe(String(situations.length))
  close(report.noWrongDoor, noWrongDoor(json))
  for (const { need, met, gaps, gapsComplete } of report.needs) {
    const arising = situations.filter((one) =>
      clausesHold(json, json.needs.find(({ id }) => id === need)!.arises, one),
    )
    const lost = arising.filter(
      (one) => !json.services.some((s) => s.meets.includes(need) && taken.get(one)!.has(s.id)),
    )
    const share = (some: typeof situations) => some.reduce((sum, one) => sum + shareOf(json, one), 0)
    close(met, 1 - share(lost) / share(arising))
    const held = gaps.map((gap) =>
      arising.filter((one) => clausesHold(json, [gap.when as ConditionJson], one)),
    )
    expect(gapsComplete).toBe(true)
    expect(new Set(held.flat()).size).toBe(lost.length)
    expect(held.map((some) => String(some.length))).toEqual(gaps.map((gap) => gap.situations))
  }
  const [best] = report.remedies
  const door = report.doors.find((one) => one.reached[2]! > one.reached[0]!)!
  const reached = situations.filter((one) => reachedFrom(json, one, 2).get(door.door)![2]!.has(door.need))
  const arising = situations.filter((one) =>
    clausesHold(json, json.needs.find(({ id }) => id === door.need)!.arises, one),
  )
  const weight = (some: typeof situations) => some.reduce((sum, one) => sum + shareOf(json, one), 0)
  close(door.reached[2]!, weight(reached.filter((one) => arising.includes(one))) / weight(arising))
  expect(best!.gain).toBeGreaterThan(0)
})

function cut(json: SystemJson): SystemJson {
  const facets = json.facets
    .filter((facet) => KEPT.includes(facet.id))
    .map((facet) => (facet.id === 'age' ? { ...facet, max: 20 } : facet))
  const only = (conditions: readonly ConditionJson[]) =>
    conditions.map((one) =>
      Object.fromEntries(
        Object.entries(one)
          .filter(([id]) => KEPT.includes(id))
          .map(([id, constraint]) => [
            id,
            id === 'age' ? capped(constraint as { min?: number; max?: number }) : constraint,
          ]),
      ),
    )
  const { weightsFrom: _, ...rest } = json as SystemJson & { weightsFrom?: string }
  return {
    ...rest,
    facets,
    possible: only(json.possible!),
    weights: {
      person: json.weights!['person']!,
      severity: json.weights!['severity']!,
      abuse: json.weights!['abuse']!,
    },
    needs: json.needs.map((need) => ({ ...need, arises: only(need.arises!) })),
    services: json.services.map(({ fixed: _fixed, ...service }) => ({
      ...service,
      accepts: only(service.accepts!),
    })),
    pathways: json.pathways!.map((way) => (way.when === undefined ? way : { ...way, when: only(way.when) })),
  }
}

function capped({ min, max }: { min?: number; max?: number }) {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max: Math.min(max, 20) }) }
}

function close(actual: number | null, expected: number | null): void {
  expect(Math.abs((actual ?? -1) - (expected ?? -1))).toBeLessThan(1e-11)
}
