import {
  checkInvariant,
  combinationsWith,
  decide,
  idleRows,
  loadTable,
  type LoadedTable,
  type RuleTable,
} from '#engine/rules'
import type { Facet } from '#engine/space'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clausesHold,
  situationsOf,
  type ConditionJson,
  type FacetJson,
  type SituationJson,
} from './oracle.ts'
import { conditionFor, runs, smallSystem } from './small-systems.ts'

const sharing: RuleTable<'share' | 'ask' | 'never'> = {
  columns: [
    { id: 'about', kind: 'choice', values: ['survivor', 'child', 'person-causing-harm'] },
    { id: 'to', kind: 'choice', values: ['advocate', 'clinic', 'person-causing-harm', 'court'] },
    { id: 'permission', kind: 'choice', values: ['given', 'not-given'] },
    { id: 'order', kind: 'choice', values: ['none', 'judge'] },
  ],
  rows: [
    { id: 'court-order', when: [{ order: ['judge'], to: ['court'] }], outcome: 'share' },
    { id: 'never-to-harm', when: [{ to: ['person-causing-harm'] }], outcome: 'never' },
    { id: 'with-permission', when: [{ permission: ['given'] }], outcome: 'share' },
  ],
  otherwise: 'ask',
}

test('an invariant of a sharing table holds, and a moved row is caught with the combination', () => {
  const never = { where: [{ to: ['person-causing-harm'] }], never: ['share' as const, 'ask' as const] }
  expect(verdict(sharing, never)).toEqual({ holds: true, combinations: 12n })
  const moved = { ...sharing, rows: [sharing.rows[2]!, sharing.rows[0]!, sharing.rows[1]!] }
  expect(verdict(moved, never)).toEqual({
    holds: false,
    counterexample: { about: 'survivor', to: 'person-causing-harm', permission: 'given', order: 'none' },
    row: 'with-permission',
    outcome: 'share',
  })
})

test('a row that can never decide is named, and a row with an unknown value is refused', () => {
  const more = [
    ...sharing.rows,
    { id: 'late', when: [{ permission: ['given'], about: ['child'] }], outcome: 'ask' as const },
  ]
  expect(idleRows(table({ ...sharing, rows: more }))).toEqual(['late'])
  const wrong = loadTable({ ...sharing, rows: [{ id: 'x', when: [{ to: ['nobody'] }], outcome: 'ask' }] })
  expect(wrong).toMatchObject({ ok: false, problem: { place: 'rows[0].when[0].to[0]' } })
})

test('tables agree with deciding every combination', () => {
  const outcomes = ['a', 'b', 'c'] as const
  const random = smallSystem.chain(({ facets }) =>
    fc.record({
      columns: fc.constant(facets as unknown as Facet[]),
      rows: fc
        .array(
          fc.record({
            when: fc.array(conditionFor(facets), { maxLength: 2 }),
            outcome: fc.constantFrom(...outcomes),
          }),
          { maxLength: 5 },
        )
        .map((rows) => rows.map((row, i) => ({ ...row, id: `r${i}` }))),
      otherwise: fc.constantFrom(...outcomes),
      where: fc.array(conditionFor(facets), { maxLength: 2 }),
    }),
  )
  fc.assert(
    fc.property(random, ({ where, ...given }) => {
      const loaded = table(given as unknown as RuleTable<'a' | 'b' | 'c'>)
      const facets = given.columns as unknown as FacetJson[]
      const all = situationsOf({ facets, needs: [], services: [] })
      const json = { facets, needs: [], services: [] }
      const byHand = (one: SituationJson) =>
        given.rows.find((row) => clausesHold(json, row.when as ConditionJson[], one))
      for (const one of all)
        expect(decide(loaded, one)).toEqual({
          row: byHand(one)?.id ?? null,
          outcome: byHand(one)?.outcome ?? given.otherwise,
        })
      for (const outcome of outcomes) {
        const having = all.filter((one) => (byHand(one)?.outcome ?? given.otherwise) === outcome)
        expect(combinationsWith(loaded, outcome)).toBe(BigInt(having.length))
        const bad = having.filter((one) => clausesHold(json, where as ConditionJson[], one))
        const found = checkInvariant(loaded, { where: where as never, never: [outcome] })
        if (!found.ok) throw new Error(found.problem.wrong)
        expect(found.value.holds).toBe(bad.length === 0)
        if (!found.value.holds) expect(bad).toContainEqual(found.value.counterexample)
      }
      expect(idleRows(loaded)).toEqual(
        given.rows.map((row) => row.id).filter((id) => !all.some((one) => byHand(one)?.id === id)),
      )
    }),
    runs(150, 10_000),
  )
})

function table<Outcome extends string>(given: RuleTable<Outcome>): LoadedTable<Outcome> {
  const read = loadTable(given)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.value
}

function verdict<Outcome extends string>(
  given: RuleTable<Outcome>,
  invariant: Parameters<typeof checkInvariant<Outcome>>[1],
) {
  const read = checkInvariant(table(given), invariant)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.value
}
