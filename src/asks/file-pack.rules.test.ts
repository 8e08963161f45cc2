import { describe, expect, test } from 'vitest'

import { CardBody } from '#people'
import { LawPack, lawPackOf, lawPacks } from '#releases'

import { answerBy, clockKey } from './clock.rules.ts'
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
  const aunt = card('5', 'Wren Moss', 'other')
  expect(mayAsk({ cards: [...cards, aunt], personsCausingHarm: [dane] })).toEqual([rowan, ivy])
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

test('by any name that is said of them', () => {
  const aunt = { ...card('5', 'Wren Moss', 'other'), sayAloud: ['Auntie Jo'], legalName: 'Renate Fahl' }
  for (const text of ['Auntie rang.', 'A letter for R. Fahl came.'])
    expect(othersIn(text, rowan, [...cards, aunt])).toEqual(['Wren Moss'])
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

describe('the clock of a request for one’s own file', () => {
  const asked = Temporal.PlainDate.from('2026-01-31')
  const made = (value: unknown): LawPack => {
    const eng = lawPackOf('uk', 'uk-eng')
    const held = eng?.fields['access-answer-time']
    if (!eng || !held) throw new Error('no field')
    const set = { ...held, value, citation: 'Section 1', source: Object.keys(eng.sources)[0] ?? '' }
    return LawPack.parse({ ...eng, fields: { ...eng.fields, 'access-answer-time': set } })
  }

  test('the law of the place decides where a pack sets it', () => {
    expect(answerBy({ pack: 'uk', law: made({ months: 0, days: 10 }) }, asked)).toEqual({
      day: '2026-02-10',
      rule: 'uk-eng:access-answer-time',
      standing: 'law',
    })
    expect(clockKey('uk-eng:access-answer-time')).toBe('asks.clock.pack')
  })

  test('while it is not set a setting counts in the UK, which is no law, and in the US the same day', () => {
    for (const law of [null, lawPackOf('uk', 'uk-eng')])
      expect(answerBy({ pack: 'uk', law }, asked)).toEqual({
        day: '2026-02-28',
        rule: 'uk-access-month',
        standing: 'setting',
      })
    for (const law of [null, lawPackOf('us', 'us-wa')])
      expect(answerBy({ pack: 'us', law }, asked)).toEqual({
        day: '2026-01-31',
        rule: 'us-access-not-set',
        standing: 'not-set',
      })
  })

  test('no pack of the program sets it: no reference says so', () => {
    for (const pack of lawPacks()) expect(pack.fields['access-answer-time']?.value).toBeNull()
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
