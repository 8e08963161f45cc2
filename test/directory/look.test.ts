import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { figuresOf, load, reportOf } from '#engine/check'
import { clausesDiagram, and, countOf, less, readSystem, weightOf, type Condition } from '#engine/space'
import { lookBeside, lookLimits } from '../../src/directory/look-thread.ts'
import { needs } from '../../src/directory/facet.ts'
import { newLooker } from '../../src/directory/look.rules.ts'
import type { Look, LookAsked } from '../../src/directory/look.ts'
import { systemSource } from '../../src/directory/system-file.ts'
import { systemOfSource, type SystemSource } from '../../src/directory/system-source.rules.ts'
import { anyCondition } from './any-condition.ts'
import { directoryWorld, type DirectoryWorld } from './served.ts'

let made: DirectoryWorld
let source: SystemSource
const numRuns = process.env['ANYDOOR_PROVE'] === '1' ? 500 : 25

beforeAll(async () => {
  made = await directoryWorld(3000)
  source = await made.world.owner.transaction().execute((db) => systemSource(db, 'uk'))
})
afterAll(() => made.world.close())

interface Listed {
  readonly id: string
  readonly accepts: readonly Condition[]
  readonly after: readonly string[]
  readonly meets: readonly string[]
  readonly open: boolean
}

const listed = () => systemOfSource(source).services as unknown as readonly Listed[]

function freshOf(change: {
  readonly service: string
  readonly accepts?: readonly Condition[]
  readonly after?: readonly string[]
}) {
  const file = systemOfSource(source)
  const { service: id, ...entry } = change
  const services = file.services.map((one) => (one['id'] === id ? { ...one, ...entry, open: true } : one))
  const read = readSystem({ ...file, services, withinWeeks: [] })
  if (!read.ok) throw new Error(read.problem.wrong)
  const loaded = load(read.value)
  if ('place' in loaded) throw new Error(loaded.wrong)
  const number = read.value.services.findIndex((one) => one.id === id)
  return { loaded, number, solved: loaded.solved }
}

function lookedAt(asked: LookAsked): Look {
  const answer = newLooker()(asked)
  if ('cannot' in answer) throw new Error(answer.cannot)
  return answer
}

test('what a look shows equals a fresh check of the whole area', () => {
  const services = listed()
  const look = newLooker()
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: services.length - 1 }),
      fc.array(anyCondition, { minLength: 1, maxLength: 2 }),
      fc.subarray(
        needs.map((need) => need.id),
        { maxLength: 3 },
      ),
      (number, accepts, chosen) => {
        const service = services[number] as Listed
        const after = chosen.filter((need) => !service.meets.includes(need))
        const shown = look({ source, service: service.id, accepts, practice: null, after })
        if ('cannot' in shown) throw new Error(shown.cannot)
        const then = freshOf({ service: service.id, accepts, after })
        const now = freshOf({ service: service.id })
        expect(shown.noWrongDoor.then).toBeCloseTo(figuresOf(then.loaded).noWrongDoor ?? 0, 12)
        expect(shown.noWrongDoor.now).toBeCloseTo(figuresOf(now.loaded).noWrongDoor ?? 0, 12)
        const { model, cover } = then.solved
        const takes = and(model.store, model.possible, cover.takes[then.number] ?? 0)
        expect(shown.takes.situations).toBe(String(countOf(model.measure, takes)))
        expect(shown.takes.share).toBeCloseTo(
          weightOf(model.measure, takes) / weightOf(model.measure, model.possible),
          12,
        )
        expect(BigInt(shown.takes.situations)).toBe(
          takenNow(now) + BigInt(shown.more.situations) - BigInt(shown.fewer.situations),
        )
        expect(unmetBy(shown)).toEqual(unmetBetween(now, then))
        expect(new Set(shown.circles.map((one) => one.need))).toEqual(circlesIn(then.loaded, service.id))
      },
    ),
    { seed: 21, numRuns },
  )
})

/** By a fresh report: needs in which the service is in a circle of those that wait for each other. */
function circlesIn(loaded: Parameters<typeof reportOf>[0], service: string): Set<string> {
  const { circularWaits } = reportOf(loaded, { remedies: 0, gaps: 20, deadEnds: 0, loops: 0 })
  return new Set(circularWaits.filter((one) => one.services.includes(service)).map((one) => one.need))
}

function takenNow({ solved: { model, cover }, number }: ReturnType<typeof freshOf>): bigint {
  return countOf(model.measure, and(model.store, model.possible, cover.takes[number] ?? 0))
}

/** By need: how many more situations are unmet, from the look. */
function unmetBy(look: Look): Record<string, bigint> {
  return Object.fromEntries(
    look.needs
      .map(
        ({ need, opens, closes }) =>
          [need, BigInt(opens?.situations ?? 0) - BigInt(closes?.situations ?? 0)] as const,
      )
      .filter(([, more]) => more !== 0n),
  )
}

/** The same from two fresh runs. */
function unmetBetween(
  now: ReturnType<typeof freshOf>,
  then: ReturnType<typeof freshOf>,
): Record<string, bigint> {
  const unmet = ({ solved: { model, conditions, cover } }: ReturnType<typeof freshOf>, need: number) =>
    countOf(model.measure, less(model.store, conditions.arises[need] ?? 0, cover.covered[need] ?? 0))
  return Object.fromEntries(
    now.solved.system.needs
      .map(({ id }, need) => [id, unmet(then, need) - unmet(now, need)] as const)
      .filter(([, more]) => more !== 0n),
  )
}

test('a region that is said to open or close lies wholly in what moved', () => {
  const service = listed().find((one) => one.accepts.some((each) => Object.keys(each).length > 1))
  if (service === undefined) throw new Error('no service with two details')
  const shown = lookedAt({ source, service: service.id, accepts: [], practice: null, after: service.after })
  const { loaded } = freshOf({ service: service.id })
  const { model, conditions, cover, system } = loaded.solved
  for (const { need, opens, closes } of shown.needs) {
    expect(closes).toBeNull()
    const number = system.needs.findIndex((one) => one.id === need)
    for (const region of opens?.regions ?? []) {
      const read = readSystem({ ...systemOfSource(source), possible: [region.when] })
      if (!read.ok) throw new Error(read.problem.wrong)
      const box = and(model.store, clausesDiagram(model, read.value.possible), conditions.arises[number] ?? 0)
      expect(less(model.store, box, cover.covered[number] ?? 0)).toBe(0)
      expect(String(countOf(model.measure, box))).toBe(region.situations)
    }
  }
  expect(shown.takes.situations).toBe('0')
})

test('the gaps of a report after a change are the gaps that the look left', () => {
  const service = listed()[0] as Listed
  const shown = lookedAt({ source, service: service.id, accepts: [], practice: null, after: [] })
  const before = reportOf(freshOf({ service: service.id }).loaded, { remedies: 0, gaps: 0 })
  const after = reportOf(freshOf({ service: service.id, accepts: [], after: [] }).loaded, {
    remedies: 0,
    gaps: 0,
  })
  for (const need of before.needs) {
    const opened = shown.needs.find((one) => one.need === need.need)?.opens?.share ?? 0
    const met = after.needs.find((one) => one.need === need.need)?.met ?? 0
    expect((need.met ?? 0) - met).toBeCloseTo(opened, 12)
  }
})

test('a look in its thread is the look itself, and one at a time', async () => {
  const service = listed()[0] as Listed
  const asked = {
    source,
    service: service.id,
    accepts: service.accepts,
    practice: null,
    after: service.after,
  }
  expect(await lookBeside(asked)).toEqual(lookedAt(asked))
  const many = await Promise.all(Array.from({ length: lookLimits.atOnce + 2 }, () => lookBeside(asked)))
  expect(many.filter((one) => 'cannot' in one)).toEqual([{ cannot: 'busy' }, { cannot: 'busy' }])
  expect(await lookBeside({ ...asked, service: 'nobody' })).toEqual({ cannot: 'not-listed' })
})

test('beyond its limits of time, text and memory a look says so, and the next one answers', async () => {
  const service = listed()[0] as Listed
  const asked = {
    source,
    service: service.id,
    accepts: service.accepts,
    practice: null,
    after: service.after,
  }
  expect(await lookBeside(asked, 0.001)).toMatchObject({ cannot: expect.stringMatching(/busy|too-large/) })
  const long = { ...source, services: `${source.services}${' '.repeat(lookLimits.characters)}` }
  expect(await lookBeside({ ...asked, source: long })).toEqual({ cannot: 'too-large' })
  expect(newLooker(50)(asked)).toEqual({ cannot: 'too-large' })
  expect(await lookBeside(asked)).toHaveProperty('takes')
})
