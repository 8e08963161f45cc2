import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { LocationRecord, ServiceRecord } from './listing.ts'

/** Writes which service is where. What stays where it is, is not touched: `before` are services that were listed already. */
export async function storePlaces(
  db: Tx,
  services: readonly ServiceRecord[],
  idOf: (service: ServiceRecord) => string,
  before: readonly string[],
): Promise<void> {
  const links = JSON.stringify(
    services.flatMap((service) =>
      service.locations.map(({ sourceId }) => ({ service: idOf(service), place: sourceId.toLowerCase() })),
    ),
  )
  const given = sql`jsonb_to_recordset(${links}::jsonb) as r(service uuid, place text)
    join directory.location l on lower(l.source_id) = r.place`
  if (before.length > 0)
    await sql`
      delete from directory.service_at_location a where a.service_id = any(${before}::uuid[])
        and not exists (select from ${given} where r.service = a.service_id and l.id = a.location_id)`.execute(
      db,
    )
  await sql`
    insert into directory.service_at_location (service_id, location_id)
    select r.service, l.id from ${given} on conflict do nothing`.execute(db)
}

/**
 * Takes away the places at which no service is any more. That a place is secret is not forgotten with it: a later file may give the same
 * id with its address.
 */
export async function dropEmptyPlaces(db: Tx): Promise<void> {
  await sql`
    delete from directory.location l where not l.confidential and not exists (select from directory.service_at_location a
      where a.location_id = l.id)`.execute(db)
}

// A place of which an editor has said at one of its entries what it is.
const setHere = sql`exists (select from directory.service_at_location a join directory.set_here h on h.service_id = a.service_id
  where a.location_id = location.id and h.field = 'places')`

/** Writes the places of services; gives the ids of places that are new or not as they were. */
export async function upsertLocations(
  db: Tx,
  runId: string,
  services: readonly ServiceRecord[],
  isTheirs: (place: LocationRecord) => boolean,
): Promise<readonly string[]> {
  const merged = new Map<string, LocationRecord & { readonly organizationSource: string }>()
  for (const { locations, organization } of services) {
    for (const location of locations) {
      const key = location.sourceId.toLowerCase()
      const first = isTheirs(location) && !merged.has(key)
      // Why: one place may stand in a file twice, and once marked as confidential it stays so.
      if (first || location.confidential)
        merged.set(key, { ...location, organizationSource: organization.sourceId })
    }
  }
  if (merged.size === 0) return []
  const result = await sql<{ id: string }>`
    insert into directory.location (source_id, organization_id, confidential, kind, region, name, description, transportation,
      address_1, address_2, city, postal_code, country, latitude, longitude, run_id)
    select r."sourceId", o.id, r.confidential, r.kind, r.region, r.name, r.description, r.transportation, r."address1",
      r."address2", r.city, r."postalCode", r.country, r.latitude, r.longitude, ${runId}::uuid
    from jsonb_to_recordset(${JSON.stringify([...merged.values()])}::jsonb) as r("sourceId" text, "organizationSource" text,
      confidential boolean, kind text, region text, name text, description text, transportation text, "address1" text,
      "address2" text, city text, "postalCode" text, country text, latitude double precision, longitude double precision)
    join directory.organization o on lower(o.source_id) = lower(r."organizationSource")
    on conflict (lower(source_id)) do update set organization_id = excluded.organization_id,
      confidential = excluded.confidential, kind = excluded.kind, region = excluded.region, name = excluded.name,
      description = excluded.description, transportation = excluded.transportation, address_1 = excluded.address_1,
      address_2 = excluded.address_2, city = excluded.city, postal_code = excluded.postal_code, country = excluded.country,
      latitude = excluded.latitude, longitude = excluded.longitude, run_id = excluded.run_id
      where (not location.confidential or excluded.confidential)
        and (excluded.confidential or not ${setHere})
        and (location.organization_id, location.confidential, location.kind, location.region, location.name,
          location.description, location.transportation, location.address_1, location.address_2, location.city,
          location.postal_code, location.country, location.latitude, location.longitude)
        is distinct from (excluded.organization_id, excluded.confidential, excluded.kind, excluded.region, excluded.name,
          excluded.description, excluded.transportation, excluded.address_1, excluded.address_2, excluded.city,
          excluded.postal_code, excluded.country, excluded.latitude, excluded.longitude)
    returning id`.execute(db)
  return result.rows.map((row) => row.id)
}
