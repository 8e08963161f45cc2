import { expect, test } from 'vitest'

import type { Helper } from '#people'

import { mostHelpers, refusedLine, withLine } from './helping.rules.ts'

const line: Helper = {
  id: 'a',
  agency: 'Riverside Housing',
  partyId: '0198c0de-0000-7000-8000-000000000001',
  person: 'Jo Marsh',
  role: 'housing officer',
  phone: '01632 960200',
  next: 'A call on Monday',
  toldBy: 'person',
  agreedOn: '2026-11-27',
}
const on = { others: [], sector: 'housing', pack: 'uk' as const, notSafe: false }

test('nobody who was named as not safe stands on the list', () => {
  expect(refusedLine(line, on)).toBeNull()
  expect(refusedLine(line, { ...on, notSafe: true })).toEqual({ refused: 'not-safe' })
})

test('what a programme for substance use said itself is not passed on in the US; the person’s own word is', () => {
  const us = { ...on, sector: 'substance-use', pack: 'us' as const }
  expect(refusedLine({ ...line, toldBy: 'agency' }, us)).toEqual({ refused: 'their-word-is-closed' })
  expect(refusedLine(line, us)).toBeNull()
  expect(refusedLine({ ...line, toldBy: 'agency' }, { ...us, pack: 'uk' })).toBeNull()
})

test('the same worker of the same agency stands there once, and the list has an end', () => {
  expect(refusedLine({ ...line, id: 'b' }, { ...on, others: [line] })).toEqual({ refused: 'twice' })
  expect(refusedLine(line, { ...on, others: [line] })).toBeNull()
  const full = Array.from({ length: mostHelpers }, (_, at) => ({ ...line, id: `${at}`, person: `${at}` }))
  expect(refusedLine(line, { ...on, others: full })).toEqual({ refused: 'too-many' })
})

test('a line that changes stays where the person put it', () => {
  const two = [line, { ...line, id: 'b' }]
  expect(withLine(two, { ...line, next: 'Tuesday' }).map((each) => [each.id, each.next])).toEqual([
    ['a', 'Tuesday'],
    ['b', 'A call on Monday'],
  ])
  expect(withLine(two, { ...line, id: 'c' })).toHaveLength(3)
})
