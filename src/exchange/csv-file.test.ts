import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvAdapter, lookAtCsv } from './csv-file.ts'
import { csvOf } from './csv-out.ts'
import { givenText } from './given-file.ts'
import type { HsdsService } from './hsds.ts'
import { csvFields, type Mapping } from './mapping.ts'
import { suggestMapping } from './mapping-suggest.rules.ts'

const header = `\uFEFF${csvFields.map(({ field }) => field).join(',')}\r\n`
const demo = ['northmere', 'us-county'].flatMap((name) => {
  const text = readFileSync(new URL(`../demo/${name}.hsds.json`, import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly contents: readonly HsdsService[] }).contents
})

async function recordsOf(text: string, mapping: Mapping | null = null) {
  const opened = await csvAdapter.open(givenText(text, 'list.csv'), { mapping })
  if (!opened.ok) throw new Error(opened.refused)
  return Array.fromAsync(opened.source.open())
}

test('out as CSV and in again: each service is the same, and no cell is told of', async () => {
  const records = await recordsOf(header + csvOf(demo))
  expect(records.map((each) => each.json)).toEqual(demo)
  expect(records.flatMap((each) => each.problems ?? [])).toEqual([])
  expect(records.map((each) => each.path).slice(0, 2)).toEqual(['list.csv:2', 'list.csv:3'])
})

const awkward = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    '=1+2',
    '+44 1632 960001',
    '-1',
    '@x',
    "'=x",
    'a;b',
    'a, b',
    '"quoted"',
    'two\nlines',
    ' blank ',
    'é“',
    "''+",
    '01632 960001 (Day)',
    'MO 09:00-10:00',
    'none',
    'yes',
    '{"a":1}',
    '\t=x',
    '＝1',
  ),
)
const thing = (json: fc.Arbitrary<object>) => fc.array(json, { maxLength: 3 })
const service = fc.record(
  {
    id: fc.uuid(),
    name: awkward,
    status: fc.constantFrom('active', 'inactive'),
    description: awkward,
    url: awkward,
    minimum_age: fc.integer({ min: -3, max: 99 }),
    fees: awkward,
    phones: thing(
      fc.record({ id: fc.uuid(), number: awkward, description: awkward, extension: fc.nat() }, plain()),
    ),
    schedules: thing(fc.record({ id: fc.uuid(), description: awkward, byday: awkward }, plain())),
    languages: thing(fc.record({ id: fc.uuid(), code: awkward, name: awkward }, plain())),
    service_areas: thing(fc.record({ id: fc.uuid(), name: awkward }, plain())),
    organization: fc.record(
      { id: fc.uuid(), name: awkward, description: awkward, website: awkward },
      plain('id', 'name'),
    ),
    attributes: thing(
      fc.record(
        {
          id: fc.uuid(),
          value: awkward,
          label: awkward,
          taxonomy_term: fc.record(
            {
              code: awkward,
              taxonomy: fc.constantFrom(
                'anydoor-need',
                'anydoor-wish',
                'anydoor-documents',
                'anydoor-source-id',
                'x',
              ),
            },
            plain(),
          ),
        },
        plain('id'),
      ),
    ),
    service_at_locations: thing(
      fc.record(
        {
          id: fc.uuid(),
          location: fc.record(
            { id: fc.uuid(), name: awkward, latitude: fc.double({ noNaN: true, noDefaultInfinity: true }) },
            plain(),
          ),
        },
        plain(),
      ),
    ),
  },
  plain('id', 'name', 'status', 'organization'),
)

function plain<K extends string = never>(...requiredKeys: K[]) {
  return { requiredKeys, noNullPrototype: true }
}

test('whatever a service says, it is the same after CSV', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(service, { minLength: 1, maxLength: 4 }), async (services) => {
      const said: unknown = JSON.parse(JSON.stringify(services))
      const records = await recordsOf(header + csvOf(said as HsdsService[]))
      expect(records.map((each) => each.json)).toEqual(said)
    }),
    { numRuns: 200 },
  )
})

test('what somebody changes in a spreadsheet stands, and the rest stays', async () => {
  const [first] = demo
  if (first === undefined) throw new Error('there is no demo')
  const { header: columns, rows } = await lookAtCsv(givenText(header + csvOf([first])))
  const row = { ...rows[0], name: 'Another name', phones: '01632 960999 (New line)' }
  const text = [
    columns,
    columns.map((column) => `"${(row[column as keyof typeof row] ?? '').replaceAll('"', '""')}"`),
  ]
  const [changed] = await recordsOf(text.map((each) => each.join(',')).join('\n'))
  expect(changed?.json).toMatchObject({
    id: first.id,
    name: 'Another name',
    phones: [{ number: '01632 960999', description: 'New line' }],
    attributes: first.attributes,
  })
})

test('half a row of our own takes nothing away: without what is kept beside, it does not come in', async () => {
  const { header: columns, rows } = await lookAtCsv(givenText(header + csvOf(demo.slice(0, 2))))
  const asCsv = (names: readonly string[], more: string) =>
    [names, ...rows.map((row) => names.map((name) => (name === 'more' ? more : (row[name] ?? ''))))]
      .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
      .join('\n')
  const [cut] = await recordsOf(asCsv(columns, '{"keys":{"attrib'))
  expect([cut?.json, cut?.problems?.map((each) => each.rule)]).toEqual([demo[0]?.id, ['more-unreadable']])
  const without = columns.filter((name) => name !== 'more')
  const opened = await csvAdapter.open(givenText(asCsv(without, '')), { mapping: null })
  expect(opened).toMatchObject({ ok: false, refused: expect.stringContaining('without its last column') })
})

test('the apostrophe before what looks like a formula is taken away again, one and no more', async () => {
  const [one] = await recordsOf(`Name,Phone,Description,Town\n'=Tea,'+44 1632 960001,''+,'Tis\n`)
  expect(one?.json).toMatchObject({
    name: '=Tea',
    phones: [{ number: '+44 1632 960001' }],
    description: "''+",
    service_at_locations: [{ location: { addresses: [{ city: "'Tis" }] } }],
  })
  const organization = { id: 'o', name: 'One', description: '' }
  const said = { id: 'a', name: '-Tea', status: 'active', description: '@Cake', organization } as const
  const { rows } = await lookAtCsv(givenText(header + csvOf([said])))
  expect(rows).toMatchObject([{ name: "'-Tea", description: "'@Cake", more: '' }])
})

const council = `Ref;Service Name;Organisation;Description;Telephone;Mobile;Address Line 1;Address Line 2;Town;Postcode;Min Age;Live;Date Updated;Website
A1;Warm Room;Northmere Council; "Open to all; come in";01632 960001 / 01632 960002;07700 900001;1 High Street;;Northmere;NM1 1AA;16+;Y;31/12/2025;www.example.org
A2;Old Club;Northmere Council;=SUM(A1);Office: 01632 960003;;;;;;5-11;N;01/02/2025;
;Tea;Other People;;;;;;;;;;;`

test('a list as councils keep it is understood by the names of its columns', async () => {
  const { header: columns, rows } = await lookAtCsv(givenText(council))
  const { fields } = suggestMapping(columns, rows)
  expect(fields).toMatchObject({
    id: { columns: ['Ref'] },
    name: { columns: ['Service Name'] },
    organization_name: { columns: ['Organisation'] },
    phones: { columns: ['Telephone', 'Mobile'] },
    address_1: { columns: ['Address Line 1'] },
    city: { columns: ['Town'] },
    status: { columns: ['Live'], values: { Y: 'active', N: 'inactive' }, constant: 'active' },
    assured_date: { columns: ['Date Updated'], days: 'dmy' },
  })
  const [warm, club, tea] = await recordsOf(council)
  expect(warm?.json).toMatchObject({
    id: 'A1',
    name: 'Warm Room',
    status: 'active',
    description: 'Open to all; come in',
    minimum_age: 16,
    assured_date: '2025-12-31',
    phones: [{ number: '01632 960001' }, { number: '01632 960002' }, { number: '07700 900001' }],
    organization: { name: 'Northmere Council' },
  })
  expect(club?.json).toMatchObject({
    status: 'inactive',
    description: '=SUM(A1)',
    minimum_age: 5,
    phones: [{ number: '01632 960003', description: 'Office' }],
  })
  expect(club?.problems?.map((each) => [each.rule, each.at])).toEqual([
    ['formula', 'list.csv:3.Description'],
    ['several-numbers', 'list.csv:3.Min Age'],
  ])
  expect(tea?.json).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'active' })
})

test('columns put together, lists, words of their own, constants', async () => {
  const mapping: Mapping = {
    mapping: 1,
    fields: {
      name: { columns: ['a', 'b'], join: ' – ' },
      languages: { columns: ['c'], split: '/', values: { Eng: 'en' } },
      self_referral: { columns: ['d'], values: { Open: true, 'By a GP': false } },
      organization_name: { constant: 'Northmere Council' },
    },
  }
  const [one] = await recordsOf('a,b,c,d\nTea,Cake,Eng / Urdu,by a gp\n', mapping)
  expect(one?.json).toMatchObject({
    name: 'Tea – Cake',
    languages: [{ code: 'en' }, { name: 'Urdu' }],
    organization: { name: 'Northmere Council' },
    attributes: [{ value: 'no', taxonomy_term: { taxonomy: 'anydoor-self-referral' } }],
  })
})

test('every row of any damaged file is one record, and columns of the same name stay apart', async () => {
  const [name, other] = await recordsOf('Name,Name,,Id\nA,B,C\nD,E,F,4,5\n')
  expect(name?.problems?.map((each) => each.rule)).toEqual(['row-too-short'])
  expect(other?.problems?.map((each) => each.rule)).toEqual(['row-too-long'])
  const whole = Buffer.from(header + csvOf(demo.slice(0, 6)))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      fc.nat(),
      async (flips, cut) => {
        const bytes = Buffer.from(whole).subarray(0, whole.length - (cut % 4) * 700)
        for (const [at, byte] of flips) bytes[at % bytes.length] = byte
        const opened = await csvAdapter.open({ kind: 'bytes', name: 'list.csv', bytes }, { mapping: null })
        if (!opened.ok) return
        const records = await Array.fromAsync(opened.source.open())
        const places = records.map((each) => Number(each.path.split(':')[1]))
        expect(new Set(places).size).toBe(places.length)
        expect(await Array.fromAsync(opened.source.open())).toEqual(records)
      },
    ),
    { numRuns: 80 },
  )
})
