import fc from 'fast-check'
import { expect, test } from 'vitest'

import { folded } from '#people'

import { languageCode } from './language.rules.ts'
import { dayOf, type LineContext, readLine } from './line.rules.ts'
import { forbiddenColumns, remembered, suggested, twice } from './mapping.rules.ts'

const columns = [
  'Client',
  'Mobile',
  'Safe to call',
  'Needs',
  'Date opened',
  'Advocate',
  'Children',
  'Perpetrator',
  'Notes',
  'Notes 2',
]
const asksStatus = (heading: string) => (/immigration/i.test(heading) ? 'status' : null)

function context(over: Partial<LineContext> = {}): LineContext {
  const mapping = { ...suggested(columns, {}, () => false), 9: 'note' as const }
  return {
    mapping,
    columns,
    order: 'day-first',
    today: '2026-11-27',
    workers: [
      { accountId: 'one', name: 'Amina Yusuf' },
      { accountId: 'two', name: 'Kath Ford' },
      { accountId: 'three', name: 'kath ford' },
    ],
    fold: folded,
    ...over,
  }
}

test('headings say what they are, and only once', () => {
  expect(suggested(columns, {}, () => false)).toEqual({
    0: 'name',
    1: 'phone',
    2: 'safe',
    3: 'needs',
    4: 'opened',
    5: 'worker',
    6: 'children',
    7: 'harm',
    8: 'note',
  })
  expect(suggested(['Name', 'Client name', 'Notes', 'Comments'], {}, () => false)).toEqual({
    0: 'name',
    2: 'note',
    3: 'note',
  })
})

test('what was said last time is remembered by heading, leaving out too', () => {
  const said = remembered(['Ref No.', 'Who', 'Notes'], { 1: 'name' })
  expect(suggested(['NOTES', 'who', 'ref no'], said, () => false)).toEqual({ 1: 'name' })
})

test('two columns cannot be one field, notes apart', () => {
  expect(twice({ 0: 'name', 1: 'name' })).toEqual({ refused: 'twice', field: 'name' })
  expect(twice({ 0: 'note', 1: 'note', 2: 'name' })).toBeNull()
})

test('us-U22: what nobody may ask, and where somebody lives, stays out', () => {
  const found = forbiddenColumns(
    ['Immigration status', 'Home address', 'Postcode', 'Email address', 'Refuge'],
    asksStatus,
  )
  expect(found).toEqual([
    { column: 0, rule: 'never-asked' },
    { column: 1, rule: 'address' },
    { column: 2, rule: 'address' },
    { column: 4, rule: 'address' },
  ])
})

test('a line is read field by field', () => {
  const cells = [
    'Rowan Vale',
    "'+44 1632 960 001",
    'Yes',
    'To sleep.',
    '3/11/2026',
    'AMINA  yusuf',
    'Ivy; Moss and Fern',
    'Dane Vale',
    'Rang twice.',
    'Prefers mornings.',
  ]
  expect(readLine(cells, context())).toEqual({
    problems: [],
    plan: {
      name: 'Rowan Vale',
      aloud: false,
      phone: '+44 1632 960 001',
      email: '',
      safe: 'yes',
      language: '',
      needs: 'To sleep.',
      opened: '2026-11-03',
      workerId: 'one',
      children: ['Ivy', 'Moss', 'Fern'],
      harm: 'Dane Vale',
      notes: ['Notes: Rang twice.', 'Notes 2: Prefers mornings.'],
    },
  })
})

test.each([
  [['', '', '', '', '', '', 'Ivy', 'Dane', '', ''], [['empty', null, true]]],
  [['x'.repeat(121)], [['too-long', 'name', true]]],
  [['A', '', 'perhaps'], [['answer-unreadable', 'safe', false]]],
  [['A', '', '', '', '31/02/2026'], [['date-unreadable', 'opened', false]]],
  [['A', '', '', '', '1/12/2026'], [['date-ahead', 'opened', false]]],
  [['A', '', '', '', '', 'Nobody Here'], [['worker-unknown', 'worker', false]]],
  [['A', '', '', '', '', 'Kath Ford'], [['worker-twice', 'worker', false]]],
  [['A', '', '', '', '', '', Array(13).fill('Ivy').join(';')], [['too-long', 'children', true]]],
])('%j has problems %j', (cells, problems) => {
  const read = readLine(cells, context())
  expect(read.problems.map(({ rule, field, stops }) => [rule, field, stops])).toEqual(problems)
  if (!read.problems.some((each) => each.stops))
    expect([read.plan.workerId, read.plan.opened]).toEqual([null, null])
})

test('a date is read in the order of the place, and never turned round to make sense', () => {
  expect([dayOf('4/5/26', 'day-first'), dayOf('4/5/26', 'month-first')]).toEqual(['2026-05-04', '2026-04-05'])
  expect([dayOf('13/5/2026', 'month-first'), dayOf('2026-5-4 00:00', 'day-first')]).toEqual([
    null,
    '2026-05-04',
  ])
})

test('a language is known by its name, or by its code', () => {
  expect(['Urdu', 'welsh', 'ur', 'Klingonese', ''].map((each) => languageCode('en-GB', each))).toEqual([
    'ur',
    'cy',
    'ur',
    null,
    null,
  ])
})

test('whatever stands in a sheet, reading it ends, keeps lengths, and takes nothing that does not stand there', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 200 }), { maxLength: 12 }), (cells) => {
      const { plan } = readLine(cells, context())
      const all = cells.join('\n')
      for (const text of [plan.name, plan.phone, plan.needs, plan.harm, ...plan.children])
        expect(all.replaceAll(/\r\n?/g, '\n')).toContain(text)
      expect(plan.opened === null || plan.opened <= '2026-11-27').toBe(true)
    }),
    { seed: 7, numRuns: 1000 },
  )
})
