import { expect, test } from 'vitest'

import { backupsUntil, countsBySort } from './erasure.rules.ts'
import { partOfPage } from './erasure.store.ts'
import { sheetKinds } from './sheet.ts'

test('every table that lost rows stands on the sheet, also one that nobody named', () => {
  const counts = countsBySort({
    'people.card': 2,
    'releases.release': 3,
    drafts: 1,
    'keyring.case_wrap': 1,
    'rooms.later': 4,
    'rooms.latest': 1,
  })
  expect(counts).toEqual({ cards: 2, releases: 2, drafts: 1, keys: 1, others: 5 })
})

test('a backup of the keys is gone after thirty days', () => {
  expect(backupsUntil(Temporal.PlainDate.from('2026-02-01'))).toBe('2026-03-03')
})

test('every page of a case goes with one part of it when its time is over; needs alone stay until the case goes', () => {
  expect(partOfPage.map(([kind]) => kind).toSorted()).toEqual(
    sheetKinds.filter((kind) => kind !== 'needs').toSorted(),
  )
})
