import { Client } from 'pg'

/** Where people stay to be safe, as careless feeds tell it, and a case that nobody outside may know of. */
export const secrets = [
  'Juniper Hollow',
  'Quillfeather',
  'Fernwood Springs',
  '98764-4821',
  '44.418',
  '-93.772',
  'Sycamore Rise',
  'Whispering Pines',
  'LS26 9QX',
  'LS269QX',
  'LS26',
  '53.7412',
  '-1.4488',
  'Tamarisk Yard',
  'BD19 4ZQ',
  'Canaryfield',
  'Ruben Canaryman',
  'Wilhelmina Canary',
]
/** What somebody who looks for it types. */
export const looksFor = [
  'Juniper Hollow Road',
  'Quillfeather',
  'sycamore',
  'sycamroe',
  'whispering pines',
  'tamarisk',
  'canaryman',
  'canaryfield',
  'refuge',
  'shelter',
  'refgue',
  'quiet house',
  'safe place to stay',
  '',
]
/** Where they say that they are. */
export const placesFor = [
  'LS26 9QX',
  'LS26',
  'Leeds',
  'Bradford',
  'BD19 4ZQ',
  'Sycamore Rise',
  'Fernwood Springs',
  '98764',
  '53.7412, -1.4488',
  'Northshire',
  'Northmere',
]

/** A refuge as a careless feed lists it, with its way in among the fields that no column of ours has. */
export function refuge(id: string, more: object, address: object) {
  return {
    id,
    name: 'A quiet house',
    status: 'active',
    description: 'Come to 14 Sycamore Rise and ring twice.',
    licenses: 'Shown at 14 Sycamore Rise',
    additional_urls: [{ url: 'https://maps.example.org/LS269QX' }],
    way_in: { gate: 'Behind Whispering Pines', near: ['Canaryfield'] },
    organization: {
      id: `${id}-o`,
      name: `Quiet ${id}`,
      description: 'Write to 14 Sycamore Rise, LS26 9QX.',
      legal_status: 'Registered at 14 Sycamore Rise',
    },
    service_at_locations: [
      {
        location: {
          id: `${id}-l`,
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
              ...address,
            },
          ],
        },
      },
    ],
    ...more,
  }
}

/** The mark of a place that must not be told. */
export const privacy = {
  attributes: [
    {
      value: 'x',
      taxonomy_term: { code: 'location-privacy:address-confidential', taxonomy: 'location-privacy' },
    },
  ],
}

/** The way in, as a file says it in fields that no column of ours has. */
const wayIn = JSON.stringify({
  rest: {
    licenses: 'Behind Whispering Pines',
    way_in: { gate: 'Through Canaryfield' },
    funding: [{ source: 'Juniper Hollow' }],
  },
  attributes: [
    { value: 'Sycamore Rise', taxonomy_term: { taxonomy: 'ways', code: 'way', name: 'Tamarisk Yard' } },
  ],
})

/**
 * Puts the way in beside every secret entry, its places and its organisation, past the database's own guard, and beside the others a
 * word that may be told. Whoever reads them out must leave the secret ones out all the same.
 */
export async function plantBeside(superUrl: string, open: string): Promise<void> {
  const client = new Client({ connectionString: superUrl })
  await client.connect()
  const told = JSON.stringify({ rest: { licenses: open } })
  const beside = (column: string, ids: string, kept: string) =>
    client.query(
      `insert into directory.kept_beside (${column}, kept) select id, $1::jsonb from (${ids}) x(id)
      on conflict (${column}) do update set kept = excluded.kept`,
      [kept],
    )
  const secret = 'select s.id from directory.service s where directory.is_secret(s.id)'
  try {
    await client.query('set session_replication_role = replica')
    await beside('service_id', secret, wayIn)
    await beside(
      'organization_id',
      `select distinct organization_id from directory.service where id in (${secret})`,
      wayIn,
    )
    await beside(
      'location_id',
      `select distinct location_id from directory.service_at_location where service_id in (${secret})`,
      wayIn,
    )
    await beside('service_id', `select id from directory.service where id not in (${secret})`, told)
  } finally {
    await client.end()
  }
}
