import { Readable } from 'node:stream'
import fc from 'fast-check'
import { stringify } from 'csv-stringify/sync'
import { expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import type { RawRecord } from '#directory'
import { csvRows } from './csv-row.rules.ts'
import type { GivenFile } from './given-file.ts'
import { tabularAdapter } from './tabular-file.ts'
import { flattening } from './tabular-flat.rules.ts'
import { tabularTables } from './tabular.ts'

type Files = Readonly<Record<string, string | Buffer>>

async function zipped(files: Files): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(files))
    zip.addBuffer(Buffer.from(text), name, { compress: name.endsWith('.big') })
  zip.end()
  return Buffer.concat((await Array.fromAsync(zip.outputStream)) as unknown as Buffer[])
}

async function opened(bytes: Buffer) {
  const file: GivenFile = { kind: 'bytes', name: 'out.zip', bytes }
  return tabularAdapter.open(file)
}

async function recordsOf(files: Files): Promise<readonly RawRecord[]> {
  const found = await opened(await zipped(files))
  if (!found.ok) throw new Error(found.refused)
  const records = await Array.fromAsync(found.source.open())
  expect(await Array.fromAsync(found.source.open())).toEqual(records)
  return records
}

function filesOf(services: readonly object[]): Files {
  const { rowsOf } = flattening()
  const rows = services.flatMap((each) => [
    ...rowsOf('service', each as Readonly<Record<string, unknown>>, {}),
  ])
  return Object.fromEntries(
    tabularTables.map(({ name, file, columns }) => [
      file,
      stringify([
        columns.map((each) => each.name),
        ...rows.filter((each) => each.table === name).map((each) => [...each.cells]),
      ]),
    ]),
  )
}

const rulesOf = (record: RawRecord | undefined) =>
  (record?.problems ?? []).map((each) => [each.rule, each.at])

const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }).filter((each) => each.trim() === each && each !== '-'),
  fc.constantFrom('=1+2', "'=x", 'a, b', 'say "so"', 'two\nlines', 'é“', '007', '-1.5'),
)
const plain = { noNullPrototype: true, requiredKeys: ['id'] as 'id'[] }
const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 })
const code = fc.constantFrom('yes', 'no', 'none')
const attribute = (entity: string) =>
  fc.tuple(fc.uuid(), code, fc.constantFrom('a', 'b'), words).map(([id, value, taxonomy, label]) => ({
    id,
    value,
    label,
    link_entity: entity,
    taxonomy_term: { id: `${taxonomy}-${value}`, code: value, name: value, description: value, taxonomy },
  }))
const phone = fc.record(
  {
    id: fc.uuid(),
    number: words,
    extension: fc.nat(),
    languages: many(fc.record({ id: fc.uuid(), name: words }, plain)),
  },
  { ...plain, requiredKeys: ['id', 'number'] },
)
const place = fc.tuple(fc.constantFrom('p1', 'p2'), fc.constant(null)).map(([id]) => ({
  id,
  location_type: 'physical',
  latitude: id === 'p1' ? 53.8 : -1.5,
  addresses: [
    {
      id: `${id}-a`,
      address_1: '',
      city: '',
      state_province: 'North',
      postal_code: 'N1',
      country: 'GB',
      address_type: 'physical',
    },
  ],
}))
const service = fc.record(
  {
    id: fc.uuid(),
    name: words,
    status: fc.constantFrom('active', 'inactive'),
    description: words,
    minimum_age: fc.integer({ min: 0, max: 90 }),
    organization: fc.constantFrom(
      { id: 'o1', name: 'One', description: '', phones: [{ id: 'o1-p', number: '01632 960001' }] },
      { id: 'o2', name: 'Two', description: 'Second' },
    ),
    phones: many(phone),
    schedules: many(fc.record({ id: fc.uuid(), byday: words, description: words }, plain)),
    contacts: many(fc.record({ id: fc.uuid(), name: words, phones: many(phone) }, plain)),
    attributes: many(attribute('service')),
    capacities: many(
      fc.record(
        {
          id: fc.uuid(),
          available: fc.nat(),
          updated: fc.constant('2026-01-01T00:00:00Z'),
          unit: fc.constant({ id: 'u', name: 'places' }),
          attributes: many(attribute('service_capacity')),
        },
        { ...plain, requiredKeys: ['id', 'available', 'updated', 'unit'] },
      ),
    ),
    service_at_locations: fc.uniqueArray(
      fc.record({ id: fc.uuid(), location: place }, { ...plain, requiredKeys: ['id', 'location'] }),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  },
  { noNullPrototype: true, requiredKeys: ['id', 'name', 'status', 'organization'] },
)

test('whatever services say, they are the same after the tables, and nothing is told of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(service, { minLength: 1, maxLength: 5, selector: (each) => each.id }),
      async (services) => {
        const said: unknown = JSON.parse(JSON.stringify(services))
        const records = await recordsOf(filesOf(said as object[]))
        expect(records.map((each) => each.json)).toEqual(said)
        expect(records.flatMap((each) => each.problems ?? [])).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
})

test('what has no id gets one, and what is said twice is written once', () => {
  const term = { taxonomy: 'a', code: 'yes', name: 'yes', description: '' }
  const one = (id: string) => ({
    id,
    name: id,
    status: 'active',
    attributes: [{ value: 'x', taxonomy_term: term }],
  })
  const files = filesOf([one('s1'), one('s2')])
  const lines = (name: string) => String(files[name]).trimEnd().split('\n')
  expect(lines('taxonomy_terms.csv')).toHaveLength(2)
  const [, first = '', second = ''] = lines('attributes.csv').map((line) =>
    line.split(',').slice(0, 3).join(),
  )
  expect(first).toMatch(/^[0-9a-f-]{36},s1,[0-9a-f-]{36}$/)
  expect(second.split(',')[2]).toBe(first.split(',')[2])
  expect(second.split(',')[0]).not.toBe(first.split(',')[0])
})

const base = {
  'services.csv': 'id,organization_id,name,status\ns1,o1,Tea,active\nS2,O1,Cake,active\n',
  'organizations.csv': 'id,name,description\no1,One,First\no2,Two,Second\n',
}

test('each service and each organisation without one is a record, ids are met whatever their capitals', async () => {
  const records = await recordsOf(base)
  expect(records.map((each) => [each.path, each.isOrganization])).toEqual([
    ['services.csv:2', false],
    ['services.csv:3', false],
    ['organizations.csv:3', true],
  ])
  expect(records[1]?.json).toMatchObject({ id: 'S2', organization: { id: 'o1', name: 'One' } })
})

test('odd rows, unknown columns, blank cells and keys that lead nowhere are told at their place, and no row is lost', async () => {
  const records = await recordsOf({
    ...base,
    'services.csv':
      'ID,organization_id,name,status,colour\ns1,o1,Tea,active,red,more\ns2,o9,Cake\ns1,o1,Again,active,\n',
    'phones.csv':
      'id,service_id,location_id,number,extension\np1,s1,l9,01632 960001,x\np2,s9,,01632 960002,\np3,s1,,,\n',
    'notes.csv': 'a,b\n1,2\n',
  })
  expect(records.map((each) => each.path)).toEqual([
    'services.csv:2',
    'services.csv:3',
    'services.csv:4',
    'organizations.csv:3',
    'phones.csv:3',
  ])
  expect(rulesOf(records[0])).toEqual([
    ['unknown-table', 'notes.csv'],
    ['unknown-column', 'services.csv:1.colour'],
    ['row-too-long', 'services.csv:2'],
    ['wrong-type', 'phones.csv:2.extension'],
    ['dangling-key', 'phones.csv:2.location_id'],
    ['required-missing', 'phones.csv:4.number'],
  ])
  expect(records[0]?.json).toMatchObject({
    id: 's1',
    colour: 'red',
    phones: [{ id: 'p1', extension: 'x' }, { id: 'p3' }],
  })
  expect(rulesOf(records[1])).toEqual([
    ['row-too-short', 'services.csv:3'],
    ['required-missing', 'services.csv:3.status'],
    ['dangling-key', 'services.csv:3.organization_id'],
  ])
  expect(records[1]?.json).toMatchObject({ organization_id: 'o9' })
  expect([records[4]?.json, rulesOf(records[4])]).toEqual(['p2', [['belongs-to-nothing', 'phones.csv:3']]])
})

test('a table without a header is told by the numbers of its columns: no cell of it is quoted', async () => {
  const [first] = await recordsOf({
    ...base,
    'addresses.csv': 'a1,l1,,14 Sycamore Rise,,Leeds,,,ZZ99 3AB,GB,physical\n',
  })
  expect(rulesOf(first)).toContainEqual(['unknown-column', 'addresses.csv:1.column 4'])
  expect(JSON.stringify(first?.problems)).not.toMatch(/sycamore|leeds|zz99/i)
})

test('a clause whose term is not in the file is told as one that cannot be read, and no other attribute is', async () => {
  const attributes =
    'id,link_id,link_entity,taxonomy_term_id,value\na1,s1,service,t9,"{""age"":{""min"":60}}"\na2,s1,service,t9,yes\n'
  const [first] = await recordsOf({
    ...base,
    'attributes.csv': attributes,
    'taxonomy_terms.csv': 'id,name,description\n',
  })
  expect(rulesOf(first).filter(([rule]) => rule === 'threshold-unreadable')).toEqual([
    ['threshold-unreadable', 'attributes.csv:2.value'],
  ])
})

test('a package may name its tables and their separator itself, and lie in a folder of the zip', async () => {
  const datapackage = JSON.stringify({
    resources: [
      { name: 'service', path: 'tables/our-services.csv', dialect: { delimiter: '|' } },
      { name: 'organization', path: '../../organizations.csv' },
    ],
  })
  const records = await recordsOf({
    'export/datapackage.json': datapackage,
    'export/tables/our-services.csv': 'id|organization_id|name|status\ns1|o1|Tea, cake|active\n',
  })
  expect(records.map((each) => each.path)).toEqual(['our-services.csv:2'])
  expect(records[0]?.json).toMatchObject({ name: 'Tea, cake' })
})

test('a zip that would do harm is not opened', async () => {
  const whole = await zipped({ ...base, 'aa/x.csv': 'id\n' })
  const leading = Buffer.from(whole.toString('latin1').replaceAll('aa/x.csv', '../x.csv'), 'latin1')
  const many = await zipped(Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`f${i}.csv`, ''])))
  const bomb = await zipped({ ...base, 'zeros.big': Buffer.alloc(30_000_000) })
  const damaged = Buffer.from(whole)
  damaged.fill(0, whole.length - 40)
  const said = await Promise.all([leading, many, bomb, damaged, Buffer.from('PK\x03\x04')].map(opened))
  expect(said.map((each) => (each.ok ? 'opened' : each.refused))).toEqual([
    'The list of files in this zip is damaged, or a name in it leads out of it.',
    'There are more than 200 files in this zip.',
    'What is in this zip is too large to be unpacked.',
    'This zip cannot be opened; it is damaged or no zip.',
    'This zip cannot be opened; it is damaged or no zip.',
  ])
  const none = await opened(await zipped({ 'a.csv': 'x' }))
  expect(none.ok ? '' : none.refused).toBe(
    'This is no HSDS data package. There is neither services.csv nor organizations.csv in it.',
  )
})

test('whatever was damaged, every row of the services is one record, and every other row is in one or told', async () => {
  const sample = fc.sample(service, { numRuns: 12, seed: 5 })
  const whole = filesOf(JSON.parse(JSON.stringify(sample)) as object[])
  const names = ['services.csv', 'organizations.csv', 'phones.csv', 'locations.csv', 'attributes.csv']
  const flip = fc.record({ name: fc.constantFrom(...names), at: fc.nat(), byte: fc.nat(255) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(flip, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...names),
      fc.nat(),
      async (flips, short, cut) => {
        const hurt = Object.fromEntries(
          Object.entries(whole).map(([name, text]) => [name, Buffer.from(text)]),
        )
        for (const { name, at, byte } of flips) {
          const bytes = hurt[name]
          // Why not the header: other columns make other tables.
          const header = bytes?.indexOf(10) ?? 0
          if (bytes !== undefined) bytes[header + 1 + (at % Math.max(1, bytes.length - header - 1))] = byte
        }
        const cutFile = hurt[short] ?? Buffer.alloc(0)
        hurt[short] = cutFile.subarray(0, cutFile.length - (cut % 60))
        const records = await recordsOf(hurt)
        const paths = records.map((each) => each.path)
        expect(new Set(paths).size).toBe(paths.length)
        const rowsIn = async (name: string) =>
          (
            await Array.fromAsync(csvRows(Readable.from([hurt[name] ?? Buffer.alloc(0)]), { delimiter: ',' }))
          ).slice(1)
        const services = await rowsIn('services.csv')
        expect(paths.filter((each) => each.startsWith('services.csv')).toSorted()).toEqual(
          services.map((each) => `services.csv:${each.line}`).toSorted(),
        )
        const all = JSON.stringify(records)
        for (const row of await rowsIn('phones.csv')) {
          const [id = ''] = row.cells
          const told = paths.includes(`phones.csv:${row.line}`)
          if (!told && id !== '') expect(all).toContain(JSON.stringify(id))
        }
      },
    ),
    { numRuns: 40 },
  )
})
