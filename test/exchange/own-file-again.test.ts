import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoWorld, install, type Installation } from './installations.ts'
import { bring } from './bringing.ts'

let here: Installation
beforeAll(async () => {
  here = await install()
  for (const world of ['northmere', 'us-county'] as const) await here.bring(demoWorld(world))
})
afterAll(() => here.close())

/** The places of secret entries, each with what is known of it. */
async function secretPlaces() {
  const { rows } = await sql<{
    service: string
    id: string
    source: string
    address: number
    region: string | null
  }>`
    select s.name as service, l.id, l.source_id as source, num_nonnulls(l.address_1, l.address_2, l.postal_code, l.latitude) as address,
      l.region from directory.service s join directory.service_at_location a on a.service_id = s.id
    join directory.location l on l.id = a.location_id where s.confidential order by 1, 2`.execute(here.owner)
  return rows
}
const openPlaces = async () =>
  (
    await sql<{
      n: number
    }>`select count(*)::integer as n from directory.location where not confidential`.execute(here.owner)
  ).rows[0]?.n

test.each(['hsds', 'csv'])(
  'what we write ourselves comes into the same directory again (%s): a secret entry keeps one place that says no more, and it goes out alike to the byte',
  async (format) => {
    const before = await secretPlaces()
    const count = await openPlaces()
    expect(before.length).toBeGreaterThan(0)
    const file = await here.file(format)
    const report = await bring(here.owner, file)
    expect(report.rejected).toBe(0)
    const after = await secretPlaces()
    expect(after.map(({ service, address, region }) => [service, address, region])).toEqual(
      before.map(({ service, region }) => [service, 0, region]),
    )
    expect(await openPlaces()).toBe(count)
    expect(await here.file(format)).toBe(file)
  },
)

test('and the id under which its source knew the place stays secret, whoever names it next', async () => {
  const other = await install()
  await other.bring(demoWorld('northmere'))
  const { rows } = await sql<{ source: string }>`
    select source_id as source from directory.location where confidential order by 1 limit 1`.execute(
    other.owner,
  )
  const source = rows[0]?.source ?? ''
  await other.bring(await other.file())
  await other.bring(
    JSON.stringify([
      {
        id: 'later-1',
        name: 'Another service',
        status: 'active',
        description: '',
        organization: { id: 'later-o', name: 'Others', description: '' },
        service_at_locations: [
          {
            location: {
              id: source,
              location_type: 'physical',
              name: 'A house',
              addresses: [{ address_1: '9 Quiet Row', city: 'Northmere', postal_code: 'ZZ99 1QR' }],
            },
          },
        ],
      },
    ]),
  )
  const found =
    await sql`select address_1, confidential from directory.location where source_id = ${source}`.execute(
      other.owner,
    )
  expect(found.rows.filter((row) => (row as { address_1: string | null }).address_1 !== null)).toEqual([])
  await other.close()
})
