import { DEPENDS, NO, TAKES, match, matchIndex, verdicts } from '#engine/matching'
import { readSystem } from '#engine/space'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conditionHolds, situationsOf, takenIn, type SituationJson, type SystemJson } from './oracle.ts'
import { partialFor, runs, smallSystem } from './small-systems.ts'

const asked = smallSystem.chain((system) => fc.tuple(fc.constant(system), partialFor(system.facets)))

test('takes, depends and does not take are exact over everything still possible', () => {
  fc.assert(
    fc.property(asked, ([json, partial]) => {
      const left = situationsOf(json).filter((one) =>
        Object.entries(partial).every(([id, value]) => one[id] === value),
      )
      fc.pre(left.length > 0)
      const report = match(matchIndex(systemOf(json)), partial)
      const taken = left.map((one) => takenIn(json, one, 'least'))
      const ids = json.services.map((service) => service.id)
      expect(report.takes).toEqual(ids.filter((id) => taken.every((set) => set.has(id))))
      expect(report.doesNotTake.map((one) => one.service)).toEqual(
        ids.filter((id) => taken.every((set) => !set.has(id))),
      )
      for (const { service, questions } of report.dependsOn) {
        const yes = taken.map((set) => set.has(service))
        expect(new Set(yes).size).toBe(2)
        expect(questions).toEqual(fewestQuestions(json, left, yes))
      }
      const told = (id: string) =>
        report.takes.includes(id) ? TAKES : report.dependsOn.some((one) => one.service === id) ? DEPENDS : NO
      expect([...verdicts(matchIndex(systemOf(json)), partial)]).toEqual(ids.map(told))
      expect(report.gap).toBe(report.takes.length + report.dependsOn.length === 0)
      expect(report.bestQuestion === null).toBe(report.dependsOn.length === 0)
    }),
    runs(400, 20_000),
  )
})

test('the nearest clause has the fewest blocking facets', () => {
  fc.assert(
    fc.property(asked, ([json, partial]) => {
      const left = situationsOf(json).filter((one) =>
        Object.entries(partial).every(([id, value]) => one[id] === value),
      )
      fc.pre(left.length > 0)
      for (const { service, clause, blocks } of match(matchIndex(systemOf(json)), partial).doesNotTake) {
        const accepts = json.services.find((one) => one.id === service)?.accepts ?? [{}]
        const costs = accepts.map((one) => fewestBlocks(json, left, one).length)
        expect(clause).toBe(accepts.length === 0 ? null : costs.indexOf(Math.min(...costs)))
        if (clause !== null) expect(blocks).toEqual(fewestBlocks(json, left, accepts[clause]!))
      }
    }),
    runs(500, 20_000),
  )
})

test('a clause that fails differently in each possible case names the fewest facets, first in the file', () => {
  const json: SystemJson = {
    facets: [
      { id: 'person', kind: 'choice', values: ['child', 'adult'] },
      { id: 'age', kind: 'integer', min: 0, max: 30 },
    ],
    possible: [
      { person: ['child'], age: { max: 15 } },
      { person: ['adult'], age: { min: 16 } },
    ],
    needs: [{ id: 'n' }],
    services: [{ id: 's', agency: 'a', meets: ['n'], accepts: [{ person: ['child'], age: { min: 16 } }] }],
  }
  expect(match(matchIndex(systemOf(json)), {}).doesNotTake).toEqual([
    { service: 's', clause: 0, blocks: ['person'] },
  ])
})

test('an index that has answered very many questions answers the next one alike, and stays small', () => {
  const json: SystemJson = {
    facets: ['a', 'b', 'c', 'd'].map((id) => ({ id, kind: 'integer', min: 0, max: 60 })),
    possible: [{ a: { max: 40 } }, { b: { min: 20 } }],
    needs: [{ id: 'n' }, { id: 'm' }],
    services: [
      { id: 's', agency: 'x', meets: ['n'], accepts: [{ a: { min: 5 }, b: { max: 30 } }, { c: { min: 9 } }] },
      { id: 't', agency: 'x', meets: ['m'], after: ['n'], accepts: [{ d: { max: 50 } }] },
    ],
  }
  const index = matchIndex(systemOf(json))
  index.wornAt = 300
  for (let i = 0; i < 1500; i++) {
    const person = { a: i % 61, b: (i * 7) % 61, c: (i * 13) % 61 }
    if (i % 500 === 0) expect(match(index, person)).toEqual(match(matchIndex(systemOf(json)), person))
    else match(index, person)
  }
  expect(index.model.store.edges).toBeLessThan(5_000_000)
  expect(index.wornAt).toBeGreaterThan(300)
})

function systemOf(json: SystemJson) {
  const read = readSystem(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.value
}

function subsets(ids: readonly string[]): string[][] {
  const all = ids.reduce<string[][]>((sets, id) => [...sets, ...sets.map((set) => [...set, id])], [[]])
  const key = (set: string[]) => set.map((id) => String(ids.indexOf(id)).padStart(3, '0')).join()
  return all.sort((a, b) => a.length - b.length || (key(a) < key(b) ? -1 : 1))
}

function fewestQuestions(json: SystemJson, left: SituationJson[], yes: boolean[]): string[] {
  const settles = (set: string[]) => {
    const seen = new Map<string, boolean>()
    return left.every((one, i) => {
      const answers = JSON.stringify(set.map((id) => one[id]))
      if (!seen.has(answers)) seen.set(answers, yes[i]!)
      return seen.get(answers) === yes[i]
    })
  }
  return subsets(json.facets.map((facet) => facet.id)).find(settles)!
}

function fewestBlocks(
  json: SystemJson,
  left: SituationJson[],
  clause: NonNullable<SystemJson['possible']>[number],
): string[] {
  const ids = json.facets.map((facet) => facet.id).filter((id) => id in clause)
  return subsets(ids).find((dropped) => {
    const rest = Object.fromEntries(Object.entries(clause).filter(([id]) => !dropped.includes(id)))
    return left.some((one) => conditionHolds(json, rest, one))
  })!
}
