import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { addressKey } from './confidential.rules.ts'
import { textsCleaned } from './import-private.rules.ts'
import { isRegion } from './place-edit.rules.ts'
import type { ServiceRecord } from './listing.ts'
import { hiddenPlace } from './set-here.rules.ts'
import { hidePlacesOf, placesAt } from './staging.store.ts'

/** A place that is to become private, with everything that leads to it. */
export interface PlaceToHide {
  readonly organizationId: string
  readonly region: string | null
  readonly name: string | null
  readonly line1: string | null
  readonly line2: string | null
  readonly postcode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}

/** The place as it stands; null when it is private already. */
export async function placeToHide(db: Tx, placeId: string): Promise<PlaceToHide | null> {
  const { rows } = await sql<PlaceToHide>`
    select organization_id as "organizationId", region, name, address_1 as line1, address_2 as line2, postal_code as postcode,
      latitude, longitude from directory.location where id = ${placeId} and not confidential`.execute(db)
  return rows[0] ?? null
}

/** This place and every other row of the same address that the agency may change. */
export async function rowsOfPlace(
  db: Tx,
  partyId: string,
  placeId: string,
  { line1, postcode }: PlaceToHide,
): Promise<readonly string[]> {
  const key = addressKey({ address_1: line1 ?? '', postal_code: postcode ?? '' })
  const same = line1 === null || key.startsWith('|') ? [] : await placesAt(db, partyId, [key])
  return [...new Set([placeId, ...same])]
}

/** The entries at these places, and which of them the agency looks after. */
export async function entriesAt(
  db: Tx,
  partyId: string,
  placeIds: readonly string[],
): Promise<readonly { readonly id: string; readonly own: boolean }[]> {
  const { rows } = await sql<{ id: string; own: boolean }>`
    select distinct s.id, o.party_id is null or o.party_id = ${partyId}::uuid as own
    from directory.service_at_location a join directory.service s on s.id = a.service_id
    join directory.organization o on o.id = s.organization_id where a.location_id = any(${[...placeIds]}::uuid[])`.execute(
    db,
  )
  return rows
}

/** Empties these places for good: nothing of them stays but the region, and that only where it is one. */
export async function hideForGood(db: Tx, placeIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string; region: string | null }>`
    select id, region from directory.location where id = any(${[...placeIds]}::uuid[]) and not confidential`.execute(
    db,
  )
  const telling = rows.filter(({ region }) => region !== null && !isRegion(region)).map((row) => row.id)
  await sql`update directory.location set region = null where id = any(${telling}::uuid[])`.execute(db)
  await hidePlacesOf(db, placeIds)
  // Like the times of a private entry: when somebody can be met there is told to nobody.
  await sql`delete from directory.schedule where location_id = any(${[...placeIds]}::uuid[])`.execute(db)
}

const texts = {
  service: [
    'description',
    'application_process',
    'eligibility_text',
    'fees_text',
    'times_text',
    'access_text',
    'alert',
    'documents',
    'insurers',
    'areas',
    'phones',
  ],
  threshold: ['sentence', 'source', 'owner'],
  capacity: ['note'],
  schedule: ['note'],
  contact: ['name', 'role'],
  partner_detail: ['detail'],
  kept_beside: ['kept'],
  organization: ['description', 'must_report', 'phones'],
} as const
type Table = keyof typeof texts

/** One row of which a text has changed. */
export interface CleanedRow {
  readonly table: Table
  readonly key: string
  readonly service: string | null
  readonly said: Readonly<Record<string, unknown>>
}

/** The words of these entries, of all entries of the organisation and of itself, where `clean` takes something out. */
export async function cleanedRows(
  db: Tx,
  of: { readonly services: readonly string[]; readonly organizationId: string },
  clean: (text: string) => string,
): Promise<readonly CleanedRow[]> {
  const about = sql`(select s.id from directory.service s where s.id = any(${[...of.services]}::uuid[])
    or s.organization_id = ${of.organizationId})`
  const found: CleanedRow[] = []
  for (const table of Object.keys(texts) as Table[]) {
    const said = sql.join(texts[table].map((column) => sql`${sql.lit(column)}, r.${sql.ref(column)}`))
    const service = table === 'organization' ? sql`null` : table === 'service' ? sql`r.id` : sql`r.service_id`
    const where = table === 'organization' ? sql`r.id = ${of.organizationId}` : sql`${service} in ${about}`
    const { rows } = await sql<Omit<CleanedRow, 'table'>>`
      select r.${sql.ref(keyOf(table))}::text as key, ${service} as service, jsonb_build_object(${said}) as said
      from ${sql.table(`directory.${table}`)} r where ${where}`.execute(db)
    for (const row of rows) {
      const after = textsCleaned(row.said, clean) as CleanedRow['said']
      if (JSON.stringify(after) !== JSON.stringify(row.said)) found.push({ ...row, table, said: after })
    }
  }
  return found
}

/** Writes words from which something was taken out. */
export async function writeCleaned(db: Tx, rows: readonly CleanedRow[]): Promise<void> {
  for (const { table, key, said } of rows) {
    const columns = sql.join(texts[table].map((column) => sql.ref(column)))
    const name = sql.table(`directory.${table}`)
    await sql`
      update ${name} set (${columns}) = (select ${columns} from jsonb_populate_record(null::${name}, ${JSON.stringify(said)}::jsonb))
      where ${sql.ref(keyOf(table))} = ${key}::uuid`.execute(db)
  }
}

/** Takes these places out of records of files that wait for a person, or were decided: of entries there, and of their organisation. */
export async function cleanHeld(
  db: Tx,
  of: {
    readonly services: readonly string[]
    readonly organizationId: string
    readonly placeIds: readonly string[]
  },
  clean: (text: string) => string,
): Promise<void> {
  const { rows } = await sql<{ id: string; record: HeldJson; places: readonly string[] }>`
    select h.id, h.record, array(select lower(l.source_id) from directory.location l where l.id = any(${[...of.placeIds]}::uuid[])) as places
    from directory.held_record h where lower(h.source_id) in (select lower(s.source_id) from directory.service s
        where s.id = any(${[...of.services]}::uuid[]) or s.organization_id = ${of.organizationId})
      or lower(coalesce(h.record #>> '{service,organization,sourceId}', h.record #>> '{organization,sourceId}'))
        = (select lower(o.source_id) from directory.organization o where o.id = ${of.organizationId})`.execute(
    db,
  )
  for (const { id, record, places } of rows) {
    const locations = record.service?.locations.map((each) =>
      places.includes(each.sourceId.toLowerCase()) ? hiddenPlace(each) : each,
    )
    const service = record.service === null ? null : { ...record.service, locations }
    const after = JSON.stringify(textsCleaned({ ...record, service }, clean))
    if (after === JSON.stringify(record)) continue
    await sql`update directory.held_record set record = ${after}::jsonb where id = ${id}`.execute(db)
  }
}

interface HeldJson {
  readonly service: Pick<ServiceRecord, 'locations'> | null
}

function keyOf(table: Table): string {
  return table === 'capacity' || table === 'partner_detail' ? 'service_id' : 'id'
}
