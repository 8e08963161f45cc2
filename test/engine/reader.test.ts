import { figuresOf, load, reportOf } from '#engine/check'
import { match, matchIndex } from '#engine/matching'
import { whatIf } from '#engine/remedies'
import { conditionsOf } from '#engine/coverage'
import { TooLarge, newModel, orAll, problemLine, readSystem } from '#engine/space'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SystemJson } from './oracle.ts'
import { runs, smallSystem } from './small-systems.ts'

/** Something a hand or a program may have left in a file. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'a',
    'n0',
    's0',
    'a0',
    'f0',
    'v1',
    '__proto__',
    'constructor',
    'é\u0000\n',
    -1,
    0,
    0.5,
    1,
    3,
    1e308,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    2 ** 53 + 2,
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    [{}],
    { min: 5, max: 1 },
    { not: 3 },
    { min: 'v1' },
    [['v0']],
    { f0: [] },
    [[]],
    { min: -1e15, max: 1e15 },
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

const spoiled = fc
  .tuple(
    smallSystem,
    fc.array(
      fc.tuple(
        fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }),
        junk,
        fc.constantFrom('put', 'drop', 'twice', 'rename'),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([json, spoils]) => {
    const file = structuredClone(json) as unknown
    for (const [path, value, how] of spoils) spoil(file, path, value, how)
    return file
  })

test('a near-valid file is read or refused with one line; never a stack trace, a hang, or more memory than allowed', () => {
  let refused = 0
  let checked = 0
  fc.assert(
    fc.property(spoiled, (file) => {
      const read = readSystem(file)
      if (!read.ok) {
        refused++
        const line = problemLine(read.problem)
        expect(line).not.toMatch(/[\p{Cc}\u2028]/u)
        expect(line).toMatch(/^\S.*: .+; .+$/)
        expect(line.length).toBeLessThan(2000)
        return
      }
      try {
        const loaded = load(read.value, { limit: 100_000 })
        if ('place' in loaded) {
          expect(loaded.place).toBe('possible')
          return
        }
        const report = reportOf(loaded, { gaps: 5, deadEnds: 5, remedies: 3 })
        checked++
        expect(
          report.noWrongDoor === null || (report.noWrongDoor >= 0 && report.noWrongDoor <= 1 + 1e-12),
        ).toBe(true)
        expect(JSON.stringify(report)).not.toMatch(/NaN|Infinity/)
      } catch (error) {
        expect(error).toBeInstanceOf(TooLarge)
      }
    }),
    runs(800, 100_000),
  )
  expect(refused).toBeGreaterThan(150)
  expect(checked).toBeGreaterThan(50)
})

test('anything at all that is JSON is refused with one line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const read = readSystem(json)
      expect(read.ok ? 'read' : problemLine(read.problem)).toMatch(/; /)
    }),
    runs(300, 20_000),
  )
})

function tangled() {
  const facets = Array.from({ length: 40 }, (_, i) => ({ id: `f${i}`, kind: 'integer', min: 0, max: 99 }))
  const services = Array.from({ length: 300 }, (_, i) => ({
    id: `s${i}`,
    agency: 'a',
    meets: ['n'],
    accepts: [
      Object.fromEntries(
        [0, 1, 2].map((k) => [
          `f${(i * 7 + k * 13) % 40}`,
          { min: (i * 31 + k * 17) % 60, max: 60 + ((i * 13 + k * 29) % 40) },
        ]),
      ),
    ],
  }))
  const read = readSystem({ facets, needs: [{ id: 'n' }], services })
  if (!read.ok) throw new Error(problemLine(read.problem))
  return read.value
}

test('a system too large for the limit is refused, not run', () => {
  expect(() => load(tangled(), { limit: 200_000 })).toThrow(TooLarge)
})

test('at the limit the diagrams take no more memory than is stated for it: 4 GiB for 100 million edges', () => {
  const system = tangled()
  for (const limit of [100_000, 300_000, 1_000_000]) {
    const model = newModel(system, { limit })
    expect(() => orAll(model.store, conditionsOf(model, system).accepts)).toThrow(TooLarge)
    const { store } = model
    expect(store.edges).toBeGreaterThan(0.99 * limit)
    expect(store.edges).toBeLessThanOrEqual(limit)
    const cache = store.cacheKeys.byteLength + store.cacheValues.byteLength
    expect(cache).toBeLessThanOrEqual(12 * 2 ** 22)
    const arrays = [store.level, store.first, store.upto, store.child, store.weight, store.table]
    const bytes = arrays.reduce((sum, array) => sum + array.byteLength, 0)
    expect(bytes / limit).toBeLessThan(2 ** 32 / 100_000_000)
  }
})

test('facets with more values than a 32-bit number are counted exactly', () => {
  const json: SystemJson = {
    facets: [
      { id: 'pence', kind: 'integer', min: -5_000_000_000, max: 4_999_999_999_999 },
      { id: 'sure', kind: 'choice', values: ['yes', 'no'] },
    ],
    needs: [{ id: 'n', arises: [{ pence: { min: 0 } }] }],
    services: [{ id: 's', agency: 'a', meets: ['n'], accepts: [{ pence: { max: 999_999_999_999 } }] }],
  }
  const read = readSystem(json)
  if (!read.ok) throw new Error(problemLine(read.problem))
  const loaded = load(read.value)
  if ('place' in loaded) throw new Error(loaded.wrong)
  const report = reportOf(loaded)
  expect(report.situations).toBe(String(2n * 5_005_000_000_000n))
  expect(report.needs[0]?.met).toBeCloseTo(0.2, 12)
  const [gap] = report.needs[0]?.gaps ?? []
  expect(gap?.when).toEqual({ pence: { min: 1_000_000_000_000 } })
  expect(gap?.situations).toBe(String(2n * 4_000_000_000_000n))
  expect(gap?.share).toBeCloseTo(0.8, 12)
  // A new end that is no cut of the file: the facet is counted in other runs from then on.
  const constraint = { max: 2_499_999_999_999 }
  const after = whatIf(loaded, [
    { kind: 'set-constraint', service: 's', clause: 0, facet: 'pence', constraint },
  ])
  if ('place' in after) throw new Error(after.wrong)
  expect(figuresOf(after).needs[0]?.met).toBeCloseTo(0.5, 12)
  expect(match(matchIndex(read.value), { pence: 1_000_000_000_001 }).doesNotTake).toEqual([
    { service: 's', clause: 0, blocks: ['pence'] },
  ])
  expect(match(matchIndex(read.value), { pence: 999_999_999_999 }).takes).toEqual(['s'])
})

test('importance and arrivals as large or small as a double can be leave the figure a share', () => {
  for (const size of [1e308, 5e-324]) {
    const read = readSystem({
      facets: [{ id: 'f', kind: 'choice', values: ['x', 'y'] }],
      needs: [{ id: 'n', importance: size }],
      agencies: [
        { id: 'a', arrivals: size },
        { id: 'b', arrivals: size },
      ],
      services: [{ id: 's', agency: 'a', meets: ['n'] }],
    })
    if (!read.ok) throw new Error(problemLine(read.problem))
    const loaded = load(read.value)
    if ('place' in loaded) throw new Error(loaded.wrong)
    expect(reportOf(loaded).noWrongDoor).toBe(0.5)
  }
})

function drop(holder: Record<string, unknown> | unknown[], key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}

function spoil(file: unknown, path: readonly number[], value: unknown, how: string): void {
  let holder = file as Record<string, unknown>
  for (const [i, at] of path.entries()) {
    const keys = Object.keys(holder)
    const key = keys[at % Math.max(1, keys.length)]
    if (key === undefined) return
    const inner = holder[key]
    if (i < path.length - 1 && typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0) {
      holder = inner as Record<string, unknown>
      continue
    }
    if (how === 'put') holder[key] = value
    else if (how === 'drop') drop(holder, key)
    else if (how === 'rename') holder[`${key}x`] = inner
    else if (Array.isArray(holder)) holder.push(structuredClone(inner))
    return
  }
}
