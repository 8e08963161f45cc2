import { load, reportOf, type CheckOptions, type Report } from '#engine/check'
import { readSystem } from '#engine/space'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { situationsOf, shareOf, type ConditionJson, type SystemJson } from './oracle.ts'
import { runs, smallSystem } from './small-systems.ts'

const weighted = smallSystem.filter((json) => situationsOf(json).some((one) => shareOf(json, one) > 0))

test('renaming everything changes nothing but the names', () => {
  fc.assert(
    fc.property(weighted, (json) => {
      const renamed = JSON.parse(JSON.stringify(json).replaceAll(/"([fnasv])(\d)"/g, '"x$1$2"')) as SystemJson
      const names = JSON.parse(
        JSON.stringify(checked(json)).replaceAll(/"([fnasv])(\d)"/g, '"x$1$2"'),
      ) as Report
      expect(withoutWarnings(checked(renamed))).toEqual(withoutWarnings(names))
    }),
    runs(80, 5000),
  )
})

test('the order of facets and of services changes no figure', () => {
  fc.assert(
    fc.property(weighted, (json) => {
      const turned = { ...json, facets: [...json.facets].reverse(), services: [...json.services].reverse() }
      if (json.agencies === undefined) return
      const [a, b] = [checked(json), checked(turned)]
      close(a.noWrongDoor, b.noWrongDoor)
      expect(a.situations).toBe(b.situations)
      for (const [i, need] of a.needs.entries())
        close([need.arises, need.met], [b.needs[i]!.arises, b.needs[i]!.met])
      close(a.doors, b.doors)
      close(a.byWait, b.byWait)
      close(a.sensitivity, [...b.sensitivity].reverse())
      close(
        a.remedies.map((one) => one.gain),
        b.remedies.map((one) => one.gain),
      )
      close(
        a.loops.map((one) => one.share),
        b.loops.map((one) => one.share),
      )
    }),
    runs(80, 5000),
  )
})

test('counting facets in runs instead of values changes nothing', () => {
  fc.assert(
    fc.property(weighted, (json) => {
      const { remedies, ...inRuns } = checked(json, { mostSteps: 1 })
      const { remedies: others, ...byValue } = checked(json)
      close(
        remedies.map((one) => one.gain),
        others.map((one) => one.gain),
      )
      close(inRuns, byValue)
    }),
    runs(80, 5000),
  )
})

test('adding a service never lowers a figure', () => {
  fc.assert(
    fc.property(weighted, fc.nat(100), (json, pick) => {
      const [like] = json.services.length === 0 ? [] : [json.services[pick % json.services.length]!]
      const added = {
        id: 'added',
        agency: json.agencies![0]!.id,
        meets: json.needs.map((need) => need.id),
        ...(like?.accepts === undefined ? {} : { accepts: like.accepts }),
      }
      const [a, b] = [checked(json), checked({ ...json, services: [...json.services, added] })]
      notLower(a.noWrongDoor, b.noWrongDoor)
      for (const [i, need] of a.needs.entries()) notLower(need.met, b.needs[i]!.met)
      for (const [i, door] of a.doors.entries())
        for (const [h, share] of door.reached.entries()) notLower(share, b.doors[i]!.reached[h]!)
    }),
    runs(80, 5000),
  )
})

test('a pathway for no one, a closed service and a facet that nobody asks about change nothing', () => {
  fc.assert(
    fc.property(weighted, (json) => {
      const [first] = json.agencies!
      const pathways = [
        ...(json.pathways ?? []),
        {
          from: first!.id,
          to: json.agencies!.at(-1)!.id,
          kind: 'warm' as const,
          when: [] as ConditionJson[],
        },
      ]
      expect(figures(checked({ ...json, pathways }))).toEqual(figures(checked(json)))
      const closed = { id: 'shut', agency: first!.id, meets: [json.needs[0]!.id], open: false }
      expect(figures(checked({ ...json, services: [...json.services, closed] }))).toEqual(
        figures(checked(json)),
      )
      const wider = checked({
        ...json,
        facets: [...json.facets, { id: 'idle', kind: 'choice', values: ['p', 'q', 'r'] }],
      })
      expect(wider.situations).toBe(String(3 * Number(checked(json).situations)))
      close(wider.doors, checked(json).doors)
      expect(wider.needs.map((need) => need.gaps.map((gap) => gap.when))).toEqual(
        checked(json).needs.map((need) => need.gaps.map((gap) => gap.when)),
      )
    }),
    runs(60, 4000),
  )
})

test('weights scaled by any factor change nothing', () => {
  fc.assert(
    fc.property(weighted, fc.constantFrom(1e-300, 0.001, 7, 1e300), (json, factor) => {
      const weights = JSON.parse(JSON.stringify(json.weights ?? {}), (key, value) =>
        typeof value === 'number' && key !== 'min' && key !== 'max' ? value * factor : value,
      ) as SystemJson['weights']
      close(figures(checked({ ...json, weights: weights! })), figures(checked(json)))
    }),
    runs(60, 4000),
  )
})

function figures({ warnings: _, remedies, ...report }: Report) {
  return { ...report, gains: remedies.map((one) => one.gain).filter((gain) => gain > 1e-9).length }
}

function withoutWarnings({ warnings, ...report }: Report) {
  return { ...report, warnings: warnings.length }
}

function checked(json: SystemJson, options: CheckOptions = {}): Report {
  const read = readSystem(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const loaded = load(read.value, options)
  if ('place' in loaded) throw new Error(loaded.wrong)
  return reportOf(loaded)
}

function notLower(before: number | null, after: number | null): void {
  if (before !== null) expect(after).toBeGreaterThanOrEqual(before - 1e-12)
}

function close(actual: unknown, expected: unknown): void {
  if (typeof actual === 'number' && typeof expected === 'number')
    expect(Math.abs(actual - expected)).toBeLessThan(1e-11)
  else if (
    typeof actual === 'object' &&
    typeof expected === 'object' &&
    actual !== null &&
    expected !== null
  ) {
    expect(Object.keys(actual)).toEqual(Object.keys(expected))
    for (const [key, value] of Object.entries(actual))
      close(value, (expected as Record<string, unknown>)[key])
  } else expect(actual).toEqual(expected)
}
