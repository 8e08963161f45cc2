import { expect, test } from 'vitest'
import { nothingKnown, type ReadRecord } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'

const organization = { id: 'o', name: 'Northmere Council', description: '' }

function read(service: Readonly<Record<string, unknown>>): ReadRecord {
  const json = JSON.stringify([{ id: 's', status: 'active', organization, ...service }])
  const file = readDirectoryFile(json, nothingKnown)
  const [record] = file.ok ? file.records : []
  if (record === undefined) throw new Error('nothing was read')
  return record
}

function term(name: string) {
  return { attributes: [{ id: 'a', taxonomy_term: { id: 't', name, taxonomy: 'council' } }] }
}

test.each([
  ['Sparkle Domestic Cleaning', 'Domestic and commercial cleaners with domestic insurance.'],
  ['Domestic appliance repair', 'We mend cookers. No violence towards our staff is tolerated.'],
  ['Ironing and domestic help', 'Domestic duties for older people.'],
  ['Domestic energy advice', 'Help with domestic fuel bills.'],
  ['Substance abusers support', 'For people who misuse drugs.'],
  ['Shelter for cats', 'We stop abuse of animals.'],
  ['Living with people who harm themselves', 'A group for parents.'],
])('%s is no service about abuse', (name, description) => {
  const record = read({ name, description })
  expect([record.service?.kind, record.service?.needs]).toEqual(['for-anyone', []])
  expect(record.problems.map((each) => each.rule)).not.toContain('kind-from-words')
})

test.each([
  ['Domestic abuse outreach', 'for-survivors'],
  ['Northmere Women’s Aid drop-in', 'for-survivors'],
  ['Independent advisers (IDVA)', 'for-survivors'],
  ['Group for children after domestic abuse', 'for-children'],
  ['Course for perpetrators of domestic abuse', 'for-people-using-abuse'],
  ['Change your abusive behaviour', 'for-people-using-abuse'],
])('%s says by its name for whom it is: %s, and an editor is asked to look', (name, kind) => {
  const record = read({ name })
  expect(record.service?.kind).toBe(kind)
  expect(record.problems).toMatchObject([{ rule: 'kind-from-words', at: '[0].name' }])
})

test('a term that its publisher gave it counts as well, and says what it helps with', () => {
  const record = read({ name: 'Listening ear', ...term('Domestic violence') })
  expect([record.service?.kind, record.service?.needs]).toEqual(['for-survivors', ['safety']])
  expect(record.problems).toMatchObject([
    { rule: 'kind-from-words', at: '[0].attributes[0].taxonomy_term.name' },
  ])
})

test('a description decides nothing; where it speaks of abuse, an editor is asked to look', () => {
  const record = read({ name: 'Counselling', description: 'For grief, debt and domestic abuse.' })
  expect(record.service?.kind).toBe('for-anyone')
  expect(record.problems).toMatchObject([{ rule: 'speaks-of-abuse', at: '[0].description' }])
})

test('what an entry says of itself by code stands, whatever its words are', () => {
  const attributes = [
    { id: 'a', value: 'for-anyone', taxonomy_term: { id: 't', name: 'kind', taxonomy: 'anydoor-kind' } },
  ]
  const record = read({ name: 'Domestic abuse outreach', attributes })
  expect([record.service?.kind, record.problems]).toEqual(['for-anyone', []])
})

test('a group for people who use abuse is listed without its times and venues', () => {
  const record = read({
    name: 'Course for perpetrators',
    schedules: [{ id: 'x', byday: 'TU', opens_at: '19:00', closes_at: '21:00' }],
    service_at_locations: [{ id: 'l', location: { id: 'p', location_type: 'physical', name: 'Mill Hall' } }],
  })
  expect([record.service?.offer.times, record.service?.timesText, record.service?.locations]).toEqual([
    [],
    null,
    [],
  ])
})
