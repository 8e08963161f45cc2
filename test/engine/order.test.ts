import { figuresOf, load, reportOf } from '#engine/check'
import { newModel, orderOf, problemLine, readSystem, siftedOrder } from '#engine/space'
import { expect, test } from 'vitest'

// Each service asks two facets that stand far apart in the file: no matter, unless the order keeps them apart.
const pairs = 11
const facet = (letter: string) =>
  Array.from({ length: pairs }, (_, i) => ({ id: `${letter}${i}`, kind: 'choice', values: ['no', 'yes'] }))
const read = readSystem({
  facets: [...facet('a'), ...facet('b')],
  needs: [{ id: 'n' }],
  services: Array.from({ length: pairs }, (_, i) => ({
    id: `s${i}`,
    agency: 'x',
    meets: ['n'],
    accepts: [{ [`a${i}`]: ['yes'], [`b${i}`]: ['yes'] }],
  })),
})
if (!read.ok) throw new Error(problemLine(read.problem))
const system = read.value

test('sifting finds an order in which a large diagram is small', () => {
  const plain = load(system, { siftAt: 10_000_000 })
  const sifted = load(system, { siftAt: 1500 })
  if ('place' in plain || 'place' in sifted) throw new Error('not loaded')
  expect(plain.solved.model.store.edges).toBeGreaterThan(8000)
  expect(sifted.solved.model.store.edges).toBeLessThan(1500)
  expect(figuresOf(sifted).noWrongDoor).toBeCloseTo(figuresOf(plain).noWrongDoor ?? 0, 12)
  expect(reportOf(sifted).situations).toBe(reportOf(plain, { gaps: 0, remedies: 0, deadEnds: 0 }).situations)
})

test('an order is a permutation of the facets, and the sifted one is no worse', () => {
  const sorted = (order: readonly number[]) => [...order].sort((a, b) => a - b)
  const all = system.facets.map((_, i) => i)
  expect(sorted(orderOf(system))).toEqual(all)
  expect(sorted(siftedOrder(system))).toEqual(all)
  expect(newModel(system, { order: siftedOrder(system) }).store.edges).toBeLessThanOrEqual(
    newModel(system).store.edges,
  )
})
