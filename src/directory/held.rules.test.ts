import { expect, test } from 'vitest'
import { asDecided, completed, type Kept, lackOf } from './held.rules.ts'
import { nothingKnown, type ReadRecord } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'

function held(json: Readonly<Record<string, unknown>>): ReadRecord {
  const file = readDirectoryFile(JSON.stringify([{ id: 's', status: 'active', ...json }]), nothingKnown)
  const [record] = file.ok ? file.records : []
  if (record === undefined) throw new Error('nothing was read')
  return record
}

const place = {
  id: 'l',
  location_type: 'physical',
  name: 'Mill Hall',
  addresses: [
    {
      id: 'a',
      address_1: '1 Mill Lane',
      city: 'Northmere',
      postal_code: 'ZZ99 1AA',
      state_province: 'Northshire',
    },
  ],
}
const nameless = held({
  description: 'Tea and talk.',
  service_at_locations: [{ id: 'x', location: place }],
  schedules: [{ id: 't', byday: 'MO', opens_at: '09:00', closes_at: '12:00' }],
})

test('a record without a name and an organisation lacks both, and is whole once a person has said them', () => {
  expect(nameless.outcome).toBe('held')
  expect(lackOf(nameless)).toEqual(['name', 'organizationName'])
  expect(completed(nameless, {})).toBeNull()
  expect(completed(nameless, { name: 'Tea and talk' })).toBeNull()
  const whole = completed(nameless, { name: 'Tea and talk', organizationName: 'Northmere Friends' })
  expect(whole?.service).toMatchObject({
    name: 'Tea and talk',
    description: 'Tea and talk.',
    organization: { name: 'Northmere Friends' },
  })
  expect(whole?.service?.organization.standsIn).toBeUndefined()
})

test('a name that a record came with is not written over', () => {
  const record = held({ name: 'Talk', organization: { id: 'o', name: 'Friends', description: '' } })
  const kept = completed(record, { name: 'Other', organizationName: 'Other' })
  expect([kept?.service?.name, kept?.service?.organization.name]).toEqual(['Talk', 'Friends'])
})

test('listed as no secret, a record keeps the place it came with; listed as secret, nothing of it', () => {
  const service = (nameless satisfies Kept).service
  if (service === null) throw new Error('no service')
  expect(asDecided(service, false).locations).toMatchObject([{ name: 'Mill Hall', address1: '1 Mill Lane' }])
  const secret = asDecided(service, true)
  expect(JSON.stringify([secret.locations, secret.offer, secret.timesText])).not.toMatch(/mill|ZZ99|09:00/i)
  expect(secret.locations).toMatchObject([{ confidential: true, region: 'Northshire' }])
})
