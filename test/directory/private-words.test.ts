import { expect, test } from 'vitest'
import { addressCleaner } from '../../src/directory/confidential.rules.ts'
import { withOwnWordsCleaned, withWordsCleaned } from '../../src/directory/import-private.rules.ts'
import type { ServiceRecord } from '../../src/directory/listing.ts'
import { fileSays } from './set-here-file.ts'

const way = 'Behind Whispering Pines'
const clean = addressCleaner(['whispering pines'], false)
const first = fileSays('PW', 'first')
const { offer } = first

/** The way to the house in every text that a record has. */
const told: ServiceRecord = {
  ...first,
  alternateName: way,
  description: way,
  phones: [{ number: '01632 960001', label: way }],
  applicationProcess: way,
  eligibilityText: way,
  feesText: way,
  timesText: way,
  alert: way,
  wishes: { ...first.wishes, areas: [way] },
  thresholds: [
    {
      condition: {},
      sentence: way,
      source: way,
      owner: way,
      reviewedOn: null,
      soft: false,
      forbiddenRule: null,
      forbiddenFacets: [],
    },
  ],
  capacity: {
    state: 'has-room',
    places: null,
    waitWeeks: null,
    waitWeeksTo: null,
    note: way,
    asOf: '2026-01-01T00:00:00Z',
  },
  offer: {
    ...offer,
    practical: { ...offer.practical, accessText: way, documents: [way], insurers: [way] },
    times: offer.times.map((each) => ({ ...each, note: way })),
    contacts: offer.contacts.map((each) => ({ ...each, name: way, role: way })),
    partner: { detail: way, phone: null, email: null },
  },
  kept: { rest: { licenses: way, near: [{ gate: way }] }, attributes: [{ value: way }] },
}

test('of all the words of a record none leads to the house any more, and nothing else of it is changed', () => {
  const after = withWordsCleaned(told, clean)
  expect(JSON.stringify(after)).not.toMatch(/whispering/i)
  const gone = JSON.stringify(told).replaceAll('Whispering Pines', '[address left out]')
  expect(after).toEqual(JSON.parse(gone))
})

test('nor of the words of an organisation', () => {
  const after = withOwnWordsCleaned(
    {
      ...told.organization,
      description: way,
      mustReport: [way],
      phones: told.phones,
      kept: { rest: { x: way } },
    },
    clean,
  )
  expect(JSON.stringify(after)).not.toMatch(/whispering/i)
  expect(after.mustReport).toEqual(['Behind [address left out]'])
})
