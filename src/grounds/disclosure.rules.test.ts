import { expect, test } from 'vitest'

import { groundWords } from '../../test/world/grounds.ts'
import { disclosuresOf } from './disclosure.rules.ts'
import type { GroundBody } from './ground.ts'

const done = { by: 'Somebody', at: '2026-11-27T10:00:00Z' }
const told = { state: 'told', how: 'by-telephone', ...done } as const
const report: Extract<GroundBody, { kind: 'report' }> = {
  kind: 'report',
  rulesVersion: 'us',
  law: null,
  sort: 'harm',
  clockHours: 0,
  consulted: { state: 'no-time', ...done },
  facts: { child: 'Ivy, 6', where: 'School', what: 'A bruise', when: 'Monday', who: 'Dane', now: 'Tonight' },
  told,
  written: done,
  made: null,
  notMade: null,
}
const glass: GroundBody = {
  kind: 'glass',
  reason: 'Locked out.',
  hours: 4,
  opened: done,
  told,
  closed: null,
  review: null,
}
const court: Extract<GroundBody, { kind: 'court' }> = {
  kind: 'court',
  rulesVersion: 'us',
  rule: 'us-25',
  request: {
    sort: 'order',
    from: 'Alder County Court',
    names: 'Attendance',
    came: '2026-11-20',
    due: '2026-12-04',
  },
  received: done,
  counsel: { who: 'Legal helpline', advice: '', ...done },
  told,
  objection: { made: false, words: 'It may go', ...done },
  order: {
    judge: 'Judge Aldous Finch',
    court: 'Alder County Court',
    dated: '2026-12-01',
    recipient: { role: 'LEG', name: 'Alder County Court', readerNamed: false },
    items: ['attendance', 'note~1'],
    protection: 'Read by the judge alone',
    ...done,
  },
  ended: null,
  gone: null,
}
const of = (body: GroundBody) =>
  disclosuresOf(groundWords, [
    { id: 'g', caseId: 'c', madeBy: 'a', confirmedBy: null, endsAt: null, version: 1, body },
  ])

test('what only waits has left nothing, and a look inside the agency is no disclosure', () => {
  for (const body of [report, { ...report, notMade: { why: 'Not needed', ...done } }, court, glass])
    expect(of(body)).toEqual([])
})

test('a report is listed by its facts, and an order by what went, not by what it named', () => {
  const made = {
    to: 'Duty line',
    way: 'telephone' as const,
    reference: '',
    envelopeId: null,
    rules: ['us-22'],
  }
  const [said] = of({ ...report, made: { ...made, ...done } })
  expect(said).toMatchObject({ kind: 'report', to: 'Duty line', rules: ['us-22'], told, at: done.at })
  expect(said?.items).toHaveLength(6)
  const item = { key: 'attendance', title: 'Attendance', text: 'Two visits', rules: ['us-26'] }
  expect(of({ ...court, gone: { items: [item], ...done } })).toMatchObject([
    { kind: 'court', to: 'Alder County Court', items: ['Attendance'], rules: ['us-26'] },
  ])
})
