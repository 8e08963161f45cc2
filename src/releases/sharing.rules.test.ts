import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LawPack } from './law-pack.ts'
import { lawPackOf } from './law-packs.ts'
import { judge, rulesInForce, ruleTables } from './rule-packs.ts'
import { evaluate } from './sharing.rules.ts'
import {
  basisIds,
  consentBases,
  outcomeIds,
  recordIds,
  roleIds,
  roleKinds,
  roleOf,
  sectorIds,
} from './sharing.ts'
import { RuleTable } from './rule-table.ts'
import type { BasisId, FactId, Outcome, Question, RecordId, RoleId } from './sharing.ts'

const us = ruleTables.us
const signed = ['signer-cleared', 'release-active', 'listed']

function ask(from: RoleId, to: RoleId, record: RecordId, basis: BasisId, ...facts: FactId[]): Question {
  return { from, to, record, basis, facts }
}

/** The same question with everything that is missing supplied, until nothing more is asked for. */
function supplied(table: RuleTable, question: Question): Question {
  const verdict = evaluate(table, question)
  if (verdict.outcome !== 'needs') return question
  return supplied(table, {
    ...question,
    facts: [...question.facts, ...verdict.missing.map((each) => each.need)],
  })
}

function expectVerdict(question: Question, outcome: Outcome, rule: string): void {
  const verdict = evaluate(us, question)
  expect([verdict.outcome, verdict.rules[0]]).toEqual([outcome, rule])
}

describe('documented cases of the sharing engine', () => {
  test('us-T1: advocate to clinic, fact of service and contact, valid release', () => {
    for (const record of ['R1', 'R2'] as const) {
      const question = supplied(us, ask('DVA', 'MHC', record, 'REL', ...signed))
      expectVerdict(question, 'allow', 'us-14')
      expect(evaluate(us, question).maxDays).toBe(90)
    }
  })

  test('us-T2: what is not listed stays back, the rest goes', () => {
    expectVerdict(ask('DVA', 'MHC', 'R4', 'REL', 'signer-cleared', 'release-active'), 'forbidden', 'us-6')
  })

  test('us-T3, us-T4: after the end, and the second after a spoken withdrawal', () => {
    expectVerdict(ask('DVA', 'MHC', 'R1', 'REL', 'signer-cleared', 'listed'), 'forbidden', 'us-5')
  })

  test('us-T5: an agreement between agencies never permits', () => {
    expectVerdict(ask('DVA', 'MHC', 'R1', 'MOU'), 'forbidden', 'us-1')
  })

  test('us-T6: a shared client database of a funder, even with a signed release', () => {
    expectVerdict(ask('DVA', 'HMIS', 'R1', 'REL', ...signed), 'forbidden', 'us-9')
  })

  test('us-T7: totals for a funder wait until small numbers are hidden', () => {
    expectVerdict(ask('DVA', 'FUN', 'R0', 'AGG'), 'needs', 'us-8')
    expectVerdict(ask('DVA', 'FUN', 'R0', 'AGG', 'small-numbers-hidden'), 'allow', 'us-8')
  })

  test('us-T8: a hash of name and birthday is a disclosure', () => {
    expectVerdict(ask('DVA', 'DVA', 'R1', 'NONE', 'linkage'), 'forbidden', 'us-74')
  })

  test('us-T9: the person causing harm cannot sign, for a child either', () => {
    expectVerdict(
      ask('DVA', 'MHC', 'R1', 'REL', 'release-active', 'listed', 'about-child'),
      'forbidden',
      'us-4',
    )
  })

  test('us-T10: joint custody, the safe parent and a child of thirteen sign', () => {
    const half = ask('DVA', 'MHC', 'R1', 'REL', ...signed, 'one-recipient', 'purpose-stated', 'about-child')
    expect(evaluate(us, half).missing.map((each) => each.need)).toEqual([
      'safe-parent-signed',
      'minor-signed',
    ])
    const verdict = evaluate(us, supplied(us, half))
    expect([verdict.outcome, verdict.rules]).toEqual(['allow', ['us-14', 'us-71']])
  })

  test('us-T12: a child of four, the safe parent signs and the child is told as fits', () => {
    const verdict = evaluate(
      us,
      supplied(us, ask('DVA', 'MHC', 'R1', 'REL', ...signed, 'about-child', 'too-young')),
    )
    expect([verdict.outcome, verdict.rules]).toEqual(['allow', ['us-14', 'us-72']])
  })

  test('us-T14: a flagged parent asks the portal for a visit with the other parent in it', () => {
    for (const record of ['R6', 'R10', 'R12'] as const) {
      for (const reader of ['PXY', 'OPR'] as const) {
        expectVerdict(ask('PCP', reader, record, 'ASK', 'abuse-tagged'), 'forbidden-unless-order', 'us-55')
      }
    }
  })

  test('us-T15: nothing copies itself into the record of a newborn', () => {
    expectVerdict(ask('PCP', 'CHT', 'R12', 'AUTO'), 'forbidden', 'us-54')
  })

  test('us-T16: an attorney signed the subpoena, no judge did', () => {
    expectVerdict(ask('DVA', 'LEG', 'R5', 'SUBP'), 'forbidden', 'us-25')
  })

  test('us-T18, us-T19: a mandated report goes, its attachment does not, and no file opens after it', () => {
    expectVerdict(supplied(us, ask('DVA', 'CW', 'R11', 'MAND')), 'allow', 'us-22')
    expectVerdict(ask('DVA', 'CW', 'R5', 'MAND'), 'forbidden', 'us-23')
    expectVerdict(ask('DVA', 'CW', 'R5', 'NONE'), 'forbidden', 'us-2')
  })

  test('us-T21, us-T22, us-T23, us-T24: substance use records', () => {
    expectVerdict(ask('SUD', 'DVA', 'R8', 'C2-TPO', ...signed), 'forbidden', 'us-44')
    const verdict = evaluate(
      us,
      ask('SUD', 'PCP', 'R8', 'C2-TPO', ...signed, 'purpose-stated', 'consent-copy'),
    )
    expect([verdict.outcome, verdict.rules[0], verdict.missing[0]?.need]).toEqual([
      'needs',
      'us-43',
      'part2-notice',
    ])
    expectVerdict(ask('SUD', 'LEG', 'R8', 'SUBP'), 'forbidden', 'us-47')
    expectVerdict(ask('SUD', 'MHC', 'R9', 'C2-TPO', ...signed), 'forbidden', 'us-48')
  })

  test('us-T26: therapy notes are refused in a general authorisation, the summary is not', () => {
    expectVerdict(ask('MHC', 'DVA', 'R7', 'AUTH', ...signed), 'forbidden', 'us-34')
    expectVerdict(supplied(us, ask('MHC', 'DVA', 'R6', 'AUTH', ...signed)), 'allow', 'us-33')
  })

  test('us-T27: treatment may go on without the detail that the patient kept back', () => {
    const kept = ['minimum-only', 'restriction-kept']
    expectVerdict(ask('MHC', 'PCP', 'R6', 'TX', ...kept), 'allow', 'us-35')
    expectVerdict(ask('MHC', 'PCP', 'R6', 'TX', ...kept, 'abuse-detail'), 'needs', 'us-35')
  })

  test('us-T29: even a yes or no needs a release', () => {
    expectVerdict(ask('COA', 'CW', 'R1', 'NONE', 'yes-or-no'), 'forbidden', 'us-32')
    expectVerdict(supplied(us, ask('COA', 'CW', 'R1', 'REL', 'yes-or-no', ...signed)), 'allow', 'us-32')
  })

  test('us-T30, us-T31: a risk notice comes in, nothing goes back to the programme', () => {
    expectVerdict(ask('BIP', 'DVA', 'R17', 'LAW'), 'allow', 'us-30')
    expectVerdict(ask('DVA', 'BIP', 'R1', 'REL', ...signed), 'forbidden', 'us-29')
  })

  test('us-T33, us-T34: police on the telephone, an auditor on site', () => {
    expectVerdict(ask('DVA', 'POL', 'R1', 'NONE'), 'forbidden', 'us-2')
    expectVerdict(ask('DVA', 'AUD', 'R1', 'NONE'), 'forbidden', 'us-10')
  })

  test('us-T39: a recipient forwards what it received', () => {
    expectVerdict(ask('MHC', 'SCH', 'R1', 'NONE', 'received'), 'forbidden', 'us-7')
  })

  test('us-T40: imminent danger, two workers, contact only, one day', () => {
    const question = supplied(us, ask('MHC', 'DVA', 'R2', 'EMRG'))
    expectVerdict(question, 'allow', 'us-66')
    expect(evaluate(us, question).maxDays).toBe(1)
    expect(question.facts).toContain('person-told-or-reason')
  })

  test('us-T42: a safety step comes before one reads one’s own file', () => {
    const verdict = evaluate(us, ask('DVA', 'SUR', 'R5', 'SELF'))
    expect([verdict.outcome, verdict.rules[0], verdict.missing[0]?.need]).toEqual([
      'needs',
      'us-67',
      'safety-step',
    ])
  })

  /** A made-up state whose law allows what hangs on it. */
  const generous = LawPack.parse({
    id: 'us-made',
    name: 'Made-up State',
    version: 'us-made-1',
    note: 'Invented for a test.',
    reviewBy: '2027-01-01',
    sources: { statute: { title: 'An invented statute', standing: 'seen' } },
    fields: Object.fromEntries(
      Object.entries({
        'injury-report': true,
        'minor-advocacy-age': 14,
        'minor-release-with-parent': false,
      }).map(([field, value]) => [
        field,
        {
          value,
          citation: 'Section 1',
          source: 'statute',
          owner: 'A lawyer',
          reviewedOn: '2026-11-01',
          reviewedBySurvivors: 'not yet',
        },
      ]),
    ),
  })

  test('us-T45: a missing pack gives the strictest answer and a banner', () => {
    const injury = ask('PCP', 'LEG', 'R6', 'MAND', 'adult-injury', 'state-allows', 'person-told-or-reason')
    const facts = { ...injury, facts: [...injury.facts, 'safety-plan-first', 'minimum-only'] }
    expect(judge(rulesInForce('us'), facts)).toMatchObject({ outcome: 'needs', packMissing: true })
    expect(judge(rulesInForce('us', generous), facts)).toMatchObject({
      outcome: 'allow',
      packMissing: false,
    })
    const young = supplied(
      us,
      ask('DVA', 'MHC', 'R1', 'REL', ...signed, 'about-child', 'minor-consents-alone'),
    )
    expect(judge(rulesInForce('us', generous), young).outcome).toBe('allow')
    expect(judge(rulesInForce('us'), young).missing.map((each) => each.need)).toContain('safe-parent-signed')
    const unknown = judge(rulesInForce('elsewhere'), supplied(us, ask('MHC', 'PCP', 'R6', 'AUTH', ...signed)))
    expect(unknown).toMatchObject({ outcome: 'forbidden', packMissing: true })
    expect(judge(rulesInForce('uk'), ask('DVA', 'MHC', 'R1', 'MOU'))).toMatchObject({ packMissing: true })
    const england = rulesInForce('uk', lawPackOf('uk', 'uk-eng'))
    expect(judge(england, ask('DVA', 'MHC', 'R1', 'MOU'))).toMatchObject({ packMissing: false })
  })
})

const anyQuestion = fc.record({
  from: fc.constantFrom(...roleIds),
  to: fc.constantFrom(...roleIds),
  record: fc.constantFrom(...recordIds),
  basis: fc.constantFrom(...basisIds),
  facts: fc.subarray([...factsOf(ruleTables.us), ...factsOf(ruleTables.uk)]),
})

function factsOf(table: RuleTable): readonly FactId[] {
  const needs = table.rows.flatMap((row) =>
    row.needs.map((each) => (typeof each === 'string' ? each : each.need)),
  )
  return [
    ...new Set([...table.rows.flatMap((row) => [...row.when, ...row.unless, ...row.override]), ...needs]),
  ]
}

/** A refusal stays a refusal of either kind; a need may not become a yes. */
function atLeastAsStrict(after: Outcome, before: Outcome): boolean {
  const steps = (outcome: Outcome) => Math.min(outcomeIds.indexOf(outcome), 2)
  return steps(after) >= steps(before)
}

describe.each(Object.values(ruleTables))('what always holds in the $id table', (table) => {
  test('every question has one answer with its rules and sentences', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const verdict = evaluate(table, question)
        expect(outcomeIds).toContain(verdict.outcome)
        expect(verdict.rules.length).toBeGreaterThan(0)
        expect(verdict.sentences.length).toBe(verdict.rules.length)
        if (verdict.outcome === 'needs') expect(verdict.missing.length).toBeGreaterThan(0)
        if (verdict.outcome === 'allow') expect(verdict.missing).toEqual([])
      }),
      { seed: 1, numRuns: 3000 },
    )
  })

  test('one more condition never turns a refusal into a yes, nor does one more need', () => {
    const condition = fc.record({
      row: fc.constantFrom(...table.rows.filter((row) => row.part === 'condition')),
      outcome: fc.constantFrom('A', 'N', 'F', 'F*'),
      basis: fc.constantFrom(...basisIds),
      need: fc.constantFrom(...factsOf(table)),
    })
    fc.assert(
      fc.property(anyQuestion, condition, (question, { row, outcome, basis, need }) => {
        const before = evaluate(table, question).outcome
        const added = {
          ...row,
          id: `${table.id}-900`,
          outcome,
          bases: [basis],
          override: [],
          except: [],
          needs: [need],
        }
        const after = evaluate({ ...table, rows: [added, ...table.rows] }, question).outcome
        expect(atLeastAsStrict(after, before)).toBe(true)
        const demanding = table.rows.map((each) => ({ ...each, needs: [...each.needs, need] }))
        const stricter = evaluate({ ...table, rows: demanding }, question).outcome
        expect(atLeastAsStrict(stricter, before)).toBe(true)
      }),
      { seed: 2, numRuns: 2000 },
    )
  })

  test('the order of the conditions does not matter', () => {
    const turned = { ...table, rows: table.rows.toReversed() }
    const conditions = turned.rows.filter((row) => row.part === 'condition')
    const mixed = { ...table, rows: [...conditions, ...table.rows.filter((row) => row.part === 'pair')] }
    fc.assert(
      fc.property(anyQuestion, (question) => {
        expect(evaluate(mixed, question)).toEqual(evaluate(table, question))
      }),
      { seed: 3, numRuns: 1500 },
    )
  })

  test('a consent says nothing without an active release that lists the item, signed by somebody safe', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        fc.constantFrom(...consentBases),
        fc.constantFrom(...signed),
        (question, basis, gone) => {
          const facts = question.facts.filter((fact) => fact !== gone)
          expect(evaluate(table, { ...question, basis, facts }).outcome).toMatch(/^forbidden/)
        },
      ),
      { seed: 4, numRuns: 1500 },
    )
  })
})

describe('a table of a few rows', () => {
  const row = (id: string, change: object) => ({
    id,
    part: 'condition',
    from: 'any',
    to: 'any',
    records: 'any',
    bases: 'any',
    outcome: 'A',
    sources: ['s'],
    owner: 'o',
    reviewedOn: '2026-11-01',
    ...change,
  })
  const verdict = (rows: readonly object[], question = ask('DVA', 'MHC', 'R1', 'REL')) =>
    evaluate(RuleTable.parse({ ...us, rows }), question)
  const max = (days: number) => ({ max: { days, ceiling: days, oneTime: false } })

  test('the shortest time counts, and every need is named', () => {
    const rows = [
      row('us-1', { part: 'pair', needs: ['one'], ...max(30) }),
      row('us-2', { needs: ['two'], ...max(90) }),
    ]
    const said = verdict(rows)
    expect([said.outcome, said.maxDays]).toEqual(['needs', 30])
    expect(said.missing.map((each) => each.need).toSorted()).toEqual(['one', 'two'])
  })

  test('a kind of agency is bound by the rule of its kind', () => {
    const pair = row('us-1', { part: 'pair' })
    for (const [role, kind] of Object.entries(roleKinds) as [RoleId, RoleId][]) {
      const asked = ask('DVA', role, 'R1', 'REL')
      const shut = row('us-2', { to: [kind], outcome: 'F' })
      expect([role, verdict([pair, shut], asked).outcome]).toEqual([role, 'forbidden'])
      const allBut = row('us-1', { part: 'pair', to: { anyBut: [kind] } })
      expect([role, verdict([allBut], asked).outcome]).toEqual([role, 'forbidden'])
    }
  })
})

test('every sector has a role, an unknown one is any other agency', () => {
  for (const sector of sectorIds) expect(roleIds).toContain(roleOf(sector))
  expect([roleOf('domestic-abuse'), roleOf('child-mental-health'), roleOf('circus')]).toEqual([
    'DVA',
    'MHC',
    'OTH',
  ])
})
