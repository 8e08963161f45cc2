import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { Support } from '#people'

import { isCurrent, noticesOf, type SupportedPerson } from './notice.rules.ts'

const today = '2027-03-10'

function support(said: Partial<Support> & { readonly name: string }): Support {
  return Support.parse({ id: said.name, kind: 'advocacy', ...said })
}

function child(name: string, ...supports: readonly Support[]): SupportedPerson {
  return { name, child: true, supports }
}

describe('one school for two siblings', () => {
  const at = (worker: string, knows: Support['knows']) =>
    support({ name: 'Hill Lane School', kind: 'school', worker, knows })

  test.each([
    ['two workers who do not know of each other', at('Bea', 'no'), at('Cal', 'no'), ['one-school']],
    ['one worker knows, the other was not asked', at('Bea', 'yes'), at('Cal', 'not-asked'), ['one-school']],
    ['the same worker knows of both', at('Bea', 'yes'), at('Bea', 'yes'), []],
    ['nobody is named', at('', 'yes'), at('', 'yes'), ['one-school']],
  ] as const)('%s', (_, one, two, kinds) => {
    const found = noticesOf([child('Ash', one), child('Wren', two)], today)
    expect(found.filter((each) => each.kind === 'one-school').map((each) => each.kind)).toEqual(kinds)
  })

  test('it is the same school however it is typed, and no school of last year', () => {
    const old = support({ name: 'Hill Lane School', kind: 'school', until: '2026-07-20' })
    const typed = support({ name: ' hill  lane school', kind: 'school', knows: 'no' })
    expect(noticesOf([child('Ash', at('Bea', 'no')), child('Wren', typed)], today)).toMatchObject([
      { kind: 'one-school', names: ['Ash', 'Wren'], school: 'Hill Lane School' },
    ])
    expect(noticesOf([child('Ash', at('Bea', 'no')), child('Wren', old)], today)).toEqual([])
  })

  test('two schools of which one knows', () => {
    const other = support({ name: 'Weir School', kind: 'school', knows: 'no' })
    expect(noticesOf([child('Ash', at('Bea', 'yes')), child('Wren', other)], today)).toEqual([
      { kind: 'two-schools', knows: 'Ash', knowing: 'Hill Lane School', names: ['Wren'] },
    ])
  })
})

describe('support ends before the next begins', () => {
  const ends = support({ name: 'Play therapy', until: '2027-04-01' })

  test.each([
    ['a fortnight with none', '2027-04-16', [{ kind: 'gap', days: 14, begins: '2027-04-16' }]],
    ['one day with none', '2027-04-03', [{ kind: 'gap', days: 1, begins: '2027-04-03' }]],
    ['the next begins the day after', '2027-04-02', []],
    ['they overlap', '2027-03-20', []],
  ] as const)('%s', (_, from, found) => {
    const person = child('Ash', ends, support({ name: 'Group', from }))
    expect(noticesOf([person], today)).toMatchObject(found)
  })

  test('nothing follows at all: said in the last six weeks', () => {
    expect(noticesOf([child('Ash', ends)], today)).toMatchObject([{ kind: 'nothing-after', name: 'Ash' }])
    expect(noticesOf([child('Ash', ends)], '2027-01-01')).toEqual([])
    expect(noticesOf([child('Ash', ends)], '2027-04-02')).toEqual([])
  })
})

test('a school that goes on is no bridge, and no support by itself', () => {
  const school = support({ name: 'Hill Lane School', kind: 'school', knows: 'yes', worker: 'Bea' })
  const ends = support({ name: 'Group', until: '2027-03-20' })
  const next = support({ name: 'Play therapy', from: '2027-04-01' })
  const found = noticesOf([child('Ash', school, ends, next), child('Wren', school)], today)
  expect(found.map((each) => each.kind)).toEqual(['gap', 'siblings'])
})

test('siblings with and without support', () => {
  const group = support({ name: 'Group' })
  expect(noticesOf([child('Ash', group), child('Wren'), { ...child('Lou'), child: false }], today)).toEqual([
    { kind: 'siblings', with: ['Ash'], without: ['Wren'] },
  ])
  expect(noticesOf([child('Ash', group), child('Wren', group)], today)).toEqual([])
})

const day = fc
  .integer({ min: -120, max: 120 })
  .map((days) => Temporal.PlainDate.from(today).add({ days }).toString())
const anySupport = fc
  .record({
    name: fc.constantFrom('Hill Lane School', 'Weir School', 'Group', 'Play therapy'),
    kind: fc.constantFrom('school', 'health', 'group'),
    worker: fc.constantFrom('', 'Bea', 'Cal'),
    knows: fc.constantFrom('yes', 'no', 'not-asked'),
    days: fc.array(day, { maxLength: 2 }),
    id: fc.uuid(),
  })
  .map(({ days, ...said }) => {
    const [from = '', until = ''] = days.toSorted()
    return Support.parse({ ...said, from, until })
  })
const anyPerson = fc.record({
  name: fc.constantFrom('Ash', 'Wren', 'Lou', 'Robin'),
  child: fc.boolean(),
  supports: fc.array(anySupport, { maxLength: 4 }),
})
const anyFamily = fc.uniqueArray(anyPerson, { maxLength: 4, selector: (each) => each.name })

test('a gap is a stretch in which nothing of all that is written runs', () => {
  fc.assert(
    fc.property(anyFamily, (family) => {
      for (const each of noticesOf(family, today)) {
        if (each.kind !== 'gap') continue
        const person = family.find((one) => one.name === each.name)
        const first = Temporal.PlainDate.from(each.ends).add({ days: 1 })
        expect(first.add({ days: each.days }).toString()).toBe(each.begins)
        for (let at = 0; at < each.days; at += 1) {
          const on = first.add({ days: at }).toString()
          const running = person?.supports.filter((one) => one.kind !== 'school' && isCurrent(one, on)) ?? []
          // A beginning that nobody wrote down may lie anywhere before an end.
          expect(running.filter((one) => one.until === '' || one.until > each.ends)).toEqual([])
        }
      }
    }),
  )
})

test('no notice names anybody who was not given, and who is left out changes nothing about the others', () => {
  fc.assert(
    fc.property(anyFamily, (family) => {
      const seen = family.slice(1)
      const [hidden] = family
      const text = JSON.stringify(noticesOf(seen, today))
      if (hidden !== undefined) expect(text).not.toContain(hidden.name)
      const own = (people: readonly SupportedPerson[]) =>
        noticesOf(people, today).filter((each) => 'name' in each && each.name !== hidden?.name)
      expect(own(seen)).toEqual(own(family))
    }),
  )
})
