import { describe, expect, test } from 'vitest'
import { ruleTables } from './rule-packs.ts'
import type { RuleRow, RuleTable } from './rule-table.ts'
import { evaluate } from './sharing.rules.ts'
import { basisIds, recordIds, roleIds } from './sharing.ts'
import type { BasisId, FactId, RecordId, RoleId, Verdict } from './sharing.ts'

/** Every combination of the columns, with nothing so and with everything so that could open a row. */
function everyAnswer(table: RuleTable, given: Columns): readonly Answer[] {
  const opening = opensOf(table)
  const answers: Answer[] = []
  for (const from of given.from ?? roleIds)
    for (const to of given.to ?? roleIds)
      for (const record of given.records ?? recordIds)
        for (const basis of given.bases ?? basisIds)
          for (const facts of [[], opening, ...(given.settings ?? [])])
            answers.push({
              columns: `${from} ${to} ${record} ${basis}`,
              facts,
              verdict: evaluate(table, { from, to, record, basis, facts }),
            })
  return answers
}

interface Columns {
  readonly from?: readonly RoleId[]
  readonly to?: readonly RoleId[]
  readonly records?: readonly RecordId[]
  readonly bases?: readonly BasisId[]
  readonly settings?: readonly (readonly FactId[])[]
}

interface Answer {
  readonly columns: string
  readonly facts: readonly FactId[]
  readonly verdict: Verdict
}

/** Facts that open a row towards yes: signatures, overrides, situations; those that only refuse are left out. */
function opensOf(table: RuleTable): readonly FactId[] {
  const refusing = table.rows.filter((row) => row.outcome.startsWith('F')).flatMap((row) => row.when)
  const facts = table.rows.flatMap((row) => [
    ...row.when,
    ...row.unless,
    ...row.override,
    ...row.needs.map((each) => (typeof each === 'string' ? each : each.need)),
  ])
  const silencing = ['yes-or-no', 'about-child', 'too-young', 'minor-consents-alone', 'deceased']
  return [...new Set(facts)].filter((fact) => !refusing.includes(fact) && !silencing.includes(fact))
}

/** Combinations that are not refused outright; "needs" counts as let through, since needs can be met. */
function letThrough(table: RuleTable, columns: Columns): readonly Answer[] {
  return everyAnswer(table, columns).filter(({ verdict }) => !verdict.outcome.startsWith('forbidden'))
}

function columnsOf(answers: readonly Answer[]): readonly string[] {
  return [...new Set(answers.map((answer) => answer.columns))]
}

const aboutSurvivor = recordIds.filter((record) => record !== 'R0' && record !== 'R17')
const aboutAnyone = recordIds.filter((record) => record !== 'R0')
const notOrder = basisIds.filter((basis) => basis !== 'ORD')

/** What reaches the other parent without an order, row 40 with its own condition apart. */
function reachesOther(table: RuleTable, from: readonly RoleId[] = roleIds): readonly string[] {
  const gates = gatesTowardsOther(table)
  const settings = [
    gates,
    ...gates.map((gate) => [gate]),
    ...gates.map((gone) => gates.filter((each) => each !== gone)),
  ]
  const found = letThrough(table, {
    from,
    to: ['OPR', 'PXY'],
    records: aboutSurvivor,
    bases: notOrder,
    settings,
  })
  const rowForty = ({ verdict, facts }: Answer) =>
    verdict.rules[0] === 'us-40' && facts.includes('recipient-not-flagged')
  return columnsOf(found.filter((answer) => !rowForty(answer)))
}

/** Every fact that opens or silences a row towards the other parent. */
function gatesTowardsOther(table: RuleTable): readonly FactId[] {
  const towards = table.rows.filter(
    ({ to }) =>
      to === 'any' ||
      ('anyBut' in to ? !to.anyBut.includes('OPR') : to.includes('OPR') || to.includes('PXY')),
  )
  return [...new Set(towards.flatMap((row) => [...row.when, ...row.unless, ...row.override]))]
}

describe.each(Object.values(ruleTables))('in no combination of the $id table', (table) => {
  test('does anything about the person reach the one causing harm without an order, row 40 apart', () => {
    expect(reachesOther(table)).toEqual([])
  })

  test('a planted row that lets it through is found', () => {
    const opened = table.rows.map((row) =>
      row.id === `${table.id}-3` ? { ...row, bases: ['REL' as const] } : row,
    )
    const planted = {
      ...opened[0],
      id: `${table.id}-99`,
      part: 'pair',
      to: ['OPR'],
      bases: ['ASK'],
      outcome: 'A',
    }
    expect(reachesOther({ ...table, rows: [planted as RuleRow, ...opened] }, ['DVA']).length).toBeGreaterThan(
      0,
    )
  })

  test('does an order reach the one causing harm that does not name them', () => {
    const found = everyAnswer(table, { to: ['OPR', 'PXY'], records: aboutSurvivor, bases: ['ORD'] })
    const unnamed = found.filter(
      ({ verdict, facts }) => verdict.outcome === 'allow' && !facts.includes('judge-named-this-reader'),
    )
    expect(columnsOf(unnamed)).toEqual([])
    expect(found.some(({ verdict }) => verdict.outcome === 'allow')).toBe(true)
  })

  test('does an agreement between agencies, or no ground at all, let anything through', () => {
    expect(columnsOf(letThrough(table, { bases: ['MOU', 'NONE'] }))).toEqual([])
  })

  test('do therapy notes or substance use notes go by a general release or for treatment', () => {
    const general = basisIds.filter((basis) => !['AUTH-PN', 'C2-CN', 'ORD', 'SELF'].includes(basis))
    const found = letThrough(table, { records: ['R7', 'R9'], bases: general })
    expect(columnsOf(found)).toEqual([])
  })

  test('does anything about one person reach the operator, the public, or a funder’s database', () => {
    expect(columnsOf(letThrough(table, { to: ['PLT', 'PUB', 'HMIS'], records: aboutAnyone }))).toEqual([])
  })

  test('does anything of an adult go into a child’s record', () => {
    const adult = recordIds.filter((record) => !['R0', 'R10', 'R11', 'R16', 'R17', 'R18'].includes(record))
    expect(columnsOf(letThrough(table, { to: ['CHT'], records: adult }))).toEqual([])
  })

  test('does a programme for those who cause harm learn anything without an order', () => {
    expect(columnsOf(letThrough(table, { to: ['BIP'], records: aboutSurvivor, bases: notOrder }))).toEqual([])
  })

  test('does what may not be held go anywhere', () => {
    expect(columnsOf(letThrough(table, { records: ['R14'] }))).toEqual([])
  })

  test('does a subpoena open anything', () => {
    expect(columnsOf(letThrough(table, { bases: ['SUBP'] }))).toEqual([])
  })

  test('is a role left that may share nothing with anyone', () => {
    const silent = roleIds.filter(
      (from) =>
        letThrough(table, { from: [from], to: ['CW', 'DVA', 'SUR'], records: ['R0', 'R5', 'R17'] }).length ===
        0,
    )
    expect(silent).toEqual([])
  })
})
