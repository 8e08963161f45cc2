import { readFileSync } from 'node:fs'
import { load, reportOf } from '#engine/check'
import { explainPage, match, matchIndex, orderByWishes, type Explanation } from '#engine/matching'
import { problemLine, readSystem, type PartialSituation } from '#engine/space'
import { describe, expect, test } from 'vitest'

// The 26 invented entries and the gap scenarios of the domain report, section 4, by their numbers.
const read = readSystem(
  JSON.parse(readFileSync(new URL('fixtures/northmere.system.json', import.meta.url), 'utf8')),
)
if (!read.ok) throw new Error(problemLine(read.problem))
const system = read.value
const index = matchIndex(system)

type Said = 'takes' | { depends: readonly string[] } | { no: readonly string[] }

/** What a scenario says of each service: it takes them, it asks, or it does not because of these. */
const scenarios: readonly { case: string; person: PartialSituation; says: Readonly<Record<string, Said>> }[] =
  [
    {
      case: '1: child of 9, moderate anxiety for 16 weeks, abuse on and off, living with the person who does it',
      person: {
        person: 'child',
        age: 9,
        severity: 'moderate',
        'duration-weeks': 16,
        complexity: 'long-term',
        'support-tried': 'yes',
        abuse: 'intermittent',
        'living-with': 'yes',
        housing: 'settled',
        agreement: 'one-parent',
        safeguarding: 'early-help',
        'school-takes-part': 'yes',
        'other-therapy': 'no',
      },
      says: {
        n06: { no: ['abuse', 'living-with'] },
        n07: { depends: ['seen-at-school'] },
        n02: { depends: ['unresolved-concern'] },
        n03: { no: ['complexity'] },
        n24: 'takes',
        n22: 'takes',
        n23: 'takes',
        n01: 'takes',
      },
    },
    {
      case: '2: child of 6 with night terrors, in a refuge',
      person: {
        person: 'child',
        age: 6,
        abuse: 'ended-under-3-months',
        'living-with': 'no',
        housing: 'refuge',
        agreement: 'one-parent',
        'unresolved-concern': 'no',
      },
      says: {
        n06: { no: ['age', 'abuse', 'housing'] },
        n05: { no: ['age'] },
        n02: { depends: ['severity', 'duration-weeks', 'support-tried'] },
        n07: 'takes',
      },
    },
    {
      case: '3: mother seeking refuge with a boy of 15',
      person: { person: 'adult-victim', age: 38, gender: 'woman', housing: 'homeless', 'oldest-boy': 15 },
      says: { n12: { no: ['oldest-boy'] }, n26: 'takes' },
    },
    {
      case: '5: mother with moderate depression, high risk, still with the partner',
      person: {
        person: 'adult-victim',
        age: 31,
        gender: 'woman',
        severity: 'moderate',
        risk: 'high',
        dash: 16,
        abuse: 'ongoing',
        'living-with': 'yes',
        agreement: 'self',
        'self-harm': 'none',
        'other-therapy': 'no',
      },
      says: { n15: { no: ['risk'] }, n09: 'takes', n16: { no: ['severity'] } },
    },
    {
      case: '7: father who wants help while family proceedings are live',
      person: {
        person: 'person-using-abuse',
        age: 34,
        gender: 'man',
        acknowledges: 'yes',
        proceedings: 'family',
        'high-harm': 'no',
      },
      says: { n20: { depends: ['expert-assessment'] }, n21: { no: ['high-harm'] } },
    },
    {
      case: '7, without an expert assessment: neither takes him',
      person: {
        person: 'person-using-abuse',
        age: 34,
        gender: 'man',
        acknowledges: 'yes',
        proceedings: 'family',
        'expert-assessment': 'no',
        'high-harm': 'no',
      },
      says: { n20: { no: ['proceedings'] }, n21: { no: ['high-harm'] } },
    },
    {
      case: '8: father of high harm who refuses',
      person: {
        person: 'person-using-abuse',
        age: 40,
        gender: 'man',
        acknowledges: 'no',
        agreement: 'none',
        'high-harm': 'yes',
      },
      says: { n21: 'takes', n20: { no: ['acknowledges'] } },
    },
    {
      case: '9: girl of 16, boyfriend of 17, fifteen on the checklist',
      person: {
        person: 'young-person',
        age: 16,
        gender: 'woman',
        'own-relationship': 'yes',
        dash: 15,
        abuse: 'ongoing',
        agreement: 'self',
      },
      says: { n08: 'takes', n09: 'takes' },
    },
    {
      case: '10: girl of 15, boyfriend of 17',
      person: {
        person: 'young-person',
        age: 15,
        gender: 'woman',
        'own-relationship': 'yes',
        dash: 15,
        abuse: 'ongoing',
        agreement: 'self',
      },
      says: { n08: 'takes', n09: { no: ['age'] }, n23: 'takes' },
    },
    {
      case: '11: woman with a low score, a worried GP',
      person: {
        person: 'adult-victim',
        age: 45,
        gender: 'woman',
        risk: 'standard',
        dash: 4,
        abuse: 'ongoing',
        agreement: 'self',
        'practice-listed': 'yes',
      },
      says: { n14: 'takes', n11: 'takes', n09: { no: ['dash'] } },
    },
    {
      case: '13: mother agrees to therapy for the child, father refuses: one parent is enough',
      person: {
        person: 'child',
        age: 10,
        severity: 'moderate',
        'duration-weeks': 20,
        'support-tried': 'yes',
        agreement: 'one-parent',
        'unresolved-concern': 'no',
      },
      says: { n02: 'takes' },
    },
  ]

describe('documented scenarios', () => {
  test.each(scenarios)('$case', ({ person, says }) => {
    const told = explainPage(index, Object.keys(says), person)
    expect(Object.fromEntries(told.map((one) => [one.service, said(one)]))).toEqual(says)
  })

  test('1: the child between services is a gap in therapy once the concern stands', () => {
    const [first] = scenarios
    const report = match(index, { ...first!.person, 'unresolved-concern': 'yes' }, { need: 'therapy' })
    expect(report.gap).toBe(true)
    expect(report.doesNotTake.find((one) => one.service === 'n02')?.blocks).toEqual(['unresolved-concern'])
  })

  test('15: a mother without public funds finds what costs nothing first, and nothing is left out', () => {
    const found = [
      { service: 'n12', traits: { cost: 26_000 } },
      { service: 'n26', traits: {} },
      { service: 'n13', traits: { cost: 0, ledBy: ['by-and-for'] } },
    ]
    expect(orderByWishes(found, [{ about: 'cost', atMost: 0 }]).map((one) => one.result.service)).toEqual([
      'n13',
      'n26',
      'n12',
    ])
  })
})

test('all 26 entries stand, every one takes someone, and the whole system is checked', () => {
  expect(system.services).toHaveLength(26)
  const loaded = load(system)
  if ('place' in loaded) throw new Error(problemLine(loaded))
  const report = reportOf(loaded)
  expect(report.warnings).toEqual([])
  const therapy = report.needs.find((one) => one.need === 'therapy')!
  expect(therapy.met).toBeGreaterThan(0)
  expect(therapy.met).toBeLessThan(0.5)
  expect(report.deadEnds.length).toBe(20)
})

function said(one: Explanation): Said {
  if (one.verdict === 'takes') return 'takes'
  return one.verdict === 'depends' ? { depends: one.questions } : { no: one.blocks }
}
