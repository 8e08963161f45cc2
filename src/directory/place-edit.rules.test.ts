import { expect, test } from 'vitest'
import { type EditedPlace, PlaceForm } from './place-edit.ts'
import {
  askedOf,
  isRegion,
  leadsTo,
  mayHide,
  mayTakeAway,
  placeWrong,
  weekWrong,
  postcodeKept,
} from './place-edit.rules.ts'

const open = { kind: 'for-survivors', confidential: false, places: [], pack: 'uk' } as const
const secret = { ...open, confidential: true }
const apart = { ...open, kind: 'for-people-using-abuse' } as const
const hidden = {
  confidential: true,
  region: null,
  name: null,
  lines: [],
  description: null,
  transportation: null,
}
const mixed = { ...open, places: [hidden] }

const place: EditedPlace = {
  id: 'p',
  confidential: false,
  kind: 'physical',
  name: 'Lantern House',
  line1: '9 Willow Bend',
  line2: null,
  town: 'Leeds',
  postcode: 'odd code',
  region: 'Unit 7 North',
  description: null,
  transport: null,
  also: [],
  others: 0,
}
const kept = { ...place, confidential: true }
const shared = { ...place, others: 1 }

test.each([
  ['a new one', open, null, 'whole'],
  ['one of ours', open, place, 'whole'],
  ['one that another agency shares', open, shared, 'nothing'],
  ['a new one of a private entry', secret, null, 'region'],
  ['a new one beside a private one', mixed, null, 'region'],
  ['an open one beside a private one', mixed, place, 'nothing'],
  ['a private one', mixed, kept, 'region'],
  ['a private one that another agency shares', secret, { ...kept, others: 2 }, 'nothing'],
  ['a new one of work with people who use abuse', apart, null, null],
  ['one of work with people who use abuse', apart, place, 'nothing'],
] as const)('of %s as much is asked as may be said', (_what, entry, one, asked) => {
  expect(askedOf(entry, one)).toBe(asked)
})

test('a private place stays with an entry that is not private itself, and is made private once', () => {
  expect([mayTakeAway(open, place), mayTakeAway(mixed, kept), mayTakeAway(secret, kept)]).toEqual([
    true,
    false,
    true,
  ])
  expect([mayHide(open, shared), mayHide(open, kept), mayHide(apart, place)]).toEqual([true, false, false])
})

const form = (typed: object) =>
  PlaceForm.parse({ name: 'Lantern House', kind: 'physical', town: 'Leeds', ...typed })

test.each([
  [{}, {}],
  [{ kind: '' }, { kind: 'kind-missing' }],
  [{ town: '' }, { line1: 'address-missing' }],
  [{ town: '', region: 'Northshire' }, {}],
  [{ kind: 'virtual' }, { kind: 'virtual-address' }],
  [{ kind: 'virtual', town: '', name: '' }, { name: 'name-missing' }],
  [{ kind: 'virtual', town: '' }, {}],
  [{ postcode: 'LS6' }, { postcode: 'postcode-wrong' }],
  [{ postcode: 'ls62ab' }, {}],
  [{ postcode: 'odd code' }, { postcode: 'postcode-wrong' }],
  [{ region: 'LS26' }, { region: 'region-wrong' }],
  [{ region: 'Unit 7 North' }, { region: 'region-wrong' }],
  [{ name: "Harbour Women's Refuge" }, { name: 'looks-private' }],
])('a new place said as %j is wrong at %j', (typed, wrong) => {
  expect(placeWrong(form(typed), 'uk', 'whole', null)).toEqual(wrong)
})

test('what a file brought as odd may stay, but not the region of a place that is private', () => {
  const typed = { postcode: 'odd code', region: 'Unit 7 North' }
  expect(placeWrong(form(typed), 'uk', 'whole', place)).toEqual({})
  expect(placeWrong(form(typed), 'uk', 'region', kept)).toEqual({ region: 'region-wrong' })
})

test('of a private place only the region is looked at, and a new one needs it', () => {
  expect(placeWrong(form({ kind: '', town: '' }), 'uk', 'region', null)).toEqual({ region: 'region-missing' })
  expect(placeWrong(form({ kind: '' }), 'uk', 'region', kept)).toEqual({})
})

test.each([
  ['98101', {}],
  ['98101-1234', {}],
  ['LS6 2AB', { postcode: 'postcode-wrong' }],
])('the ZIP code %s', (postcode, wrong) => {
  expect(placeWrong(form({ postcode }), 'us', 'whole', null)).toEqual(wrong)
})

test('a postcode is kept as it is written', () => {
  expect([postcodeKept('ls62ab', 'uk'), postcodeKept('98101', 'us'), postcodeKept('', 'uk')]).toEqual([
    'LS6 2AB',
    '98101',
    '',
  ])
  expect([isRegion('North Yorkshire'), isRegion('near 4 Mill Lane'), isRegion('LS26')]).toEqual([
    true,
    false,
    false,
  ])
})

test('name, lines, street and code lead to a place; the name of the entry does not', () => {
  const where = { ...place, postcode: 'LS26 9QX', latitude: 53.7, longitude: null }
  const found = leadsTo(where, { name: 'Lantern House', organizationName: 'Lantern' })
  expect(found).toEqual(expect.arrayContaining(['9 willow bend', 'willow bend', 'ls26 9qx', '53.7']))
  expect(found).not.toContain('lantern house')
})

test('times at a place that cannot be read, or where nobody is met, are wrong at their box', () => {
  const monday = { what: 'open' as const, weekday: 1, opens: '09:00', closes: '10:00', note: null }
  expect(weekWrong({ wrong: ['open3'] }, 'physical')).toEqual({ open3: 'times-wrong' })
  for (const kind of ['postal', 'virtual'] as const) {
    expect(weekWrong({ times: [monday] }, kind)).toEqual({ open1: 'times-nowhere' })
    expect(weekWrong({ times: [] }, kind)).toEqual({})
  }
  expect(weekWrong({ times: [monday] }, 'physical')).toEqual({})
})
