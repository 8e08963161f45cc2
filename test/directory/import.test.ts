import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { match, matchIndex } from '#engine/matching'
import { openPool, type Pool } from '#platform/db'
import {
  importDirectory,
  listServices,
  searchDirectory,
  serviceByCode,
  serviceById,
  servicesByIds,
  servicesForMatching,
} from '#directory'
import { freshDatabase, type FreshDatabase } from '../database.ts'

let database: FreshDatabase
let owner: Pool
let visitor: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
  visitor = openPool(database.urlFor('public'), 2)
})

afterAll(async () => {
  await owner.destroy()
  await visitor.destroy()
  await database.close()
})

const northmere = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
const alder = readFileSync(new URL('../../src/demo/us-county.hsds.json', import.meta.url), 'utf8')

function bring(text: string, options: Parameters<typeof importDirectory>[2] = {}) {
  return owner.transaction().execute((db) => importDirectory(db, text, options))
}

function look<T>(work: Parameters<ReturnType<Pool['transaction']>['execute']>[0]): Promise<T> {
  return visitor.transaction().execute(work) as Promise<T>
}

async function counts() {
  const tables = [
    'organization',
    'service',
    'location',
    'service_at_location',
    'threshold',
    'capacity',
  ] as const
  const found: Record<string, number> = {}
  for (const table of tables) {
    const result = await sql<{
      n: number
    }>`select count(*) as n from ${sql.table(`directory.${table}`)}`.execute(owner)
    found[table] = result.rows[0]?.n ?? 0
  }
  return found
}

test('a dry run reports and writes nothing', async () => {
  expect(await bring(northmere, { dryRun: true })).toMatchObject({ imported: 27, rejected: 0 })
  expect(await counts()).toEqual({
    organization: 0,
    service: 0,
    location: 0,
    service_at_location: 0,
    threshold: 0,
    capacity: 0,
  })
})

test('the demo directories are imported, and importing them again changes nothing but the dates', async () => {
  expect(await bring(northmere)).toMatchObject({
    imported: 27,
    importedWithWarnings: 0,
    held: 0,
    rejected: 0,
  })
  const first = await counts()
  expect(first).toMatchObject({ organization: 11, service: 27, capacity: 27 })
  const ids = (
    await look<{ services: { id: string }[] }>((db) => listServices(db, { perPage: 100 }))
  ).services.map((one) => one.id)
  await bring(northmere)
  expect(await counts()).toEqual(first)
  const again = (
    await look<{ services: { id: string }[] }>((db) => listServices(db, { perPage: 100 }))
  ).services.map((one) => one.id)
  expect(again).toEqual(ids)
  expect(await bring(alder)).toMatchObject({ imported: 13 })
})

test('the stored system answers like the file: the child of nine falls between', async () => {
  await visitor.transaction().execute(async (db) => {
    const index = matchIndex(await servicesForMatching(db, 'uk'))
    expect(index.system.services).toHaveLength(27)
    const report = match(
      index,
      {
        who: 'child',
        age: 108,
        abuse: 'on-and-off',
        'same-home': 'yes',
        school: 'none',
        severity: 'moderate',
      },
      { need: 'child-recovery' },
    )
    expect(report.gap).toBe(true)
    const [group] = await servicesByIds(
      db,
      report.doesNotTake.map((each) => each.service),
    )
    expect(group?.name).toMatch(/Brighter|Children|Little/)
  })
})

test('lists are paged, leave the work with people who use abuse apart, and search takes any word', async () => {
  await visitor.transaction().execute(async (db) => {
    const page = await listServices(db, { pack: 'uk', perPage: 10, page: 3 })
    expect([page.total, page.pages, page.services.length]).toEqual([24, 3, 4])
    expect((await listServices(db, { pack: 'uk', kind: 'for-people-using-abuse' })).total).toBe(3)
    const found = await searchDirectory(db, 'somewhere safe to stay with my children', { pack: 'uk' })
    expect(found.services.slice(0, 3).map((each) => each.code)).toContain('N12')
    expect((await searchDirectory(db, 'the of and', { pack: 'uk' })).total).toBe(0)
    expect((await searchDirectory(db, `'); drop table x; -- & | !`, {})).total).toBeGreaterThanOrEqual(0)
    expect(
      (await listServices(db, { need: 'crisis', pack: 'uk' })).services.map((each) => each.code).toSorted(),
    ).toEqual(['N04', 'N19'])
  })
})

test('a service shows who it is for, room and wait with their date, and what must be reported', async () => {
  await visitor.transaction().execute(async (db) => {
    const service = await serviceByCode(db, 'n15')
    expect(service).toMatchObject({
      organizationName: 'Northmere Adult Mental Health',
      capacity: { state: 'waiting-list', waitWeeks: 12, waitWeeksTo: 26 },
      thresholds: [{ soft: false, position: 1 }],
    })
    expect(service?.mustReport).toHaveLength(3)
    expect(Number.isNaN(Date.parse(service?.capacity?.asOf ?? ''))).toBe(false)
    expect(await serviceById(db, service?.id ?? '')).toEqual(service)
    expect(await serviceById(db, 'nothing')).toBeNull()
  })
})

test('dates can be moved so that the newest falls on a day', async () => {
  const day = new Date(Date.now() + 86_400_000 * 400)
  await bring(northmere, { newestOn: day })
  const service = await visitor.transaction().execute((db) => serviceByCode(db, 'N12'))
  const newest = new Date(service?.capacity?.asOf ?? 0)
  expect(day.getTime() - newest.getTime()).toBeLessThan(86_400_000)
  expect(day.getTime()).toBeGreaterThanOrEqual(newest.getTime())
})

const secret = {
  id: 'r-1',
  name: 'Harbour Refuge',
  status: 'active',
  description: 'Come to 14 Sycamore Rise.',
  organization: { id: 'r-o', name: 'Harbour Homes', description: '' },
  service_at_locations: [
    {
      location: {
        id: 'r-l',
        location_type: 'physical',
        name: 'Whispering Pines',
        latitude: 51.50722,
        longitude: -0.12751,
        addresses: [{ address_1: '14 Sycamore Rise', postal_code: 'ZZ99 3AB', state_province: 'Northshire' }],
      },
    },
  ],
}

test('a service that turns out to be confidential loses its place at once, and no table keeps the address', async () => {
  const neighbour = {
    ...secret,
    id: 'r-2',
    name: 'Advice',
    description: '',
    service_at_locations: [
      { location: { ...secret.service_at_locations[0]?.location, id: 'r-l2', name: 'Hall' } },
    ],
  }
  await bring(
    JSON.stringify([
      { ...secret, name: 'A quiet house' },
      { ...neighbour, organization: { id: 'n-o', name: 'Advice', description: '' } },
    ]),
  )
  expect((await serviceOf('r-1'))?.places).toMatchObject([{ lines: ['14 Sycamore Rise', 'ZZ99 3AB'] }])
  expect((await serviceOf('r-2'))?.places).toMatchObject([{ lines: ['14 Sycamore Rise', 'ZZ99 3AB'] }])
  expect(await bring(JSON.stringify([secret]))).toMatchObject({ held: 1 })
  expect(await serviceOf('r-1')).toMatchObject({
    confidential: true,
    places: [{ confidential: true, lines: [] }],
  })
  expect(await serviceOf('r-2')).toMatchObject({
    confidential: false,
    places: [{ confidential: true, lines: [] }],
  })
  expect(await everyRow()).not.toMatch(/sycamore|whispering|zz99 ?3ab|51\.50722/i)
})

test('the database itself refuses an address at a confidential place', async () => {
  await expect(
    sql`insert into directory.location (source_id, organization_id, confidential, kind, postal_code)
      select 'x', id, true, 'virtual', 'ZZ99 3AB' from directory.organization limit 1`.execute(owner),
  ).rejects.toThrow('confidential_address')
})

test('the public login reads the listing and neither held records nor imports', async () => {
  for (const table of ['held_record', 'import_run']) {
    await expect(sql`select from ${sql.table(`directory.${table}`)}`.execute(visitor)).rejects.toThrow(
      'permission denied',
    )
  }
  await expect(sql`update directory.service set name = name`.execute(visitor)).rejects.toThrow(
    'permission denied',
  )
})

test('a file that is not HSDS is refused and nothing is written', async () => {
  const before = await counts()
  expect(await bring('{"a": 1}')).toMatchObject({ refused: 'not-hsds' })
  expect(await counts()).toEqual(before)
})

async function serviceOf(sourceId: string) {
  const result = await sql<{
    id: string
  }>`select id from directory.service where source_id = ${sourceId}`.execute(owner)
  return visitor.transaction().execute((db) => serviceById(db, result.rows[0]?.id ?? ''))
}

/** Everything that the schema holds, as one text. */
async function everyRow(): Promise<string> {
  const client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'directory'`,
    )
    const texts: string[] = []
    for (const { name } of tables.rows) {
      texts.push(JSON.stringify((await client.query(`select t::text from ${name} t`)).rows))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

test('whatever a damaged file holds, it is stored or reported, and never stops the import', async () => {
  const contents = fc.sample(damagedRecord(), { numRuns: 400, seed: 20_261_122 })
  const report = await bring(
    JSON.stringify({
      contents: [
        {
          id: 'whole',
          name: 'Whole',
          status: 'active',
          organization: { id: 'ow', name: 'Whole', description: '' },
        },
        ...contents,
      ],
    }),
  )
  if ('refused' in report) throw new Error(report.message)
  expect(report.records).toHaveLength(401)
  expect(report.imported + report.importedWithWarnings + report.held + report.rejected).toBe(401)
  expect(report.records[0]?.outcome).toBe('imported')
})

/** A service record in which nearly everything may be wrong. */
function damagedRecord() {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('', '\u0000', '\ud800', '<b>x', '0000-01-01', '-1'),
  )
  const any = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }), fc.double())
  const attribute = fc.record({
    value: any,
    label: any,
    taxonomy_term: fc.record({
      code: fc.oneof(any, fc.constantFrom('led-by', 'model', 'cost')),
      taxonomy: fc.constantFrom(
        'anydoor-wish',
        'anydoor-need',
        'anydoor-threshold',
        'anydoor-kind',
        'location-privacy',
      ),
    }),
  })
  return fc.record({
    id: fc.uuid(),
    name: text,
    status: any,
    description: any,
    assured_date: any,
    minimum_age: any,
    maximum_age: any,
    languages: fc.array(fc.record({ code: any })),
    phones: fc.array(fc.record({ number: any, description: any })),
    attributes: fc.array(attribute, { maxLength: 4 }),
    capacities: fc.array(
      fc.record({
        available: any,
        updated: fc.oneof(any, fc.constant('2026-11-01')),
        attributes: fc.array(attribute),
      }),
    ),
    organization: fc.oneof(any, fc.record({ id: fc.uuid(), name: text, description: any })),
    service_at_locations: fc.array(
      fc.record({
        location: fc.record({
          id: fc.uuid(),
          latitude: any,
          longitude: any,
          location_type: any,
          addresses: fc.array(fc.record({ address_1: any, postal_code: any })),
        }),
      }),
      { maxLength: 2 },
    ),
  })
}
