import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { judge, rulesInForce } from '#releases'

import { groundWords } from '../../test/world/grounds.ts'
import type { Court } from './court.ts'
import {
  type CourtAct,
  courtActs,
  courtAfter,
  courtFacts,
  courtState,
  courtStates,
  locksExport,
} from './court.rules.ts'
import { disclosuresOf } from './disclosure.rules.ts'
import { ruleOfPaper, verdictByOrder } from './items.rules.ts'
import rules from './ground-rules.json' with { type: 'json' }

const done = { by: 'Somebody', at: '2026-11-27T10:00:00Z' }

const received: Court = {
  kind: 'court',
  rulesVersion: 'us',
  rule: 'us-25',
  request: {
    sort: 'subpoena',
    from: 'Marsh and Reed, for Dane Vale',
    names: 'All records',
    came: '2026-11-20',
    due: '2026-12-04',
  },
  received: done,
  counsel: null,
  told: null,
  objection: null,
  order: null,
  ended: null,
  gone: null,
}

const order = {
  judge: 'Judge Aldous Finch',
  court: 'Alder County Court',
  dated: '2026-12-01',
  recipient: { role: 'LEG', name: 'Alder County Court', readerNamed: false },
  items: ['attendance', 'note~1'],
  protection: 'Read by the judge alone',
} as const

const item = (key: string) => ({ key, title: key, text: 'words', rules: ['us-26'] })
const acts: readonly CourtAct[] = [
  { act: 'counsel', who: 'Legal helpline', advice: '' },
  { act: 'tell', told: { state: 'not-yet', reason: 'Not alone', again: '2026-11-30', ...done } },
  { act: 'tell', told: { state: 'told', how: 'face-to-face', ...done } },
  { act: 'answer', made: true, words: 'Motion to quash' },
  { act: 'answer', made: false, words: 'The person wants it to go' },
  { act: 'order', order: { ...order, items: [...order.items] } },
  { act: 'end', why: 'quashed' },
  { act: 'send', items: [item('attendance')], to: 'Alder County Court', mustTell: false },
  {
    act: 'send',
    items: [item('attendance'), item('safe-contact')],
    to: 'Alder County Court',
    mustTell: false,
  },
  { act: 'send', items: [item('attendance')], to: 'Marsh and Reed', mustTell: false },
  { act: 'send', items: [], to: 'Alder County Court', mustTell: false },
]

/** A paper after some steps; steps that are refused change nothing. */
function after(steps: readonly CourtAct[], from: Court = received): Court {
  return steps.reduce<Court>((court, step) => {
    const next = courtAfter(court, step, done)
    return 'refused' in next ? court : next
  }, from)
}

const [counsel, notYet, told, answer, , ordered, end, send] = acts as readonly [
  CourtAct,
  CourtAct,
  CourtAct,
  CourtAct,
  CourtAct,
  CourtAct,
  CourtAct,
  CourtAct,
]

describe('where the law of the place wants the person told', () => {
  const must = { act: 'send', items: [item('attendance')], to: 'Alder County Court', mustTell: true } as const
  test('the step cannot be skipped by a reason why not yet; once told it goes', () => {
    const waiting = after([counsel, notYet, answer, ordered])
    expect(courtAfter(waiting, must, done)).toEqual({ refused: 'rule', rule: 'court-5' })
    expect(courtState(after([told, must], waiting))).toBe('sent')
    expect(courtState(after([counsel, told, answer, ordered, must]))).toBe('sent')
  })
  test('where it says that the person need not be told first, a reason is enough', () => {
    expect(courtState(after([counsel, notYet, answer, ordered, send]))).toBe('sent')
  })
})

describe('a paper from a court', () => {
  test('goes its way step by step, and the export is locked until the end', () => {
    const way = [counsel, notYet, answer, ordered, send]
    const states = way.map((_step, at) => after(way.slice(0, at)))
    expect(states.map(courtState)).toEqual(['received', 'counsel', 'told', 'answered', 'ordered'])
    expect(states.every(locksExport)).toBe(true)
    const gone = after(way)
    expect(courtState(gone)).toBe('sent')
    expect(locksExport(gone)).toBe(false)
    expect(gone.gone?.items.map((each) => each.key)).toEqual(['attendance'])
  })

  test('ends without anything when it is taken back or set aside, and the export opens again', () => {
    const ended = after([counsel, end])
    expect([courtState(ended), locksExport(ended)]).toEqual(['ended', false])
    expect(disclosuresOf(groundWords, [{ ...row, body: ended }])).toEqual([])
  })

  test('lets nothing go that the order does not name, and to nobody else', () => {
    const waiting = after([counsel, told, answer, ordered])
    const tries = acts.slice(8).map((step) => courtAfter(waiting, step, done))
    expect(tries).toEqual([
      { refused: 'rule', rule: 'court-2' },
      { refused: 'rule', rule: 'court-3' },
      { refused: 'rule', rule: 'court-2' },
    ])
  })

  test('asks again after *not yet*, even when it is over, and no more once the person was told', () => {
    expect(courtActs(after([counsel, notYet, end]))).toEqual(['tell'])
    expect(courtActs(after([counsel, notYet, end, told]))).toEqual([])
    expect(courtActs(after([counsel, told]))).toEqual(['answer', 'end'])
  })

  test('every refusal names a rule of the list', () => {
    const known = rules.map((rule) => rule.id)
    for (const step of acts) {
      const next = courtAfter(received, step, done)
      if ('refused' in next) expect(known).toContain(next.rule)
    }
  })
})

const row = { id: 'g', caseId: 'c', madeBy: 'a', confirmedBy: null, endsAt: null, version: 1 }

test('in any order of steps: nothing goes without counsel, the person’s turn, an answer and a judge, and only what was named', () => {
  const runs = process.env['ANYDOOR_PROVE'] === undefined ? 2000 : 100_000
  let sent = 0
  fc.assert(
    fc.property(
      // A random walk that prefers steps that are open, so that many walks come to the end.
      fc.array(fc.tuple(fc.nat(99), fc.nat(9)), { minLength: 6, maxLength: 24 }),
      (picks) => {
        let court = received
        for (const [pick, luck] of picks) {
          const open = acts.filter((step) => luck === 0 || courtActs(court).includes(step.act))
          const step = open[pick % open.length]
          const next = step === undefined ? court : courtAfter(court, step, done)
          if (!('refused' in next)) {
            expect(courtStates.indexOf(courtState(next))).toBeGreaterThanOrEqual(
              courtStates.indexOf(courtState(court)),
            )
            court = next
          }
        }
        if (court.gone === null) {
          expect(locksExport(court)).toBe(court.ended === null)
          return
        }
        sent += 1
        expect(court.ended).toBeNull()
        for (const part of [court.counsel, court.told, court.objection, court.order])
          expect(part).not.toBeNull()
        for (const gone of court.gone.items) expect(court.order?.items).toContain(gone.key)
        expect(disclosuresOf(groundWords, [{ ...row, body: court }])).toHaveLength(1)
      },
    ),
    { numRuns: runs, seed: 6 },
  )
  expect(sent).toBeGreaterThan(runs / 50)
})

test('each state opens these steps and no others', () => {
  const walk = [
    [],
    [counsel],
    [counsel, notYet],
    [counsel, notYet, answer],
    [counsel, notYet, answer, ordered],
  ]
  expect(walk.map((steps) => courtActs(after(steps)).join(' '))).toEqual([
    'counsel end',
    'tell end',
    'tell answer end',
    'tell order end',
    'tell send',
  ])
  expect(courtActs(after([counsel, notYet, answer, ordered, send]))).toEqual(['tell'])
  expect(courtActs(after([counsel, notYet, answer, end]))).toEqual(['tell'])
})

test('before a step nothing counts as done, and an order names no reader by itself', () => {
  expect(courtFacts(received)).toEqual([])
  expect(courtFacts(after([counsel]))).toEqual(['counsel-reviewed'])
  expect(courtFacts(after([counsel, told]))).toEqual(['counsel-reviewed', 'person-told-or-reason'])
  expect(courtFacts(after([counsel, told, answer, ordered]))).not.toContain('judge-named-this-reader')
})

describe('what the tables say', () => {
  const us = rulesInForce('us')
  const uk = rulesInForce('uk')

  test('us-T16, us-rule-25: a subpoena that an attorney signed opens nothing from an advocate', () => {
    expect(ruleOfPaper(us, 'domestic-abuse')).toMatchObject({ outcome: 'forbidden', rules: ['us-25'] })
  })

  test('us-T23, us-rule-47: nor from a substance use programme; us-rule-42: a clinic waits for the order', () => {
    expect(ruleOfPaper(us, 'substance-use').rules[0]).toBe('us-47')
    expect(ruleOfPaper(us, 'mental-health')).toMatchObject({
      outcome: 'forbidden-unless-order',
      rules: ['us-42'],
    })
  })

  test('uk-51: a solicitor’s letter is no order', () => {
    expect(ruleOfPaper(uk, 'domestic-abuse')).toMatchObject({ outcome: 'forbidden', rules: ['uk-51'] })
  })

  test('us-rule-26, uk-52: after every step, and only then, what the order names goes', () => {
    const way = [counsel, notYet, answer, ordered]
    for (const [pack, rule] of [
      [us, 'us-26'],
      [uk, 'uk-52'],
    ] as const) {
      for (let steps = 0; steps <= way.length; steps += 1) {
        const facts = courtFacts(after(way.slice(0, steps)))
        const verdict = verdictByOrder(pack, { sector: 'domestic-abuse', to: 'LEG', facts }, 'R5')
        expect([steps, verdict.outcome, verdict.rules[0]]).toEqual([
          steps,
          steps === way.length ? 'allow' : 'needs',
          rule,
        ])
      }
    }
  })

  test('us-103, uk-21: whoever causes harm reads only what a judge let this very person read', () => {
    for (const pack of [us, uk]) {
      const to = (readerNamed: boolean) => {
        const named: CourtAct = {
          act: 'order',
          order: {
            ...order,
            items: ['attendance'],
            recipient: { role: 'OPR', name: 'Dane Vale', readerNamed },
          },
        }
        const facts = courtFacts(after([counsel, told, answer, named]))
        return verdictByOrder(pack, { sector: 'domestic-abuse', to: 'OPR', facts }, 'R5').outcome
      }
      expect([to(false), to(true)]).toEqual(['needs', 'allow'])
    }
  })

  test('us-rule-47: substance use records ask for the subpoena beside the order', () => {
    const facts = courtFacts(
      after([counsel, told, answer, ordered], {
        ...received,
        request: { ...received.request, sort: 'order' },
      }),
    )
    const verdict = judge(us, { from: 'SUD', to: 'LEG', record: 'R8', basis: 'ORD', facts })
    expect(verdict.missing.map((each) => each.need)).toEqual(['subpoena-with-order'])
  })
})
