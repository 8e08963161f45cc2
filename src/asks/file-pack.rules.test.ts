import { expect, test } from 'vitest'

import { CardBody } from '#people'

import { answerBy } from './clock.rules.ts'
import { releasesToTell } from './correction.rules.ts'
import { type FileEntry, mayAsk, othersIn, packOf } from './file-pack.rules.ts'
import { dueParts, retentionRules } from './retention.rules.ts'

const card = (id: string, name: string, role: 'survivor' | 'child' | 'other' | 'personCausingHarm') => ({
  ...CardBody.parse({ name, role }),
  id,
  version: 1,
})
const rowan = card('1', 'Rowan Vale', 'survivor')
const ivy = card('2', 'Ivy Vale', 'child')
const dane = card('3', 'Dane Vale', 'personCausingHarm')
const cards = [rowan, ivy, dane]

const entry = (change: Partial<FileEntry>): FileEntry => ({
  key: 'k',
  title: 'A note',
  text: 'Words',
  others: [],
  never: null,
  ...change,
})

test('us-68: whoever is named as causing harm may never ask, nor somebody else under the same name', () => {
  expect(mayAsk({ cards, personsCausingHarm: [dane] })).toEqual([rowan, ivy])
  const twin = card('4', 'vale  DANE', 'child')
  expect(mayAsk({ cards: [...cards, twin], personsCausingHarm: [dane] })).toEqual([rowan, ivy])
})

test.each([
  ['Ivy came along.', ['Ivy Vale']],
  ['DANE rang twice', ['Dane Vale']],
  ['Rowan rang.', []],
  ['The Vales', []],
  ['', []],
])('a text tells of others by any of their names: %s', (text, others) => {
  expect(othersIn(text, rowan, cards)).toEqual(others)
})

test.each([
  [entry({}), undefined, 'in', null],
  [entry({ others: ['Ivy'] }), undefined, 'out', 'third-party'],
  [entry({ others: ['Ivy'] }), { inBecause: 'Ivy agrees', outFor: null }, 'in', null],
  [entry({ others: ['Ivy'] }), { inBecause: 'Ivy agrees', outFor: 'sealed' as const }, 'out', 'sealed'],
  [entry({}), { inBecause: '', outFor: 'privilege' as const }, 'out', 'privilege'],
  [entry({ never: 'harm-file' }), { inBecause: 'Please', outFor: null }, 'out', 'harm-file'],
  [entry({ never: 'staff' }), undefined, 'out', 'staff'],
])('an entry is in or out with its ground: %#', (one, pick, state, ground) => {
  const picks = pick === undefined ? [] : [{ key: 'k', ...pick }]
  expect(packOf([one], picks)).toMatchObject([{ state, ground }])
})

test('the clock: a month in the UK, the same day where no time is set', () => {
  expect(answerBy('uk', Temporal.PlainDate.from('2026-01-31'))).toMatchObject({
    day: '2026-02-28',
    set: true,
  })
  expect(answerBy('us', Temporal.PlainDate.from('2026-01-31'))).toMatchObject({
    day: '2026-01-31',
    set: false,
  })
})

test.each([
  ['active', ['what-they-want'], [], 1],
  ['expired', ['what-they-want'], [], 0],
  ['suspended', ['what-they-want'], [], 0],
  ['withdrawn', ['what-they-want'], [], 0],
  ['active', ['name-to-use'], [], 0],
  ['active', ['what-they-want'], ['r'], 0],
] as const)('uk-6, us-6: a release that is %s and lists %s', (state, kinds, told, count) => {
  const done = told.map((release) => ({ release, agency: 'A', at: '2026-01-01T00:00:00Z' }))
  const releases = [{ id: 'r', state, agency: 'A', kinds }]
  expect(releasesToTell({ part: 'needs', told: done }, releases)).toHaveLength(count)
})

test.each(['uk', 'us'] as const)(
  'every part of a case has one rule with a source and an owner: %s',
  (pack) => {
    const rules = retentionRules(pack)
    expect(new Set(rules.map((rule) => rule.field)).size).toBe(6)
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(6)
  },
)

test('a part is due after its time, unless it holds nothing or is kept longer', () => {
  const endedAt = new Date('2026-01-10T00:00:00Z')
  const now = new Date('2026-04-10T00:00:00Z')
  const due = (change: object, at = now) =>
    dueParts('uk', { endedAt, holds: ['contact', 'notes'], keptUntil: new Map(), ...change }, at).map(
      (each) => each.rule.field,
    )
  expect(due({})).toEqual(['contact'])
  expect(due({}, new Date('2026-04-09T23:59:59Z'))).toEqual([])
  expect(due({ holds: ['notes'] })).toEqual([])
  expect(due({ keptUntil: new Map([['contact', new Date('2026-05-01')]]) })).toEqual([])
  expect(due({ keptUntil: new Map([['contact', new Date('2026-04-01')]]) })).toEqual(['contact'])
})
