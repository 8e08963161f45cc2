import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { rulesInForce } from '#releases'

import type { GroundRefusal } from './ground.ts'
import { type Report, reportFacts } from './report.ts'
import {
  heardMore,
  made,
  namesSomebody,
  notMade,
  reportLaw,
  reportState,
  reportVerdict,
  written,
} from './report.rules.ts'

const done = { by: 'Somebody', at: '2026-11-27T10:00:00Z' }
const told = { state: 'told', how: 'face-to-face', ...done } as const
const facts = {
  child: 'Ivy, 6',
  where: 'At school',
  what: 'A bruise',
  when: 'Monday',
  who: 'Dane',
  now: 'Tonight',
}
const begun: Report = {
  kind: 'report',
  rulesVersion: 'us',
  law: null,
  sort: 'harm',
  clockHours: 0,
  consulted: {
    state: 'asked',
    whom: 'The duty line',
    question: 'A child of six?',
    answer: 'Tell us',
    ...done,
  },
  facts: null,
  told: null,
  written: null,
  made: null,
  notMade: null,
}
const open = { exposureIsGround: false }
const how = {
  to: 'Duty line',
  way: 'telephone' as const,
  reference: '',
  envelopeId: null,
  rules: [] as string[],
  ...done,
}

const ok = (report: Report | GroundRefusal): Report => {
  if ('refused' in report) throw new Error(JSON.stringify(report))
  return report
}

describe('a mandated report', () => {
  test('us-rule-22, us-38, us-46, us-56, uk-47: six facts, the person told or why not: allowed', () => {
    const ready = ok(written(begun, open, { facts, told }, done))
    const of = (pack: 'us' | 'uk', sector: string) => reportVerdict(rulesInForce(pack), sector, ready)
    expect(of('us', 'domestic-abuse')).toMatchObject({ outcome: 'allow', rules: ['us-22'] })
    expect(of('us', 'mental-health').rules[0]).toBe('us-38')
    expect(of('us', 'substance-use').rules[0]).toBe('us-46')
    expect(of('us', 'primary-care').rules[0]).toBe('us-56')
    expect(of('us', 'education').rules[0]).toBe('us-112')
    expect(of('uk', 'domestic-abuse')).toMatchObject({ outcome: 'allow', rules: ['uk-47'] })
    expect(
      reportVerdict(rulesInForce('us'), 'domestic-abuse', begun).missing.map((each) => each.need),
    ).toEqual(['report-form', 'minimum-only', 'person-told-or-reason', 'no-attachment'])
  })

  test('us-T18, us-rule-23, uk-48: nothing of the file goes with it', () => {
    const ready = ok(written(begun, open, { facts, told }, done))
    const beside = (pack: 'us' | 'uk') => reportVerdict(rulesInForce(pack), 'domestic-abuse', ready, 'R5')
    expect(beside('us')).toMatchObject({ outcome: 'forbidden', rules: ['us-23'] })
    expect(beside('uk')).toMatchObject({ outcome: 'forbidden', rules: ['uk-48'] })
  })

  test('lacks no fact: each of the six is needed', () => {
    for (const fact of reportFacts) {
      const { [fact]: _gone, ...rest } = facts
      expect(written(begun, open, { facts: rest, told }, done)).toEqual({ refused: 'rule', rule: 'report-1' })
    }
  })

  test('exposure alone is no ground, in Washington by its law and where nothing is set; more heard is', () => {
    const near: Report = { ...begun, sort: 'exposure' }
    for (const law of ['us-wa', 'us-ct', null]) {
      const said = reportLaw({ pack: 'us', law, sector: 'domestic-abuse' })
      expect(said.exposureIsGround).toBe(false)
      expect(written(near, said, { facts, told }, done)).toEqual({ refused: 'rule', rule: 'report-2' })
    }
    expect(reportState(ok(written(ok(heardMore(near)), open, { facts, told }, done)))).toBe('written')
    expect(reportLaw({ pack: 'us', law: null, sector: 'domestic-abuse' })).toEqual({
      clockHours: 0,
      exposureIsGround: false,
      mustReport: null,
    })
  })

  test('nor in the United Kingdom where no law is set', () => {
    expect(reportLaw({ pack: 'uk', law: null, sector: 'domestic-abuse' }).exposureIsGround).toBe(false)
  })

  test('after *none is made* nothing is written; whoever was told stays told', () => {
    const none = ok(notMade(begun, 'Another kind of help', done))
    expect(written(none, open, { facts, told }, done)).toEqual({ refused: 'rule', rule: 'report-4' })
    const notYet = { state: 'not-yet', reason: 'Not alone', again: '2026-11-28', ...done } as const
    const again = ok(
      written(ok(written(begun, open, { facts, told }, done)), open, { facts, told: notYet }, done),
    )
    expect(again.told).toEqual(told)
  })

  test('in any order of steps: made once, of what was written, after telling or a reason, and never after *none*', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.nat(3), { maxLength: 10 }), (near, steps) => {
        let report: Report = { ...begun, sort: near ? 'exposure' : 'harm' }
        for (const step of steps) {
          const next = [
            () => written(report, open, { facts, told }, done),
            () => heardMore(report),
            () => made(report, how),
            () => notMade(report, 'Another kind of help', done),
          ][step]?.()
          if (next !== undefined && !('refused' in next)) report = next
        }
        if (report.made === null) return
        expect([report.notMade, report.sort, report.facts]).toEqual([null, 'harm', facts])
        expect(report.told).not.toBeNull()
      }),
      { numRuns: 2000, seed: 6 },
    )
  })
})

describe('a question without names', () => {
  const cards = [
    { name: 'Rowan Vale', sayAloud: ['Ro'] },
    { name: 'Ivy', legalName: 'Yvonne Aldous', sayAloud: [] },
  ]

  test.each([
    ['Would ivy be safe?', 'ivy'],
    ['A parent, Vale, says', 'vale'],
    ['She is called Ro.', 'ro'],
    ['Is Aldous in the house?', 'aldous'],
    ['Ring 07700 900321', '07700 900321'],
    ['Write to someone@example.org', 'someone@example.org'],
    ['It was 12/11/2026', '12/11/2026'],
    ['It was on 12 November', '12 November'],
    ['It was on November 12', 'November 12'],
    ['Near NM1 2AB', 'NM1 2AB'],
    ['At 14 Long Mill Street', '14 Long Mill Street'],
  ])('%s: names somebody', (text, word) => {
    expect(namesSomebody(text, cards)).toBe(word)
  })

  test.each([
    'A child of six was in the next room. Twice in four weeks. What would you do?',
    'Two children, 4 and 9; the other parent has a key.',
    'The privacy lead said: the valley is wide.',
    '',
  ])('%s: names nobody', (text) => {
    expect(namesSomebody(text, cards)).toBeNull()
  })
})
