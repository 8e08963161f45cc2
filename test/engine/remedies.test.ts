import { figuresOf, load, reportOf } from '#engine/check'
import { whatIf, type Change, type Loaded, type Remedy } from '#engine/remedies'
import { readSystem } from '#engine/space'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  agenciesOf,
  constraintHolds,
  noWrongDoor,
  shareOf,
  situationsOf,
  valuesOf,
  type ConditionJson,
  type FacetJson,
  type SystemJson,
} from './oracle.ts'
import { conditionFor, runs, smallSystem } from './small-systems.ts'

const weighted = smallSystem.filter((json) => situationsOf(json).some((one) => shareOf(json, one) > 0))

test('remedies are all the single changes that gain, each with its exact gain', () => {
  fc.assert(
    fc.property(weighted, (json) => {
      const base = noWrongDoor(json)
      const remedies = reportOf(loaded(json), { remedies: 100_000 }).remedies
      const expected =
        base === null
          ? []
          : everyRemedy(json).map((change) => ({ change, gain: noWrongDoor(changed(json, change))! - base }))
      const gaining = new Map(
        expected.filter((one) => one.gain > 1e-12).map((one) => [JSON.stringify(one.change), one.gain]),
      )
      expect(remedies.map((one) => JSON.stringify(one.change)).sort()).toEqual([...gaining.keys()].sort())
      let before = Number.POSITIVE_INFINITY
      for (const { change, gain, noWrongDoor: after } of remedies) {
        expect(Math.abs(gain - gaining.get(JSON.stringify(change))!)).toBeLessThan(1e-12)
        expect(Math.abs(after - base! - gain)).toBeLessThan(1e-12)
        expect(gain).toBeLessThanOrEqual(before * (1 + 1e-9))
        before = gain
      }
      expect(reportOf(loaded(json), { remedies: 2 }).remedies).toEqual(remedies.slice(0, 2))
    }),
    runs(200, 10_000),
  )
})

test('a plan takes the best change each time, on top of those before', () => {
  fc.assert(
    fc.property(weighted, (json) => {
      let now = json
      for (const step of reportOf(loaded(json), { plan: 3, remedies: 0 }).plan ?? []) {
        const [best] = reportOf(loaded(now), { remedies: 1 }).remedies
        expect(step.change).toEqual(best?.change)
        expect(Math.abs(step.gain - best!.gain)).toBeLessThan(1e-12)
        now = changed(now, step.change)
        expect(Math.abs(step.noWrongDoor - noWrongDoor(now)!)).toBeLessThan(1e-12)
      }
    }),
    runs(100, 3000),
  )
})

test('what-if equals a fresh run, change upon change', () => {
  const several = (json: SystemJson) =>
    fc
      .array(changeFor(json), { minLength: 1, maxLength: 3 })
      .filter((changes) => changes.filter((one) => one.kind === 'remove-pathway').length < 2)
  const asked = weighted.chain((json) => fc.tuple(fc.constant(json), several(json)))
  fc.assert(
    fc.property(asked, ([json, changes]) => {
      let now = json
      for (const change of changes) now = changed(now, change)
      const after = whatIf(loaded(json), changes)
      if ('place' in after) throw new Error(`${after.place} ${after.wrong}`)
      close(figuresOf(after), figuresOf(loaded(now)))
      close(withoutOrder(reportOf(after)), withoutOrder(reportOf(loaded(now))))
    }),
    runs(300, 10_000),
  )
})

test('a new pathway counts only for doors from which its start is within one handover less', () => {
  const chain: SystemJson = {
    facets: [{ id: 'side', kind: 'choice', values: ['left', 'right'] }],
    needs: [{ id: 'n' }],
    agencies: ['a0', 'a1', 'a2', 'a3'].map((id) => ({ id })),
    services: [{ id: 's', agency: 'a3', meets: ['n'] }],
    pathways: [
      { from: 'a0', to: 'a1', kind: 'warm' },
      { from: 'a1', to: 'a2', kind: 'referral' },
    ],
  }
  const { remedies } = reportOf(loaded(chain))
  const from = (id: string) =>
    remedies.find((one) => one.change.kind === 'open-pathway' && one.change.from === id)?.gain
  expect([from('a0'), from('a1'), from('a2')]).toEqual([0.25, 0.5, 0.5])
})

test('what follows from what follows is counted', () => {
  const chain: SystemJson = {
    facets: [{ id: 'side', kind: 'choice', values: ['left', 'right'] }],
    needs: [
      { id: 'first' },
      { id: 'second' },
      { id: 'third', importance: 50 },
      { id: 'other', importance: 3 },
    ],
    agencies: [{ id: 'a' }],
    services: [
      { id: 's1', agency: 'a', meets: ['first'], accepts: [{ side: ['left'] }] },
      { id: 's2', agency: 'a', meets: ['second'], after: ['first'] },
      { id: 's3', agency: 'a', meets: ['third'], after: ['second'] },
      { id: 's4', agency: 'a', meets: ['other'], accepts: [{ side: ['left'] }] },
    ],
  }
  const [best] = reportOf(loaded(chain), { remedies: 1 }).remedies
  expect(best).toMatchObject({ change: { kind: 'widen', service: 's1', facet: 'side' } })
  expect(best?.gain).toBeCloseTo((0.5 * 52) / 55, 12)
})

test('a change that names nothing is refused with its place', () => {
  const [json] = fc.sample(weighted, { numRuns: 1, seed: 1 })
  expect(whatIf(loaded(json!), [{ kind: 'close-service', service: 'nowhere' }])).toMatchObject({
    place: 'changes[0].service',
  })
  expect(
    whatIf(loaded(json!), [{ kind: 'add-pathway', from: 'a0', to: 'nowhere', by: 'warm' }]),
  ).toMatchObject({ place: 'changes[0].to' })
})

/** Gaps may be picked in another order where they tie; what is compared is the figures and the counts. */
function withoutOrder(report: ReturnType<typeof reportOf>) {
  const { warnings: _, needs, deadEnds, circularWaits, loops, remedies, ...figures } = report
  return {
    ...figures,
    gains: remedies.map((one) => one.gain),
    needs: needs.map((one) => [one.need, one.arises, one.met]),
    ends: deadEnds.length,
    waits: circularWaits.length,
    loops: loops.length,
  }
}

function everyRemedy(json: SystemJson): Remedy[] {
  const found: Remedy[] = []
  for (const service of json.services) {
    for (const [clause, condition] of (service.accepts ?? []).entries()) {
      for (const [facet, constraint] of Object.entries(condition)) {
        if (service.fixed?.includes(facet)) continue
        found.push({ kind: 'widen', service: service.id, clause, facet })
        if (Array.isArray(constraint) || 'not' in constraint) continue
        const values = valuesOf(json.facets.find((one) => one.id === facet)!)
        const inside = values.filter((value) =>
          constraintHolds(
            json.facets.find((one) => one.id === facet)!,
            constraint,
            value,
          ),
        )
        const cuts = cutsOf(json, facet)
        if ('min' in constraint) {
          const before = cuts.filter((cut) => cut < values.indexOf(inside[0]!)).at(-1)
          if (before !== undefined)
            found.push({ kind: 'step', service: service.id, clause, facet, end: 'min', to: values[before]! })
        }
        if ('max' in constraint) {
          const next = [...cuts, values.length].find((cut) => cut > values.indexOf(inside.at(-1)!) + 1)
          if (next !== undefined)
            found.push({
              kind: 'step',
              service: service.id,
              clause,
              facet,
              end: 'max',
              to: values[next - 1]!,
            })
        }
      }
    }
    for (const need of new Set(service.after)) found.push({ kind: 'lift-after', service: service.id, need })
    if (service.selfReferral !== true) found.push({ kind: 'allow-self-referral', service: service.id })
    for (const agency of agenciesOf(json))
      found.push({ kind: 'open-pathway', from: agency.id, to: service.id })
  }
  return found
}

/** Where some constraint of the file tells two neighbouring values apart. */
function cutsOf(json: SystemJson, id: string): number[] {
  const facet = json.facets.find((one) => one.id === id)!
  const values = valuesOf(facet)
  const conditions = [
    ...(json.possible ?? []),
    ...json.needs.flatMap((need) => need.arises ?? []),
    ...json.services.flatMap((service) => service.accepts ?? []),
    ...(json.pathways ?? []).flatMap((way) => way.when ?? []),
  ]
  const constraints = conditions.flatMap((one) => (one[id] === undefined ? [] : [one[id]]))
  return values.flatMap((value, i) =>
    i === 0 ||
    constraints.some(
      (one) => constraintHolds(facet, one, value) !== constraintHolds(facet, one, values[i - 1]!),
    )
      ? [i]
      : [],
  )
}

function changed(json: SystemJson, change: Change): SystemJson {
  const next = structuredClone(json)
  if (change.kind === 'open-pathway' || change.kind === 'add-pathway') {
    const way = {
      from: change.from,
      to: change.to,
      kind: change.kind === 'open-pathway' ? ('referral' as const) : change.by,
    }
    const when = change.kind === 'add-pathway' ? change.when : undefined
    next.pathways = [
      ...(next.pathways ?? []),
      when === undefined ? way : { ...way, when: when as unknown as ConditionJson[] },
    ]
    return next
  }
  if (change.kind === 'remove-pathway') {
    next.pathways = next.pathways!.filter((way) => way.from !== change.from || way.to !== change.to)
    return next
  }
  const service = next.services.find((one) => one.id === change.service)!
  if (change.kind === 'close-service') service.open = false
  else if (change.kind === 'set-wait') service.waitWeeks = change.weeks
  else if (change.kind === 'allow-self-referral') service.selfReferral = true
  else if (change.kind === 'lift-after') service.after = service.after!.filter((need) => need !== change.need)
  else {
    const clause = service.accepts![change.clause] as Record<string, unknown>
    if (change.kind === 'widen') delete clause[change.facet]
    else if (change.kind === 'set-constraint') clause[change.facet] = change.constraint
    else clause[change.facet] = { ...(clause[change.facet] as object), [change.end]: change.to }
  }
  return next
}

function changeFor(json: SystemJson): fc.Arbitrary<Change> {
  const agencies = agenciesOf(json).map((one) => one.id)
  const places = [...agencies, ...json.services.map((one) => one.id)]
  const options: fc.Arbitrary<Change>[] = [
    fc.record({
      kind: fc.constant('add-pathway' as const),
      from: fc.constantFrom(...agencies),
      to: fc.constantFrom(...places),
      by: fc.constantFrom('warm' as const, 'referral' as const, 'signpost' as const),
      when: fc.array(conditionFor(json.facets), { maxLength: 2 }) as fc.Arbitrary<never>,
    }),
  ]
  for (const { from, to } of (json.pathways ?? []).slice(0, 1))
    options.push(fc.constant({ kind: 'remove-pathway', from, to }))
  if (json.services.length > 0) {
    const service = fc.constantFrom(...json.services.map((one) => one.id))
    options.push(service.map((id) => ({ kind: 'close-service', service: id })))
    options.push(service.map((id) => ({ kind: 'allow-self-referral', service: id })))
    options.push(
      fc
        .tuple(service, fc.constantFrom(0, 1, 5, 30))
        .map(([id, weeks]) => ({ kind: 'set-wait', service: id, weeks })),
    )
    const clauses = json.services.flatMap((one) =>
      (one.accepts ?? []).map((_, clause) => ({ service: one.id, clause })),
    )
    if (clauses.length > 0) options.push(constraintChange(json.facets, clauses))
  }
  const remedies = everyRemedy(json).filter((one) => one.kind === 'widen')
  if (remedies.length > 0) options.push(fc.constantFrom(...remedies))
  return fc.oneof(...options)
}

function constraintChange(
  facets: readonly FacetJson[],
  clauses: readonly { service: string; clause: number }[],
): fc.Arbitrary<Change> {
  return fc
    .tuple(
      fc.constantFrom(...clauses),
      conditionFor(facets).filter((one) => Object.keys(one).length > 0),
    )
    .map(([at, condition]) => {
      const [facet, constraint] = Object.entries(condition)[0]!
      return { kind: 'set-constraint', ...at, facet, constraint: constraint as never }
    })
}

function loaded(json: SystemJson): Loaded {
  const read = readSystem(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const made = load(read.value)
  if ('place' in made) throw new Error(made.wrong)
  return made
}

/** Equal, but for the last digits of numbers. */
function close(actual: unknown, expected: unknown): void {
  if (typeof actual === 'number' && typeof expected === 'number')
    expect(Math.abs(actual - expected)).toBeLessThan(1e-12)
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
