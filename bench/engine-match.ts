import { TAKES, explainPage, matchIndex, verdicts } from '#engine/matching'
import { readSystem, sizeOf, valueAt, type Facet, type PartialSituation, type System } from '#engine/space'
import { REGION, generate, mulberry } from './engine-generator.ts'
import { runPeer } from './engine-peers.ts'

type Person = Record<string, string | number>
type Closure = (person: Person) => boolean

/** Matches people against many services: ours, compiled closures, zen-engine and json-rules-engine, on the same clauses. */
export function benchMatching(services: number, withPeers: boolean): void {
  const system = systemOf(services)
  const begun = performance.now()
  const index = matchIndex(system)
  say(`index of ${services} services (${index.clauses.serviceOf.length} clauses)`, performance.now() - begun)
  const random = mulberry(7)
  const people = Array.from({ length: 200 }, () => fullPerson(system, random))
  const partly = people.map((person) =>
    Object.fromEntries(Object.entries(person).filter(() => random() < 0.6)),
  )

  const whole = timed(people, (person) => verdicts(index, person))
  const part = timed(partly, (person) => verdicts(index, person))
  const page = timed(
    partly,
    (person) => explainPage(index, pageOf(system, verdicts(index, person)), person),
    (person) => {
      const ids = pageOf(system, verdicts(index, person))
      return () => explainPage(index, ids, person)
    },
  )
  say('verdict on all, everything known', whole.p50, `p99 ${whole.p99.toFixed(2)} ms`)
  say('verdict on all, six in ten known', part.p50, `p99 ${part.p99.toFixed(2)} ms`)
  say('explained page of fifty', page.p50, `p99 ${page.p99.toFixed(2)} ms`)

  const clauses = clausesOf(system)
  const closures = closuresOf(clauses)
  const run = timed(people.slice(0, 30), (person) => closures.filter(([, holds]) => holds(person)).length)
  say('compiled closures', run.p50, ratio(run.p50, whole.p50))
  const ours = people
    .slice(0, 4)
    .map((person) => verdicts(index, person).filter((verdict) => verdict === TAKES).length)
  if (!withPeers) return
  const input = { clauses, people, facets: system.facets.map((facet) => facet.id) }
  for (const name of ['zen', 'json-rules']) {
    const peer = runPeer<{ ms: number; taken: number[] }>(name, input)
    if (peer === null) continue
    const same = peer.taken.every((count, i) => count === ours[i])
    say(
      name,
      peer.ms,
      `${ratio(peer.ms, whole.p50)}${same ? '' : `  DIFFERS: ${peer.taken.join()} against ${ours.join()}`}`,
    )
  }
}

function systemOf(services: number): System {
  const json = generate({ ...REGION, seed: 4, services, agencies: 1000, pathways: 0 })
  const read = readSystem({
    ...json,
    possible: undefined,
    services: json.services.map(({ after: _, ...service }) => ({ ...service, open: true })),
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.value
}

/** After warming up, the middle of three runs of each, so that another process on the machine is not counted. */
function timed(
  people: readonly PartialSituation[],
  run: (person: Person) => unknown,
  prepare?: (person: Person) => () => unknown,
): { p50: number; p99: number } {
  for (const person of people.slice(0, 50)) (prepare?.(person as Person) ?? (() => run(person as Person)))()
  const times = people.map((person) => {
    const work = prepare?.(person as Person) ?? (() => run(person as Person))
    const three = [1, 2, 3].map(() => {
      const begun = performance.now()
      work()
      return performance.now() - begun
    })
    return three.sort((a, b) => a - b)[1]!
  })
  times.sort((a, b) => a - b)
  return { p50: times[Math.floor(times.length / 2)]!, p99: times[Math.floor(times.length * 0.99)]! }
}

function pageOf(system: System, found: Uint8Array): readonly string[] {
  const ids: string[] = []
  for (let i = 0; i < found.length && ids.length < 50; i++)
    if (found[i] !== 0 || i % 977 === 0) ids.push(system.services[i]!.id)
  return ids
}

function fullPerson(system: System, random: () => number): Person {
  return Object.fromEntries(
    system.facets.map((facet) => [facet.id, valueAt(facet, Math.floor(random() * sizeOf(facet)))]),
  )
}

interface Test {
  readonly facet: string
  readonly values?: readonly (string | number)[]
  readonly min?: number
  readonly max?: number
}

/** Every clause as plain tests: a range on whole numbers, else a list of values. */
function clausesOf(system: System): readonly { readonly service: number; readonly tests: readonly Test[] }[] {
  return system.services.flatMap((service, number) =>
    service.accepts.map((clause) => ({
      service: number,
      tests: clause.map(({ facet, runs }): Test => {
        const axis = system.facets[facet] as Facet
        if (axis.kind === 'integer')
          return { facet: axis.id, min: axis.min + runs[0]!, max: axis.min + runs.at(-1)! }
        const values: (string | number)[] = []
        for (let i = 0; i < runs.length; i += 2)
          for (let step = runs[i]!; step <= runs[i + 1]!; step++) values.push(valueAt(axis, step))
        return { facet: axis.id, values }
      }),
    })),
  )
}

function closuresOf(clauses: ReturnType<typeof clausesOf>): readonly (readonly [number, Closure])[] {
  return clauses.map(({ service, tests }) => {
    const parts = tests.map(({ facet, values, min = 0, max = 0 }): Closure => {
      if (values === undefined)
        return (person) => Number(person[facet]) >= min && Number(person[facet]) <= max
      const set = new Set(values)
      return (person) => set.has(person[facet]!)
    })
    return [service, (person) => parts.every((part) => part(person))]
  })
}

function say(what: string, ms: number, more = ''): void {
  console.log(`  ${what.padEnd(52)} ${ms.toFixed(2).padStart(10)} ms  ${more}`)
}

function ratio(theirs: number, ours: number): string {
  return `ours is ${(theirs / ours).toFixed(0)} times as fast`
}
