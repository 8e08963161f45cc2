import { load, reportOf, type CheckOptions, type Report } from '#engine/check'
import { readSystem } from '#engine/space'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  agenciesOf,
  clausesHold,
  conditionHolds,
  noWrongDoor,
  reachedFrom,
  shareOf,
  situationsOf,
  takenIn,
  valuesOf,
  type ConditionJson,
  type FacetJson,
  type SituationJson,
  type SystemJson,
  type Value,
} from './oracle.ts'
import { conditionFor, runs, smallSystem } from './small-systems.ts'

/** Everything about one situation, worked by hand. */
interface Worked {
  situation: SituationJson
  share: number
  arises: Set<string>
  covered: Set<string>
  circular: Set<string>
  onlyGreatest: Set<string>
  reached: Map<string, Set<string>[]>
}

test('every figure of the report equals counting by hand', () => {
  fc.assert(
    fc.property(smallSystem, (json) => {
      const worked = workedOf(json)
      const weight = worked.reduce((sum, one) => sum + one.share, 0)
      fc.pre(weight > 0)
      const report = checked(json)
      expect(report.situations).toBe(String(worked.length))
      near(report.noWrongDoor, noWrongDoor(json))
      for (const { weeks, noWrongDoor: figure } of report.byWait) {
        near(
          figure,
          noWrongDoor({
            ...json,
            services: json.services.map((s) => ((s.waitWeeks ?? 0) > weeks ? { ...s, open: false } : s)),
          }),
        )
      }
      for (const { facet, noWrongDoor: figure } of report.sensitivity) near(figure, noWrongDoor(json, facet))
      compareNeeds(json, worked, weight, report)
      compareDoors(json, worked, report)
    }),
    runs(300, 20_000),
  )
})

test('gaps, dead ends and circular waits are maximal, wholly lost, and complete when they say so', () => {
  fc.assert(
    fc.property(smallSystem, (json) => {
      const worked = workedOf(json)
      fc.pre(worked.reduce((sum, one) => sum + one.share, 0) > 0)
      const report = checked(json)
      for (const need of report.needs) {
        const arising = worked.filter((one) => one.arises.has(need.need))
        const lost = (one: Worked) => !one.covered.has(need.need)
        compareList(json, arising, lost, need.gaps)
        expect(need.gapsComplete).toBe(true)
        if (arising.length === 0)
          expect(report.warnings).toContainEqual(expect.stringContaining(`need ${need.need} never arises`))
      }
      compareDeadEnds(json, worked, report)
      compareCircular(json, worked, report)
      compareLoops(json, worked, report)
    }),
    runs(300, 20_000),
  )
})

test('loops of up to four agencies are all found', () => {
  const ring = smallSystem.chain((json) =>
    fc
      .array(fc.array(conditionFor(json.facets), { maxLength: 1 }), { minLength: 7, maxLength: 7 })
      .map((whens): SystemJson => {
        const agencies = ['a0', 'a1', 'a2', 'a3', 'a4'].map((id) => ({ id }))
        const ways = [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 0],
          [1, 3],
          [2, 0],
          [3, 4],
        ] as const
        const pathways = ways.map(([from, to], i) => {
          const when = whens[i]!
          return {
            from: `a${from}`,
            to: `a${to}`,
            kind: i % 2 === 0 ? ('warm' as const) : ('referral' as const),
            ...(when.length === 0 ? {} : { when }),
          }
        })
        return { ...json, agencies, pathways, services: json.services.slice(0, 1) }
      }),
  )
  fc.assert(
    fc.property(ring, (json) => {
      const worked = workedOf(json)
      fc.pre(worked.reduce((total, one) => total + one.share, 0) > 0)
      compareLoops(json, worked, checked(json))
    }),
    runs(80, 5000),
  )
})

test('fewer dead ends are the first of more', () => {
  fc.assert(
    fc.property(smallSystem, (json) => {
      fc.pre(situationsOf(json).some((one) => shareOf(json, one) > 0))
      const more = checked(json, { deadEnds: 12 }).deadEnds
      for (const few of [1, 3]) expect(checked(json, { deadEnds: few }).deadEnds).toEqual(more.slice(0, few))
    }),
    runs(80, 5000),
  )
})

function workedOf(json: SystemJson): Worked[] {
  return situationsOf(json).map((situation) => {
    const taken = takenIn(json, situation, 'least')
    const most = takenIn(json, situation, 'greatest')
    const meets = (set: Set<string>) =>
      new Set(json.services.filter((s) => set.has(s.id)).flatMap((s) => s.meets))
    const covered = meets(taken)
    return {
      situation,
      share: shareOf(json, situation),
      arises: new Set(
        json.needs.filter((need) => clausesHold(json, need.arises, situation)).map((need) => need.id),
      ),
      covered,
      circular: new Set([...meets(most)].filter((need) => !covered.has(need))),
      onlyGreatest: new Set([...most].filter((id) => !taken.has(id))),
      reached: reachedFrom(json, situation, json.maxHandoffs ?? 2),
    }
  })
}

function compareNeeds(json: SystemJson, worked: Worked[], weight: number, report: Report): void {
  expect(report.needs.map((one) => one.need)).toEqual(json.needs.map((one) => one.id))
  for (const { need, arises, met } of report.needs) {
    const arising = sum(worked.filter((one) => one.arises.has(need)))
    near(arises, arising / weight)
    near(
      met,
      arising > 0
        ? sum(worked.filter((one) => one.arises.has(need) && one.covered.has(need))) / arising
        : null,
    )
  }
}

function compareDoors(json: SystemJson, worked: Worked[], report: Report): void {
  const expected = agenciesOf(json)
    .filter((agency) => agency.door !== false)
    .flatMap((agency) =>
      json.needs.map((need) => ({
        door: agency.id,
        need: need.id,
        arising: sum(worked.filter((one) => one.arises.has(need.id))),
      })),
    )
    .filter((one) => one.arising > 0)
  expect(report.doors.map((one) => [one.door, one.need])).toEqual(expected.map((one) => [one.door, one.need]))
  for (const [i, { door, need, reached }] of report.doors.entries()) {
    expect(reached.length).toBe((json.maxHandoffs ?? 2) + 1)
    for (const [h, share] of reached.entries()) {
      near(
        share,
        sum(worked.filter((one) => one.arises.has(need) && one.reached.get(door)![h]!.has(need))) /
          expected[i]!.arising,
      )
    }
  }
}

function compareList(
  json: SystemJson,
  arising: Worked[],
  lost: (one: Worked) => boolean,
  gaps: Report['needs'][number]['gaps'],
): void {
  const all = sum(arising)
  const seen = new Set<Worked>()
  let before = Number.POSITIVE_INFINITY
  for (const gap of gaps) {
    const inside = arising.filter((one) => conditionHolds(json, gap.when as ConditionJson, one.situation))
    expect(inside.every(lost)).toBe(true)
    expect(gap.situations).toBe(String(inside.length))
    expect(inside.length).toBeGreaterThan(0)
    maximal(json, arising, lost, gap.when as ConditionJson)
    near(gap.share, all > 0 ? sum(inside) / all : 0)
    const fresh = inside.filter((one) => !seen.has(one))
    expect(fresh.length).toBeGreaterThan(0)
    near(gap.adds, all > 0 ? sum(fresh) / all : 0)
    expect(gap.adds).toBeLessThanOrEqual(before * (1 + 1e-9))
    if (gap.share === 0) expect(sum(arising.filter((one) => lost(one) && !seen.has(one)))).toBe(0)
    before = gap.adds
    for (const one of fresh) seen.add(one)
  }
  expect(seen.size).toBe(arising.filter(lost).length)
}

/** No value more on a choice, no step outward on a run, without touching what is not lost. */
function maximal(
  json: SystemJson,
  arising: Worked[],
  lost: (one: Worked) => boolean,
  when: ConditionJson,
): void {
  for (const facet of json.facets) {
    const constraint = when[facet.id]
    if (constraint === undefined) continue
    const values = valuesOf(facet)
    const inside = values.filter((value) =>
      conditionHolds(json, { [facet.id]: constraint }, { [facet.id]: value }),
    )
    expect(inside.length).toBeLessThan(values.length)
    for (const value of further(facet, values, inside)) {
      const rest = Object.fromEntries(Object.entries(when).filter(([id]) => id !== facet.id))
      const wider = { ...rest, [facet.id]: [...inside, value] }
      expect(arising.some((one) => conditionHolds(json, wider, one.situation) && !lost(one))).toBe(true)
    }
    if (facet.kind !== 'choice') expect(Array.isArray(constraint)).toBe(false)
  }
}

function further(facet: FacetJson, values: Value[], inside: Value[]): Value[] {
  const outside = values.filter((value) => !inside.includes(value))
  if (facet.kind === 'choice') return outside
  const first = values.indexOf(inside[0]!)
  return outside.filter(
    (value) => values.indexOf(value) === first - 1 || values.indexOf(value) === first + inside.length,
  )
}

function compareDeadEnds(json: SystemJson, worked: Worked[], report: Report): void {
  const most = json.maxHandoffs ?? 2
  let before = Number.POSITIVE_INFINITY
  for (const { door, need, when, share, cause, served } of report.deadEnds) {
    const arising = worked.filter((one) => one.arises.has(need))
    const lost = (one: Worked) => !one.reached.get(door)![most]!.has(need)
    const inside = arising.filter((one) => conditionHolds(json, when as ConditionJson, one.situation))
    expect(inside.every(lost)).toBe(true)
    expect(inside.length).toBeGreaterThan(0)
    maximal(json, arising, lost, when as ConditionJson)
    near(share, ratio(sum(inside), sum(arising)))
    const covered = inside.filter((one) => one.covered.has(need))
    expect(cause).toBe(
      covered.length === 0 ? 'no-service' : covered.length === inside.length ? 'no-pathway' : 'mixed',
    )
    near(served, ratio(sum(covered), sum(inside)))
    const agency = agenciesOf(json).find((one) => one.id === door)!
    const loses =
      (agency.arrivals ?? 1) * (json.needs.find((one) => one.id === need)!.importance ?? 1) * sum(inside)
    expect(loses).toBeLessThanOrEqual(before * (1 + 1e-9))
    before = loses
  }
}

function compareCircular(json: SystemJson, worked: Worked[], report: Report): void {
  for (const { id } of json.needs) {
    const arising = worked.filter((one) => one.arises.has(id))
    const seen = new Set<Worked>()
    for (const { when, share, services } of report.circularWaits.filter((one) => one.need === id)) {
      const inside = arising.filter((one) => conditionHolds(json, when as ConditionJson, one.situation))
      expect(inside.every((one) => one.circular.has(id))).toBe(true)
      maximal(json, arising, (one) => one.circular.has(id), when as ConditionJson)
      near(share, ratio(sum(inside), sum(arising)))
      expect(services).toEqual(
        json.services.map((s) => s.id).filter((s) => inside.some((one) => one.onlyGreatest.has(s))),
      )
      for (const one of inside) seen.add(one)
    }
    expect(seen.size).toBe(arising.filter((one) => one.circular.has(id)).length)
  }
}

function compareLoops(json: SystemJson, worked: Worked[], report: Report): void {
  const ids = agenciesOf(json).map((agency) => agency.id)
  const hands = (from: string, to: string, situation: SituationJson) =>
    (json.pathways ?? []).some(
      (way) =>
        way.from === from &&
        way.to === to &&
        way.kind !== 'signpost' &&
        clausesHold(json, way.when, situation),
    )
  const cycles: string[][] = []
  const walk = (path: string[]) => {
    cycles.push(path)
    if (path.length < 4)
      for (const id of ids)
        if (ids.indexOf(id) > ids.indexOf(path[0]!) && !path.includes(id)) walk([...path, id])
  }
  for (const id of ids) walk([id])
  const expected = json.needs.flatMap(({ id: need }) =>
    cycles.flatMap((agencies) => {
      const inside = worked.filter(
        (one) =>
          one.arises.has(need) &&
          agencies.every(
            (from, i) =>
              hands(from, agencies[(i + 1) % agencies.length]!, one.situation) &&
              !one.reached.get(from)!.at(-1)!.has(need),
          ),
      )
      return inside.length === 0
        ? []
        : [{ agencies, need, share: ratio(sum(inside), sum(worked.filter((one) => one.arises.has(need)))) }]
    }),
  )
  const key = (loop: { agencies: readonly string[]; need: string; share: number }) =>
    `${loop.need} ${loop.agencies.join()} ${loop.share.toFixed(9)}`
  expect(report.loops.map(key).sort()).toEqual(expected.map(key).sort())
}

function checked(json: SystemJson, options: CheckOptions = {}): Report {
  const read = readSystem(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const loaded = load(read.value)
  if ('place' in loaded) throw new Error(loaded.wrong)
  return reportOf(loaded, { gaps: 1000, loops: 1000, ...options })
}

function near(actual: number | null | undefined, expected: number | null): void {
  if (expected === null || actual === null || actual === undefined) expect(actual).toBe(expected)
  else expect(Math.abs(actual - expected)).toBeLessThan(1e-12)
}

function sum(all: readonly Worked[]): number {
  return all.reduce((total, one) => total + one.share, 0)
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
