import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { type EditedPlace, type PlaceForm, placeKinds } from './place-edit.ts'
import { postcodeKept } from './place-edit.rules.ts'

/** The places of an entry as an agency's editor sees them; one of another organisation counts as an entry of another agency. */
export async function editedPlaces(
  db: Tx,
  serviceId: string,
  partyId: string,
): Promise<readonly EditedPlace[]> {
  const { rows } = await sql<EditedPlace>`
    select l.id, l.confidential, l.kind, l.name, l.address_1 as line1, l.address_2 as line2, l.city as town,
      l.postal_code as postcode, l.region, l.description, l.transportation as transport,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name, s.id)
        from ${there} and s.id <> a.service_id and ${mine(partyId)}), '[]') as also,
      greatest((select count(*)::integer from ${there} and not ${mine(partyId)}),
        (select count(*)::integer from directory.organization o where o.id = l.organization_id and not ${mine(partyId)})) as others
    from directory.service_at_location a join directory.location l on l.id = a.location_id
    where a.service_id = ${serviceId} order by l.name, l.id`.execute(db)
  return rows
}

/** Writes a place that stands, or adds one; its id. A point that came with another address goes: it is derived from the postcode again. */
export async function writePlace(
  db: Tx,
  at: { readonly serviceId: string; readonly placeId: string | null },
  form: PlaceForm,
  pack: 'uk' | 'us',
): Promise<string> {
  const kind = placeKinds.find((each) => each === form.kind) ?? 'physical'
  const said = sql`${kind}::text as kind, ${or(form.name)}::text as name, ${or(form.line1)}::text as address_1,
    ${or(form.line2)}::text as address_2, ${or(form.town)}::text as city, ${or(postcodeKept(form.postcode, pack))}::text as postal_code,
    ${or(form.region)}::text as region, ${or(form.description)}::text as description,
    ${or(form.transport)}::text as transportation`
  const country = kind === 'virtual' ? null : pack === 'uk' ? 'GB' : 'US'
  if (at.placeId === null)
    return addPlace(
      db,
      at.serviceId,
      sql`false, r.kind, r.name, r.address_1, r.address_2, r.city, r.postal_code, r.region, r.description, r.transportation,
        ${country}::text from (select ${said}) r`,
    )
  const same = sql`(l.address_1, l.address_2, l.city, l.postal_code) is not distinct from (r.address_1, r.address_2, r.city, r.postal_code)`
  await sql`
    update directory.location l set kind = r.kind, name = r.name, address_1 = r.address_1, address_2 = r.address_2, city = r.city,
      postal_code = r.postal_code, region = r.region, description = r.description, transportation = r.transportation,
      country = coalesce(l.country, ${country}), latitude = case when ${same} then l.latitude end,
      longitude = case when ${same} then l.longitude end
    from (select ${said}) r where l.id = ${at.placeId} and not l.confidential`.execute(db)
  return at.placeId
}

/** Says the region of a private place, or adds one of which only the region is known. */
export async function writeRegion(
  db: Tx,
  at: { readonly serviceId: string; readonly placeId: string | null },
  region: string,
): Promise<void> {
  if (at.placeId === null)
    await addPlace(
      db,
      at.serviceId,
      sql`true, 'virtual', null, null, null, null, null, ${or(region)}::text, null, null, null`,
    )
  else
    await sql`update directory.location set region = ${or(region)} where id = ${at.placeId} and confidential`.execute(
      db,
    )
}

/** Takes an entry away from a place. A place without entries goes with it, but that one is private is not forgotten. */
export async function leavePlace(db: Tx, serviceId: string, placeId: string): Promise<void> {
  await sql`delete from directory.service_at_location where service_id = ${serviceId} and location_id = ${placeId}`.execute(
    db,
  )
  await sql`delete from directory.location l where l.id = ${placeId} and not l.confidential
    and not exists (select from directory.service_at_location a where a.location_id = l.id)`.execute(db)
}

/** Says that these entries have changed today: whoever follows the open lists reads them again. */
export async function changedToday(db: Tx, serviceIds: readonly string[]): Promise<void> {
  await sql`update directory.service set updated_at = now() where id = any(${[...serviceIds]}::uuid[])`.execute(
    db,
  )
}

async function addPlace(db: Tx, serviceId: string, rest: ReturnType<typeof sql>): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into directory.location (source_id, organization_id, confidential, kind, name, address_1, address_2, city, postal_code,
      region, description, transportation, country)
    select uuidv7()::text, s.organization_id, x.* from directory.service s, lateral (select ${rest}) x where s.id = ${serviceId}
    returning id`.execute(db)
  await sql`
    insert into directory.service_at_location (service_id, location_id)
    select ${serviceId}, id from unnest(${rows.map((row) => row.id)}::uuid[]) as x(id)`.execute(db)
  return rows[0]?.id ?? ''
}

const there = sql`directory.service_at_location b join directory.service s on s.id = b.service_id
  join directory.organization o on o.id = s.organization_id where b.location_id = l.id`

function mine(partyId: string) {
  return sql`(o.party_id is null or o.party_id = ${partyId}::uuid)`
}

function or(text: string): string | null {
  return text === '' ? null : text
}
