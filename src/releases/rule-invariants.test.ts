import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'

import { and, clausesDiagram, NOWHERE, readClauses } from '#engine/space'

import { countPlanted } from '../../test/planted-count.ts'
import { checkTable } from './rule-check.rules.ts'
import { invariants, type RuleInvariant } from './rule-invariant.ts'
import { ruleTables } from './rule-packs.ts'
import { ruleSpace, turningFacts, type RuleSpace } from './rule-space.rules.ts'
import type { RuleRow, RuleTable } from './rule-table.ts'
import { evaluate } from './sharing.rules.ts'
import { basisIds, recordIds, roleIds } from './sharing.ts'
import type { Question } from './sharing.ts'

const tables = Object.values(ruleTables)
const runs = Number(process.env['ANYDOOR_PROVE'] !== undefined ? 200_000 : 4_000)

/** Whether the drawn space says that this combination is let through. */
function drawnThrough({ model, table, through }: RuleSpace, question: Question): boolean {
  const { facts, ...columns } = question
  const cells = Object.fromEntries(Object.entries(columns).map(([id, value]) => [id, [value]]))
  const flags = turningFacts(table).map((fact) => [fact, [facts.includes(fact) ? 'so' : 'not-so']])
  const read = readClauses(model.facets, [{ ...cells, ...Object.fromEntries(flags) }])
  if (!read.ok) throw new Error(read.problem.wrong)
  return and(model.store, through, clausesDiagram(model, read.value)) !== NOWHERE
}

/** A row that lets everything of an invariant through, in a table that has no condition left to stop it. */
function planted(table: RuleTable, { to, records, bases, from }: RuleInvariant): RuleTable {
  const row: RuleRow = {
    ...(table.rows[0] as RuleRow),
    id: `${table.id}-999`,
    part: 'pair',
    from: from === undefined ? 'any' : [...from],
    to: to === undefined ? 'any' : [...to],
    records: records === undefined ? 'any' : [...records],
    bases: bases === undefined ? 'any' : [...bases],
    when: [],
    unless: [],
    outcome: 'A',
    needs: [],
    override: [],
    only: false,
    except: [],
  }
  return { ...table, rows: [row, ...table.rows.filter((each) => each.part === 'pair')] }
}

const changed = (table: RuleTable, id: string, change: Partial<RuleRow>): RuleTable => ({
  ...table,
  rows: table.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
})

describe.each(tables)('over every combination of the $id table', (table) => {
  test('everything that must never go through is refused, and nothing hangs on an order that is not said', () => {
    const { invariants: checked, order, idle, unhandled } = checkTable(table)
    expect(checked.filter((each) => each.broken !== null)).toEqual([])
    expect({ order, idle, unhandled }).toEqual({ order: [], idle: [], unhandled: [] })
    expect(checked.every((each) => each.combinations > 0n)).toBe(true)
  })

  test('the drawn space and the evaluator never disagree', () => {
    const space = ruleSpace(table)
    const facts = turningFacts(table)
    const needed = table.rows.flatMap((row) =>
      row.needs.map((each) => (typeof each === 'string' ? each : each.need)),
    )
    const question = fc.record({
      from: fc.constantFrom(...roleIds),
      to: fc.constantFrom(...roleIds),
      record: fc.constantFrom(...recordIds),
      basis: fc.constantFrom(...basisIds),
      facts: fc.uniqueArray(
        fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...facts) }, fc.constantFrom(...needed)),
        { maxLength: facts.length },
      ),
    })
    fc.assert(
      fc.property(question, (asked) => {
        const through = !evaluate(table, asked).outcome.startsWith('forbidden')
        expect(drawnThrough(space, asked)).toBe(through)
      }),
      { numRuns: runs, seed: 33 },
    )
  })

  test.each(invariants.filter((each) => each.packs?.includes(table.id) ?? true))(
    'a planted row that breaks it is found: $id',
    (invariant) => {
      const { invariants: checked, holds } = checkTable(planted(table, invariant))
      const broken = checked.find((each) => each.id === invariant.id)?.broken
      countPlanted(inject('plantedBook'), 'hole', 1, Number(broken !== undefined && broken !== null))
      expect(holds).toBe(false)
      expect(broken?.rules).toContain(`${table.id}-999`)
      expect(broken?.outcome).toBe('allow')
    },
  )

  test('with the first rule about the person causing harm weakened, the combination and the rows are named', () => {
    const weak = changed(table, `${table.id}-3`, { bases: ['REL'] })
    const row: RuleRow = { ...(table.rows.find((each) => each.part === 'pair') as RuleRow) }
    const hole: RuleRow = {
      ...row,
      id: `${table.id}-998`,
      from: ['DVA'],
      to: ['OPR'],
      records: ['R1'],
      bases: ['ASK'],
      outcome: 'A',
      when: [],
      unless: [],
      needs: [],
    }
    const found = checkTable({ ...weak, rows: [hole, ...weak.rows] })
    const broken = found.invariants.find((each) => each.id === 'never-to-the-person-causing-harm')?.broken
    expect(broken?.question).toMatchObject({ to: 'OPR', basis: 'ASK' })
    expect(broken?.rules[0]).toBe(`${table.id}-998`)
  })

  test('a row that can never decide, and one whose place decides unsaid, are found', () => {
    const [one] = table.rows.filter((row) => row.part === 'pair')
    const late = { ...(one as RuleRow), id: `${table.id}-997` }
    expect(checkTable({ ...table, rows: [...table.rows, late] }).idle).toEqual([`${table.id}-997`])
    const crossing: RuleRow = {
      ...(one as RuleRow),
      id: `${table.id}-996`,
      from: ['DVA'],
      to: 'any',
      records: ['R6'],
      bases: 'any',
      outcome: 'F',
      when: [],
      unless: [],
      needs: [],
      override: [],
    }
    const { order } = checkTable({ ...table, rows: [...table.rows, crossing] })
    expect(order.map((each) => each.second)).toContain(`${table.id}-996`)
  })

  test('a value that no row names needs a reason', () => {
    const bare = { ...table, leftToAnyRow: {} }
    expect(checkTable(bare).unhandled).toContainEqual({ column: 'from', value: 'PAY' })
  })

  test('is a role left that may share nothing with anyone', () => {
    const opening = turningFacts(table).filter(
      (fact) => !['about-child', 'deceased', 'linkage', 'received', 'recipient-excluded'].includes(fact),
    )
    const shares = (from: (typeof roleIds)[number]) =>
      ['CW' as const, 'DVA' as const, 'SUR' as const].some((to) =>
        ['R0' as const, 'R5' as const, 'R17' as const].some((record) =>
          basisIds.some((basis) =>
            [[], opening].some(
              (facts) => !evaluate(table, { from, to, record, basis, facts }).outcome.startsWith('forbidden'),
            ),
          ),
        ),
      )
    expect(roleIds.filter((from) => !shares(from))).toEqual([])
  })
})

test('rows meant to be read in an order say so: a funder’s bar stands before a judge’s order (us-rule-9)', () => {
  const silent = changed(ruleTables.us, 'us-9', { before: [] })
  const [found] = checkTable(silent).order
  expect(found).toMatchObject({ first: 'us-9', second: 'us-110', outcome: 'forbidden' })
  expect(found?.question).toMatchObject({ from: 'DVA', basis: 'ORD' })
})
