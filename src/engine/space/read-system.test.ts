import { expect, test } from 'vitest'
import { problemLine } from './problem.ts'
import { readCondition, readSituation } from './condition.ts'
import { readSystem } from './read-system.ts'

const good = {
  facets: [
    { id: 'age', kind: 'integer', min: 0, max: 20 },
    { id: 'severity', kind: 'ordered', values: ['none', 'mild', 'severe'] },
    { id: 'abuse', kind: 'choice', values: ['ongoing', 'ended'] },
  ],
  needs: [{ id: 'therapy' }],
  agencies: [{ id: 'school' }],
  services: [{ id: 'clinic', agency: 'school', meets: ['therapy'], accepts: [{ age: { min: 5, max: 17 } }] }],
  pathways: [{ from: 'school', to: 'clinic', kind: 'warm' }],
}

const bad: readonly [string, string, unknown, string][] = [
  ['no facets', 'facets', undefined, 'facets: is missing; should be a list'],
  ['unknown key', 'gates', [], 'gates: is not known here'],
  [
    'contradictory range',
    'services.0.accepts.0.age',
    { min: 12, max: 5 },
    'services[0].accepts[0].age: min 12 is above max 5',
  ],
  [
    'contradictory order',
    'services.0.accepts.0.severity',
    { min: 'severe', max: 'mild' },
    'services[0].accepts[0].severity: min "severe" is above max "mild"',
  ],
  [
    'unknown facet',
    'services.0.accepts.0.mood',
    ['low'],
    'services[0].accepts[0].mood: is not a facet; the facets are age, severity, abuse',
  ],
  [
    'a facet named like a built-in',
    'services.0.accepts.0.constructor',
    ['low'],
    'services[0].accepts[0].constructor: is not a facet',
  ],
  [
    'unknown value',
    'services.0.accepts.0.abuse',
    ['past'],
    'services[0].accepts[0].abuse[0]: "past" is not a value of facet abuse; should be one of ongoing, ended',
  ],
  [
    'value beyond limits',
    'services.0.accepts.0.age',
    [21],
    'services[0].accepts[0].age[0]: 21 is not a value of facet age; should be a whole number from 0 to 20',
  ],
  [
    'range on a choice',
    'services.0.accepts.0.abuse',
    { min: 'ongoing' },
    'services[0].accepts[0].abuse: has min or max, but facet abuse has no order',
  ],
  ['empty constraint', 'services.0.accepts.0.age', {}, 'services[0].accepts[0].age: is an empty object'],
  [
    'unknown agency',
    'services.0.agency',
    'shool',
    'services[0].agency: "shool" is not an agency; should be the id of an agency, such as school',
  ],
  ['unknown need', 'services.0.meets', ['help'], 'services[0].meets[0]: "help" is not a need'],
  ['no need met', 'services.0.meets', [], 'services[0].meets: is empty'],
  ['pathway to nowhere', 'pathways.0.to', 'hospital', 'pathways[0].to: "hospital" leads nowhere'],
  ['duplicate ids', 'services.1', good.services[0], 'services[1]: clinic stands there twice'],
  ['an id over both lists', 'services.0.id', 'school', 'services[0].id: school is also the id of an agency'],
  ['weights that sum to 0', 'weights', { abuse: { ended: 0 } }, 'weights.abuse: sums to 0'],
  [
    'weights that overlap',
    'weights',
    {
      age: [
        { min: 0, max: 5, weight: 1 },
        { min: 5, max: 6, weight: 1 },
      ],
    },
    'weights.age[1]: overlaps another range at 5',
  ],
  [
    'weights outside',
    'weights',
    { age: [{ min: 0, max: 50, weight: 1 }] },
    'weights.age[0].max: 50 lies outside facet age',
  ],
  [
    'a wait that is no number',
    'services.0.waitWeeks',
    '6',
    'services[0].waitWeeks: is "6"; should be a number of at least 0',
  ],
  ['importance 0', 'needs.0.importance', 0, 'needs[0].importance: is 0; should be above 0'],
]

function put(file: object, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, file as Record<string, unknown>)
  if (value === undefined) delete holder[last]
  else holder[last] = value
}

test.each(bad)('%s', (_, path, value, line) => {
  const file = structuredClone(good)
  put(file, path, value)
  const read = readSystem(file)
  expect(read.ok ? 'read' : problemLine(read.problem)).toContain(line)
})

test('bounds beyond the limits are cut and warned of', () => {
  const file = structuredClone(good)
  file.services[0]!.accepts = [{ age: { min: 5, max: 99 } }]
  const read = readSystem(file)
  if (!read.ok) throw new Error(problemLine(read.problem))
  expect(read.value.services[0]?.accepts[0]?.[0]?.runs).toEqual([5, 20])
  expect(read.warnings).toEqual([expect.stringContaining('services[0].accepts[0].age: reaches beyond')])
})

test('agencies left out are those that services name, each a door', () => {
  const { agencies: _, ...file } = structuredClone(good)
  const read = readSystem(file)
  expect(read.ok && read.value.agencies).toEqual([{ id: 'school', door: true, arrivals: 1 }])
})

test('one condition and one situation are read with their places', () => {
  const facets = readSystem(good)
  if (!facets.ok) throw new Error('unreachable')
  expect(readCondition(facets.value.facets, { severity: { not: ['none'] } })).toMatchObject({
    ok: true,
    value: [{ facet: 1, runs: [1, 2] }],
  })
  expect(readSituation(facets.value.facets, { age: 7.5 })).toMatchObject({
    ok: false,
    problem: { place: 'situation.age' },
  })
  expect(readSituation(facets.value.facets, { age: 7 })).toMatchObject({ ok: true, value: { age: 7 } })
})
