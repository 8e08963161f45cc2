import { expect, test } from 'vitest'
import { orderByWishes, type Wish } from './wishes.ts'

const results = [
  { service: 'a', traits: { languages: ['en'], waitWeeks: 2, remote: false } },
  { service: 'b', traits: { waitWeeks: 9 } },
  { service: 'c', traits: { languages: ['en', 'so'], waitWeeks: 30, remote: true } },
  { service: 'd', traits: { languages: ['so'], waitWeeks: 1 } },
]

function ordered(...wishes: Wish[]) {
  return orderByWishes(results, wishes).map((one) => one.result.service)
}

test('without wishes the order stays', () => {
  expect(ordered()).toEqual(['a', 'b', 'c', 'd'])
})

test('met comes before unknown before not met; the first wish counts first', () => {
  expect(ordered({ about: 'languages', oneOf: ['so'] })).toEqual(['c', 'd', 'b', 'a'])
  expect(ordered({ about: 'languages', oneOf: ['so'] }, { about: 'waitWeeks', atMost: 4 })).toEqual([
    'd',
    'c',
    'b',
    'a',
  ])
  expect(ordered({ about: 'remote', is: true }, { about: 'waitWeeks', atMost: 4 })).toEqual([
    'c',
    'd',
    'b',
    'a',
  ])
})

test('every wish is told for every service, and none is left out', () => {
  const [first] = orderByWishes(results, [
    { about: 'cost', atMost: 0 },
    { about: 'remote', is: false },
  ])
  expect(first?.result.service).toBe('a')
  expect(first?.wishes.map((one) => one.outcome)).toEqual(['unknown', 'met'])
})
