import { describe, expect, inject, test } from 'vitest'

import { countPlanted } from '../../test/planted-count.ts'
import { ruleTables } from './rule-packs.ts'
import { evaluate } from './sharing.rules.ts'
import type { RuleRow, RuleTable } from './rule-table.ts'
import type { BasisId, FactId, PackId, Question, RecordId, RoleId } from './sharing.ts'

/**
 * The tables once more, written down by hand: number, outcome, question, needs. A row that changes without
 * this list changing makes a test red. Outcomes: A at once, N after the needs, F, F*, O an F that an override opens.
 */
const byHand: Readonly<Record<PackId, string>> = {
  us: `
1 F DVA MHC R1 MOU
2 F DVA MHC R1 NONE
3 F* DVA OPR R1 REL +signed
4 F DVA MHC R1 REL +release-active listed
5 F DVA MHC R1 REL +signer-cleared listed
6 F DVA MHC R1 REL +signer-cleared release-active
7 F MHC SCH R1 NONE +received
8 N DVA FUN R0 AGG = small-numbers-hidden
9 F DVA HMIS R1 REL +signed
10 F DVA AUD R6 SUBP
11 F DVA PLT R2 NONE
12 N DVA COA R5 NEED = need-to-know conflict-checked
13 F DVA MHC R1 NONE +same-umbrella
14 N DVA MHC R2 REL +signed = one-recipient purpose-stated
15 N DVA MHC R4 REL +signed = one-recipient purpose-stated parts-picked
16 N DVA MHC R5 REL +signed = one-recipient purpose-stated privilege-warning second-look summary-considered
17 N DVA SUD R1 REL +signed = one-recipient purpose-stated regime-reminder
18 N DVA PCP R2 REL +signed = one-recipient purpose-stated kept-from-child-record
19 F DVA PCP R5 REL +signed
20 N DVA CW R12 REL +signed = one-recipient purpose-stated consent-talk court-warning duty-shown
21 O DVA CW R4 REL +signed = supervisor-agreed persons-written-reason
22 N DVA CW R11 MAND = report-form minimum-only person-told-or-reason no-attachment
23 F DVA CW R3 MAND +location-named no-shelter-address
24 F DVA SCH R12 REL +signed
25 F DVA LEG R7 SUBP
26 N DVA LEG R5 ORD = judges-order exact-items counsel-reviewed person-told-or-reason protective-steps
27 N DVA POL R1 REL +signed = one-recipient purpose-stated person-asked
28 F DVA SVA R5 NONE
29 F DVA BIP R12 REL +signed
30 A BIP DVA R17 LAW
31 F COA MHC R5 NONE
32 N COA CW R1 REL +signed yes-or-no = one-recipient purpose-stated
33 N MHC DVA R6 AUTH +signed = one-recipient purpose-stated specific-items
34 N MHC DVA R7 AUTH-PN +signed = one-recipient purpose-stated separate-form other-ways-considered
35 N MHC PCP R6 TX = minimum-only restriction-kept
36 F MHC CHT R12 TX
37 N MHC CW R6 AUTH +signed diagnosis = one-recipient purpose-stated specific-items court-warning attendance-only-offered diagnosis-reason
38 N MHC CW R11 MAND = report-form minimum-only person-told-or-reason no-attachment
39 F MHC CW R7 AUTH-PN +signed
40 N MHC OPR R10 ASK +recipient-not-flagged = endangerment-check minor-consent-law-checked custody-order-read adult-data-out child-clinical-only
41 N MHC PAY R18 TX = minimum-only confidential-address statement-suppressed self-pay-kept
42 F* MHC LEG R6 SUBP
43 N SUD PCP R8 C2-TPO +signed through-platform = purpose-stated part2-notice consent-copy intermediary-named
44 N SUD DVA R8 C2 +signed = one-recipient purpose-stated recipient-named-in-consent part2-notice consent-copy
45 N SUD CW R8 C2 +signed = one-recipient purpose-stated attendance-only court-warning part2-notice consent-copy
46 N SUD CW R11 MAND = report-form minimum-only person-told-or-reason no-attachment
47 F SUD LEG R8 SUBP
48 N SUD MHC R9 C2-CN +signed = one-recipient purpose-stated separate-form part2-notice consent-copy
49 N SUD HSG R8 C2 +signed through-platform = one-recipient purpose-stated intermediary-named part2-notice consent-copy
50 F MHC PCP R8 TX +received-under-general-consent
51 N MHC PCP R8 TX +received-under-care-consent = minimum-only not-for-proceedings
52 N PCP DVA R1 AUTH +signed = one-recipient purpose-stated own-call-offered
53 N PCP MHC R6 TX +abuse-detail = minimum-only restriction-kept abuse-detail-wanted
54 F PCP CHT R4 AUTO
55 F* PCP PXY R6 ASK +abuse-tagged
56 N PCP CW R11 MAND = report-form minimum-only person-told-or-reason no-attachment
57 N PCP LEG R6 MAND +adult-injury = state-allows person-told-or-reason safety-plan-first minimum-only
58 N CW DVA R2 LAW = agreed-to-be-called safe-contact-known not-by-that-phone
59 N CW DVA R17 LAW = state-allows minimum-only
60 N CW PCP R10 LAW = state-allows minimum-only
61 F* CW OPR R3 SUBP +location-named no-shelter-address
62 N SCH DVA R16 CF +signed = one-recipient purpose-stated specific-items both-parents-warning
64 F DVA MHC R14 REL +signed
65 O DVA SUR R15 SELF +safety-step third-parties-out offered-in-person = state-allows
66 N PCP DVA R2 EMRG = imminent-danger two-people person-told-or-reason
67 N DVA SUR R5 SELF = safety-step third-parties-out offered-in-person
68 F BIP SUR R17 SELF
69 N TRB DVA R1 REL +signed = one-recipient purpose-stated tribal-approval
74 F DVA MHC R1 NONE +linkage
75 F DVA PUB R3 LAW
101 F MHC PCP R6 TX +recipient-excluded
110 N MHC LEG R8 ORD = judges-order exact-items counsel-reviewed person-told-or-reason protective-steps subpoena-with-order
111 N SUD LEG R8 C2-LEG +signed = one-recipient purpose-stated separate-form part2-notice consent-copy
112 N SCH CW R11 MAND = report-form minimum-only person-told-or-reason no-attachment
113 N DVA DVA R4 REL +signed = one-recipient purpose-stated parts-picked
114 N MHC DVA R2 AUTH +signed = one-recipient purpose-stated safe-contact-known
115 N SCH DVA R2 CF +signed = one-recipient purpose-stated safe-contact-known both-parents-warning
116 N PCP MHC R2 TX = minimum-only restriction-kept safe-contact-known
117 N DVA HSG R2 REL +signed = one-recipient purpose-stated duty-shown
118 N HSG DVA R1 REL +signed = one-recipient purpose-stated agreed-to-be-called safe-contact-known
119 N MHC DVA R0 AGG = names-nobody
63 C DVA CW R3 REL +signed supervisor-agreed persons-written-reason = location-named no-shelter-address
70 F MHC PCP R10 AUTH +signed minor-consents-alone
71 C DVA MHC R1 REL +signed about-child = one-recipient purpose-stated safe-parent-signed minor-signed
72 C MHC DVA R1 AUTH +signed about-child too-young = one-recipient purpose-stated specific-items safe-parent-signed child-told-as-fits
73 C DVA MHC R1 REL +signed deceased = one-recipient purpose-stated death-release recipient-in-death-release
102 C MHC DVA R1 AUTH +signed about-child = one-recipient purpose-stated specific-items safe-parent-signed minor-signed
103 C DVA OPR R1 ORD = judges-order exact-items counsel-reviewed person-told-or-reason protective-steps judge-named-this-reader
`,
  uk: `
1 F DVA MHC R1 MOU
2 F DVA MHC R1 NONE
3 F* DVA OPR R1 REL +signed
4 F DVA MHC R1 REL +release-active listed
5 F DVA MHC R1 REL +signer-cleared listed
6 F DVA MHC R1 REL +signer-cleared release-active
7 F MHC SCH R1 NONE +received
8 C DVA COA R3 NEED = location-named no-shelter-address
9 F DVA MHC R14 REL +signed
10 F DVA PUB R3 LAW
11 F DVA MHC R1 NONE +linkage
12 F MHC PCP R6 TX +recipient-excluded
13 C DVA MHC R1 REL +signed about-child = one-recipient purpose-stated minor-signed
14 C DVA MHC R1 REL +signed about-child too-young = one-recipient purpose-stated safe-parent-signed child-told-as-fits
15 C DVA MHC R1 REL +signed deceased = one-recipient purpose-stated death-release recipient-in-death-release
16 C MHC CW R6 SAFE = minimum-only power-named lawful-basis-named special-category-named confidence-answered necessary-and-proportionate who-else-at-risk wishes-recorded person-told-or-reason decision-recorded
17 C DVA PCP R1 REL +signed = one-recipient purpose-stated hidden-online kept-from-child-record
18 C DVA POL R1 REL +signed = one-recipient purpose-stated crime-record-warning
19 C DVA CW R1 REL +signed = one-recipient purpose-stated duty-shown court-warning
20 C DVA SCH R1 REL +signed = one-recipient purpose-stated both-parents-warning
21 C DVA OPR R1 ORD = judges-order exact-items counsel-reviewed person-told-or-reason protective-steps judge-named-this-reader
22 F DVA MHC R15 REL +signed
30 N DVA COA R5 NEED = need-to-know conflict-checked
31 N DVA MHC R2 REL +signed = one-recipient purpose-stated
32 N MHC DVA R4 REL +signed = one-recipient purpose-stated parts-picked
33 N DVA MHC R5 REL +signed = one-recipient purpose-stated court-warning second-look summary-considered
34 N MHC DVA R6 REL +signed diagnosis = one-recipient purpose-stated specific-items court-warning diagnosis-reason
35 O MHC HSG R6 REL +signed = supervisor-agreed persons-written-reason
36 N MHC DVA R7 AUTH-PN +signed = one-recipient purpose-stated separate-form specific-items other-ways-considered
37 N SUD DVA R8 REL +signed = one-recipient purpose-stated specific-items court-warning
38 N MHC DVA R10 REL +signed = one-recipient purpose-stated specific-items minimum-only adult-data-out
39 N SCH DVA R16 REL +signed = one-recipient purpose-stated specific-items
40 N DVA FUN R0 AGG = small-numbers-hidden
41 F DVA HMIS R1 REL +signed
42 F DVA PLT R2 NEED
43 F DVA BIP R1 REL +signed
44 A BIP DVA R17 LAW
45 N MHC PCP R6 TX = minimum-only restriction-kept hidden-online kept-from-child-record
46 F PCP CHT R12 AUTO
47 N SCH CW R11 MAND = report-form minimum-only person-told-or-reason no-attachment
48 F SCH CW R5 MAND
49 N DVA POL R12 SAFE = minimum-only power-named lawful-basis-named offence-condition-named confidence-answered necessary-and-proportionate who-else-at-risk wishes-recorded person-told-or-reason decision-recorded
50 N PCP DVA R2 EMRG = imminent-danger two-people person-told-or-reason
51 F DVA LEG R5 SUBP
52 N MHC LEG R8 ORD = judges-order exact-items counsel-reviewed person-told-or-reason protective-steps
53 N DVA SUR R5 SELF = safety-step third-parties-out offered-in-person
54 F BIP SUR R17 SELF
55 N MHC DVA R0 AGG = names-nobody
56 F* PCP PXY R6 ASK +abuse-tagged
57 F DVA FRM R1 REL +signed
58 N COA CW R1 REL +signed yes-or-no = one-recipient purpose-stated court-warning duty-shown
`,
}

/** The same rows where a fact asks for something more. */
const byHandMore: Readonly<Record<PackId, string>> = {
  us: `
33 N MHC DVA R6 AUTH +signed diagnosis = one-recipient purpose-stated specific-items diagnosis-reason
35 N MHC PCP R6 TX +abuse-detail = minimum-only restriction-kept abuse-detail-wanted
44 N SUD DVA R8 C2 +signed through-platform = one-recipient purpose-stated recipient-named-in-consent part2-notice consent-copy intermediary-named
45 N SUD CW R8 C2 +signed through-platform = one-recipient purpose-stated attendance-only court-warning part2-notice consent-copy intermediary-named
`,
  uk: `
45 N MHC PCP R6 TX +abuse-detail = minimum-only restriction-kept hidden-online kept-from-child-record abuse-detail-wanted
`,
}

interface Expected {
  readonly id: string
  readonly outcome: string
  readonly question: Question
  readonly needs: readonly FactId[]
}

function expectedRows(pack: PackId, hand = byHand): readonly Expected[] {
  return hand[pack]
    .trim()
    .split('\n')
    .map((line) => {
      const [left = '', needs = ''] = line.split(' = ')
      const [head = '', facts = ''] = left.split(' +')
      const [number, outcome = '', from, to, record, basis] = head.trim().split(' ')
      const named = facts
        .split(' ')
        .flatMap((each) =>
          each === 'signed' ? ['signer-cleared', 'release-active', 'listed'] : each ? [each] : [],
        )
      return {
        id: `${pack}-${number}`,
        outcome,
        question: {
          from: from as RoleId,
          to: to as RoleId,
          record: record as RecordId,
          basis: basis as BasisId,
          facts: named,
        },
        needs: needs.split(' ').filter(Boolean),
      }
    })
}

/** What is wrong with one row under the table, in words; empty when it answers as written by hand. */
function faultsOf(table: RuleTable, row: Expected): readonly string[] {
  const verdict = evaluate(table, row.question)
  const missing = verdict.missing.map((each) => each.need)
  const full = { ...row.question, facts: [...row.question.facts, ...row.needs] }
  const after = evaluate(table, full)
  const decides = row.outcome === 'C' ? verdict.rules.includes(row.id) : verdict.rules[0] === row.id
  const same = missing.length === row.needs.length && row.needs.every((need) => missing.includes(need))
  const wants: Readonly<Record<string, readonly string[]>> = {
    A: ['allow', 'allow'],
    N: ['needs', 'allow'],
    F: ['forbidden', 'forbidden'],
    'F*': ['forbidden-unless-order', 'forbidden-unless-order'],
    O: ['forbidden', 'any but that'],
    C: [verdict.outcome, after.outcome],
  }
  const [now, then] = wants[row.outcome] ?? []
  const followed = row.outcome === 'O' ? after.outcome !== 'forbidden' : after.outcome === then
  const needsMatter = row.outcome === 'N' || row.outcome === 'A' || row.outcome === 'O'
  return [
    ...(decides ? [] : [`${row.id} does not decide, ${verdict.rules.join(' ')} did`]),
    ...(verdict.outcome === now ? [] : [`${row.id} says ${verdict.outcome}`]),
    ...(!needsMatter || same ? [] : [`${row.id} misses ${missing.join(' ')}`]),
    ...(row.outcome === 'C'
      ? conditionFaults(table, row)
      : followed
        ? []
        : [`${row.id} then says ${after.outcome}`]),
  ]
}

/** A condition is proved by its needs being among those asked for. */
function conditionFaults(table: RuleTable, row: Expected): readonly string[] {
  return row.needs.flatMap((need) => {
    const facts = [...row.question.facts, ...row.needs.filter((each) => each !== need)]
    const verdict = evaluate(table, { ...row.question, facts })
    const noRuleAnyway = verdict.rules.some((rule) => rule.endsWith('-0'))
    const asked = verdict.missing.some((each) => each.need === need)
    return asked || noRuleAnyway ? [] : [`${row.id} does not ask for ${need}`]
  })
}

describe.each(Object.values(ruleTables))('the $id table, row by row', (table) => {
  const rows = expectedRows(table.id)
  const more = expectedRows(table.id, byHandMore)

  test.each(rows.map((row) => [row.id, row] as const))('%s', (_, row) => {
    expect(faultsOf(table, row)).toEqual([])
  })

  test.each(more.map((row) => [row.id, row.question.facts.join(' '), row] as const))(
    '%s where %s is so',
    (_id, _facts, row) => {
      expect(faultsOf(table, row)).toEqual([])
    },
  )

  test('every row is written down by hand once, and every number is used once', () => {
    const ids = table.rows.map((row) => row.id)
    expect(rows.map((row) => row.id).toSorted()).toEqual(ids.toSorted())
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('every row names sources that exist, an owner and a day of review', () => {
    for (const row of table.rows) {
      for (const source of row.sources) expect(table.sources).toHaveProperty([source])
      for (const silent of row.except) expect(table.rows.some((each) => each.id === silent)).toBe(true)
      expect([row.owner.length > 0, row.reviewedOn <= table.reviewBy]).toEqual([true, true])
    }
  })

  test('a row that is broken on purpose is caught, whichever it is', () => {
    const all = table.rows.flatMap(breaks)
    const escaped = all.filter((broken) => !caught(broken)).map((broken) => broken.id)
    countPlanted(inject('plantedBook'), 'row', all.length, all.length - escaped.length)
    expect(escaped).toEqual([])

    function caught(broken: RuleRow): boolean {
      const rowsWith = table.rows.map((row) => (row.id === broken.id ? broken : row))
      return [...rows, ...more].some(
        (expected) => faultsOf({ ...table, rows: rowsWith }, expected).length > 0,
      )
    }
  })
})

/** Ways to spoil a row: the opposite outcome, silence, and each need forgotten. */
function breaks(row: RuleRow): readonly RuleRow[] {
  const opposite = row.outcome === 'F' || row.outcome === 'F*' ? 'A' : 'F'
  return [
    { ...row, outcome: opposite, needs: [], override: [] },
    { ...row, when: [...row.when, 'never-so'], needs: [] },
    ...(row.outcome === 'F' || row.outcome === 'F*' ? [] : row.needs).map((need) => ({
      ...row,
      needs: row.needs.filter((each) => each !== need),
    })),
  ]
}
