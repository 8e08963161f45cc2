import { expect, test } from 'vitest'
import { readTermList } from './term-list.rules.ts'
import { isOwnTerm, ownTerms, sameTerm } from './term.ts'

function read(items: readonly unknown[]) {
  const found = readTermList(JSON.stringify({ list: { items } }))
  if (!found.ok) throw new Error(found.refused)
  return { ...found, problems: found.records.flatMap((each) => each.problems) }
}

test('our own vocabulary: about eighty terms, each code once, each under a heading', () => {
  const codes = ownTerms.map((each) => each.code)
  expect(new Set(codes).size).toBe(codes.length)
  const headings = ownTerms.filter((each) => each.parent === null).map((each) => each.code)
  const terms = ownTerms.filter((each) => each.parent !== null)
  expect(terms.length).toBeGreaterThanOrEqual(75)
  for (const { code, parent, sameAs } of terms) {
    expect(headings, code).toContain(parent)
    expect(code).toMatch(/^[a-z-]+\.[a-z-]+$/)
    for (const same of sameAs) expect(same).toMatch(/^open-eligibility:[a-z-]+(:[a-z0-9-]+)*$/)
  }
  expect([isOwnTerm('kind.refuge'), isOwnTerm('kind'), isOwnTerm('nothing')]).toEqual([true, false, false])
  expect(sameTerm('open-eligibility:emergency:immediate-safety:safe-housing')).toBe('kind.refuge')
})

test('a list of terms comes in with identifiers as codes and parents by their codes', () => {
  const { terms, problems } = read([
    { identifier: 1793, label: 'Invented help', uri: 'https://lists.example.org/1793', parents: [] },
    { identifier: '1794', label: 'Invented help at home', parents: ['https://lists.example.org/1793'] },
    { identifier: '1795', label: 'Another', parents: [{ identifier: 1793 }] },
  ])
  expect(problems).toEqual([])
  expect(terms.map(({ code, label, parent, uri }) => [code, label, parent, uri])).toEqual([
    ['lga:1793', 'Invented help', null, 'https://lists.example.org/1793'],
    ['lga:1794', 'Invented help at home', 'lga:1793', null],
    ['lga:1795', 'Another', 'lga:1793', null],
  ])
})

test('each bad item is named, and the rest comes in', () => {
  const { terms, records, problems } = read([
    { identifier: 'a b', label: 'x' },
    { label: 'no identifier' },
    null,
    { identifier: 1, label: 'One', parents: [9] },
    { identifier: 1, label: 'Twice' },
    { identifier: 2, label: 'Two', parents: [3] },
    { identifier: 3, label: 'Three', parents: [2] },
    { identifier: 4, label: 'Four', uri: 'javascript:alert(1)', parents: [1, 2] },
  ])
  expect(problems.map((each) => each.rule)).toEqual([
    'term-unreadable',
    'term-unreadable',
    'term-unreadable',
    'term-parent-unknown',
    'term-twice',
    'term-parent-unknown',
    'term-parents',
  ])
  expect(records.map((each) => each.outcome)).toEqual([
    'rejected',
    'rejected',
    'rejected',
    'imported-with-warnings',
    'rejected',
    'imported-with-warnings',
    'imported',
    'imported-with-warnings',
  ])
  expect(terms.map(({ code, parent, uri }) => [code, parent, uri])).toEqual([
    ['lga:1', null, null],
    ['lga:2', null, null],
    ['lga:3', 'lga:2', null],
    ['lga:4', 'lga:1', null],
  ])
})

test.each(['', '{', '[]', '{"list":{}}', '{"contents":[]}'])('%j is no list of terms', (text) => {
  expect(readTermList(text).ok).toBe(false)
})
