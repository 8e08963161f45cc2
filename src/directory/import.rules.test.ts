import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nothingKnown, reportOf, type KnownListings, type ReadRecord } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'

const organization = { id: 'org-1', name: 'Northmere Advice', description: '' }
const plain = { id: 'svc-1', name: 'Advice', status: 'active', organization }

function read(json: unknown, known: KnownListings = nothingKnown): readonly ReadRecord[] {
  const file = readDirectoryFile(typeof json === 'string' ? json : JSON.stringify(json), known)
  if (!file.ok) throw new Error(file.refused)
  return file.records
}

function rules(record: ReadRecord | undefined): readonly string[] {
  return record?.problems.map((each) => each.rule) ?? []
}

test.each([
  ['not json', '{"contents": ['],
  ['a word', '"services"'],
  ['a list of numbers', '[1, 2, 3]'],
  ['something else', '{"type": "FeatureCollection", "features": []}'],
  ['a place', '{"id": "a", "name": "Hall", "location_type": "physical"}'],
  [
    'a page of opinions',
    '{"content": [{"id": "r", "title": "Good", "reviewer_organization": {}, "service": {"id": "s"}}]}',
  ],
])('%s is refused in one line', (_, text) => {
  const file = readDirectoryFile(text, nothingKnown)
  expect(file).toMatchObject({ ok: false })
  expect(file.ok ? '' : file.refused).toMatch(/^This is not an HSDS file: [^\n]+\.$/)
})

test('one service, a page, a list and an organisation with its services are all read', () => {
  const two = { ...plain, id: 'svc-2', name: 'More advice' }
  expect(read(plain).map((each) => [each.path, each.id])).toEqual([['$', 'svc-1']])
  expect(read({ total_items: 2, contents: [plain, two] }).map((each) => each.path)).toEqual([
    'contents[0]',
    'contents[1]',
  ])
  expect(read([plain, two]).map((each) => each.path)).toEqual(['[0]', '[1]'])
  const nested = read({ ...organization, services: [{ id: 's', name: 'One', status: 'active' }] })
  expect(nested.map((each) => [each.path, each.service?.organization.name])).toEqual([
    ['$.services[0]', 'Northmere Advice'],
  ])
  expect(read([{ ...organization, website: 'https://example.org' }])[0]?.organization?.name).toBe(
    'Northmere Advice',
  )
})

test('a broken record is reported with path and rule, and the good ones are imported', () => {
  const records = read({
    contents: [plain, 7, { id: 'x', status: 'active' }, { name: 'No id', status: 'active' }, plain],
  })
  expect(records.map((each) => [each.path, each.outcome, rules(each)])).toEqual([
    ['contents[0]', 'imported', []],
    ['contents[1]', 'rejected', ['not-a-record']],
    ['contents[2]', 'held', ['name-missing', 'organisation-missing']],
    ['contents[3]', 'rejected', ['id-missing']],
    ['contents[4]', 'rejected', ['id-twice']],
  ])
  expect(reportOf(records)).toMatchObject({ imported: 1, importedWithWarnings: 0, held: 1, rejected: 3 })
})

test('odd ids are kept as given', () => {
  const [record] = read({ ...plain, id: 'B/ 00-ö_7', organization: { ...organization, id: 4711 } })
  expect(record?.service?.sourceId).toBe('B/ 00-ö_7')
  expect(record?.service?.organization.sourceId).toBe('4711')
})

test('HTML becomes plain text, escaped HTML too, and nothing that runs is left', () => {
  const description = '<p>Talk &amp; listen</p><script>alert(1)</script><ul><li>One</li><li>Two</li></ul>'
  const escaped = '&lt;img src=x onerror=alert(1)&gt;Come in'
  const [record] = read({ ...plain, description, fees_description: escaped, url: 'javascript:alert(1)' })
  expect(record?.service).toMatchObject({
    description: 'Talk & listen\n\n• One\n• Two',
    feesText: 'Come in',
    url: null,
  })
  expect(rules(record)).toEqual(expect.arrayContaining(['html-removed', 'web-address-unusable']))
})

test('what is wrong with a field is a warning at its path, and the rest stands', () => {
  const [record] = read({
    ...plain,
    status: 'open',
    email: 'nobody',
    url: 'www.example.org/help',
    minimum_age: '12',
    maximum_age: 5,
    assured_date: 'some time in 2026',
    phones: [{ number: 'ask' }],
    languages: 'English',
  })
  expect(record?.outcome).toBe('imported-with-warnings')
  expect(record?.service?.url).toBe('https://www.example.org/help')
  expect(record?.problems.map((each) => `${each.at} ${each.rule}`).toSorted()).toEqual([
    '$.assured_date date-unusable',
    '$.email email-unusable',
    '$.languages wrong-type',
    '$.minimum_age ages-unusable',
    '$.phones[0].number phone-unusable',
    '$.status value-unknown',
    '$.url web-address-completed',
  ])
})

test('ages alone make a clause, in months', () => {
  const [record] = read({ ...plain, minimum_age: 12, maximum_age: 17 })
  expect(record?.service?.thresholds).toMatchObject([
    { condition: { age: { min: 144, max: 215 } }, sentence: 'Age: 12 to 17.' },
  ])
})

function clause(value: string, label?: string) {
  return {
    id: 'a',
    value,
    ...(label === undefined ? {} : { label }),
    taxonomy_term: { id: 't', name: 'clause', description: '', taxonomy: 'anydoor-threshold' },
  }
}

test('each clause is one attribute: the condition as JSON, the sentence as its label', () => {
  const condition = { age: { min: 60 }, who: ['child'] }
  const [record] = read({
    ...plain,
    attributes: [clause(JSON.stringify(condition), 'From five on.'), clause('{"age":{"max":11}}')],
  })
  expect(record?.service?.thresholds).toMatchObject([
    { condition, sentence: 'From five on.', soft: false },
    { condition: { age: { max: 11 } }, sentence: 'Age: under 1.' },
  ])
})

test.each(['{', '{"shoe-size": [1]}', '{"age": {"min": 40, "max": 12}}', '{"abuse": ["finished"]}'])(
  'a clause that cannot be read holds the record for a person: %s',
  (value) => {
    const [record] = read({ ...plain, attributes: [clause(value)] })
    expect([record?.outcome, rules(record)]).toEqual(['held', ['threshold-unreadable']])
    expect(record?.problems[0]?.at).toBe('$.attributes[0].value')
  },
)

test('every record of any damaged file is in exactly one of the four', () => {
  const damaged = fc.array(
    fc.oneof(
      fc.jsonValue(),
      fc.constant(plain),
      fc.record({
        id: fc.string(),
        name: fc.string(),
        status: fc.jsonValue(),
        phones: fc.jsonValue(),
        attributes: fc.jsonValue(),
        organization: fc.jsonValue(),
        service_at_locations: fc.jsonValue(),
        capacities: fc.jsonValue(),
      }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  fc.assert(
    fc.property(damaged, (contents) => {
      const file = readDirectoryFile(JSON.stringify({ contents: [plain, ...contents] }), nothingKnown)
      if (!file.ok) throw new Error(file.refused)
      const report = reportOf(file.records)
      expect(report.imported + report.importedWithWarnings + report.held + report.rejected).toBe(
        report.records.length,
      )
      for (const i of [plain, ...contents].keys()) {
        expect(
          report.records.some(
            (each) => each.path === `contents[${i}]` || each.path.startsWith(`contents[${i}].`),
          ),
        ).toBe(true)
      }
    }),
    { seed: 20_261_122, numRuns: 300 },
  )
})
