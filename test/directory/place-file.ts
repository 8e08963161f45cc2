import { sql } from 'kysely'
import { importDirectory, serviceByCode } from '#directory'
import { askerOf, directoryWorld } from './served.ts'

export const house = (id: string, more: object = {}) => ({
  location: {
    id,
    location_type: 'physical',
    name: 'Whispering Pines',
    latitude: 53.74123,
    longitude: -1.44881,
    addresses: [
      {
        address_1: '14 Sycamore Rise',
        city: 'Canaryfield',
        postal_code: 'LS26 9QX',
        state_province: 'Northshire',
      },
    ],
    ...more,
  },
})
const yard = {
  name: 'Tamarisk Yard',
  latitude: 53.7,
  longitude: -1.5,
  addresses: [
    { address_1: '3 Tamarisk Yard', city: 'Leeds', postal_code: 'LS6 2AB', state_province: 'Northshire' },
  ],
}
export const entry = (code: string, organization: string, places: readonly object[], more: object = {}) => ({
  id: `pl-${code}`,
  name: `Lamp ${code}`,
  status: 'active',
  alternate_name: code,
  description: 'Come to 14 Sycamore Rise and ring.',
  organization: {
    id: organization,
    name: `Lamp of ${organization}`,
    description: 'Write to 14 Sycamore Rise.',
  },
  service_at_locations: places,
  ...more,
})
const other = {
  name: 'Cedar Hall',
  addresses: [
    { address_1: '8 Cedar Walk', city: 'Leeds', postal_code: 'LS7 1AA', state_province: 'Northshire' },
  ],
}
export const opensOnMonday = {
  schedules: [{ freq: 'WEEKLY', byday: 'MO', opens_at: '10:00', closes_at: '12:00' }],
}
export const file = JSON.stringify([
  entry('PL-1', 'pl-o', [{ ...house('pl-h'), ...opensOnMonday }], {
    application_process: 'Behind Whispering Pines',
  }),
  entry('PL-2', 'pl-o', [house('pl-h')]),
  entry('PL-3', 'pl-o', [house('pl-again')]),
  entry('PL-4', 'pl-o', [house('pl-y', yard)]),
  entry('PL-5', 'pl-o', [house('pl-y', yard)]),
  entry('PL-6', 'pl-o', [house('pl-c', other)]),
  entry('PL-7', 'pl-b', [house('pl-c', other)], {
    description: 'A hall.',
    organization: { id: 'pl-b', name: 'Cedar', description: '' },
  }),
  entry('PL-8', 'pl-o', [
    house('pl-8', {
      ...other,
      addresses: [{ address_1: '2 Fir Court', city: 'Leeds', postal_code: 'LS7 2AA' }],
    }),
  ]),
])

export const beside = (description: string) => [
  entry(
    'PL-9',
    'pl-o',
    [house('pl-9', { name: 'Larch Rooms', addresses: [{ address_1: '6 Larch Lane', city: 'Leeds' }] })],
    {
      description,
    },
  ),
]

/** A place as an editor types it. */
export const typed = {
  name: 'Aspen Rooms',
  kind: 'physical',
  line1: '5 Aspen Close',
  line2: '',
  town: 'Bradford',
  postcode: 'bd19 4zq',
  region: 'Northshire',
  description: 'Second floor',
  transport: 'Bus 4',
  why: 'They have moved',
}

/** One place as it is stored. */
export interface PlaceRow {
  readonly id: string
  readonly confidential: boolean
  readonly name: string | null
  readonly line1: string | null
  readonly postcode: string | null
  readonly region: string | null
  readonly latitude: number | null
}

/** The directory with entries at several places, of an organisation that is no partner here and of another agency. */
export async function placeWorld() {
  const at = await directoryWorld(3000)
  const ask = askerOf(at)
  const bring = async (text: string): Promise<void> => {
    await at.world.owner.transaction().execute((db) => importDirectory(db, text))
  }
  const rowsOf = async <T>(query: ReturnType<typeof sql>): Promise<readonly T[]> =>
    (await at.world.owner.transaction().execute((db) => query.execute(db))).rows as T[]
  const idOf = async (code: string) =>
    (await at.world.owner.transaction().execute((db) => serviceByCode(db, code)))?.id ?? ''
  const placesOf = (id: string) =>
    rowsOf<PlaceRow>(sql`select l.id, l.confidential, l.name, l.address_1 as line1, l.postal_code as postcode, l.region, l.latitude
      from directory.service_at_location a join directory.location l on l.id = a.location_id where a.service_id = ${id} order by l.id`)
  const spotOf = async (id: string) =>
    (
      await rowsOf<{ points: number[]; search: string }>(
        sql`select points, search::text as search from directory.find where service_id = ${id}`,
      )
    )[0]
  await bring(file)
  await rowsOf(sql`update directory.organization set party_id = null where party_id = ${at.worker.partyId}`)
  await rowsOf(
    sql`update directory.organization set party_id = ${at.worker.partyId} where source_id in ('pl-b')`,
  )
  return { at, ask, bring, rowsOf, idOf, placesOf, spotOf, close: () => at.world.close() }
}
