import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { ChangedField } from './change.ts'
import type { ReadRecord } from './import.ts'

/** What a run did to one entry. */
export interface RunChange {
  readonly source: string
  readonly serviceId: string
  readonly what: string
  readonly fields: readonly ChangedField[]
}

/** Does the work and takes all of it back, so that what it would change can be told exactly. */
export async function tryOut<T>(db: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint tried`.execute(db)
  const done = await work()
  await sql`rollback to savepoint tried`.execute(db)
  await sql`release savepoint tried`.execute(db)
  return done
}

/** Which of these records belong to a partner agency other than this one: by the entry, its organisation or one of its places. */
export async function ofOthers(
  db: Tx,
  partyId: string,
  records: readonly ReadRecord[],
): Promise<ReadonlySet<number>> {
  const rows = records.map((each, nth) => ({
    nth,
    service: each.service === null ? null : each.id.toLowerCase(),
    organization: (each.service?.organization ?? each.organization)?.sourceId.toLowerCase() ?? null,
    locations: (each.service?.locations ?? []).map((one) => one.sourceId.toLowerCase()),
  }))
  const result = await sql<{ nth: number }>`
    with r as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(nth integer, service text, organization text, locations text[])),
    other as (select id, lower(source_id) as source from directory.organization
      where party_id is not null and party_id <> ${partyId}::uuid)
    select r.nth from r join other o on o.source = r.organization
    union select r.nth from r join directory.service s on lower(s.source_id) = r.service join other o on o.id = s.organization_id
    union select r.nth from r cross join unnest(r.locations) as x(source)
      join directory.location l on lower(l.source_id) = x.source join other o on o.id = l.organization_id`.execute(
    db,
  )
  return new Set(result.rows.map((row) => row.nth))
}

/** What a run changed, by the entry's id in its source. */
export async function changesOfRun(
  db: Tx,
  runId: string,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, RunChange>> {
  const ids = sourceIds.map((id) => id.toLowerCase())
  const result = await sql<RunChange>`
    select lower(s.source_id) as source, s.id as "serviceId", c.what, c.fields
    from directory.change c join directory.service s on s.id = c.service_id
    where c.run_id = ${runId}::uuid and lower(s.source_id) = any(${ids}) order by c.id`.execute(db)
  return new Map(result.rows.map((row) => [row.source, row]))
}

/** The entries that are listed under these ids of their source. */
export async function listedUnder(
  db: Tx,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = sourceIds.map((id) => id.toLowerCase())
  const result = await sql<{ source: string; id: string }>`
    select lower(source_id) as source, id from directory.service where lower(source_id) = any(${ids})`.execute(
    db,
  )
  return new Map(result.rows.map((row) => [row.source, row.id]))
}

/** Organisations as readers see them, by their ids in their source. */
export async function organizationsUnder(
  db: Tx,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const ids = sourceIds.map((id) => id.toLowerCase())
  const result = await sql<{ source: string; fields: Readonly<Record<string, unknown>> }>`
    select lower(source_id) as source, jsonb_build_object('organization_name', name, 'organization_alternate_name', alternate_name,
      'organization_description', description, 'organization_email', email, 'organization_website', website,
      'organization_phones', phones, 'organization_sector', sector) as fields
    from directory.organization where lower(source_id) = any(${ids})`.execute(db)
  return new Map(result.rows.map((row) => [row.source, row.fields]))
}

/** Which of these held records wait for a person, or were refused by one, exactly as they stand. */
export async function heldAlready(db: Tx, records: readonly ReadRecord[]): Promise<ReadonlySet<string>> {
  const rows = records.map((each) => ({
    source: each.id.toLowerCase(),
    record: { service: each.service, organization: each.organization },
  }))
  const result = await sql<{ source: string }>`
    select r.source from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(source text, record jsonb)
    join directory.held_record h on lower(h.source_id) = r.source and h.state in ('waiting', 'refused')
    and h.record = r.record`.execute(db)
  return new Set(result.rows.map((row) => row.source))
}

/** Listed places at these addresses that the agency may change. The addresses themselves are kept nowhere. */
export async function placesAt(
  db: Tx,
  partyId: string,
  addressKeys: readonly string[],
): Promise<readonly string[]> {
  if (addressKeys.length === 0) return []
  const result = await sql<{ id: string }>`
    select l.id from directory.location l join directory.organization o on o.id = l.organization_id
    where lower(regexp_replace(coalesce(l.address_1, '') || '|' || coalesce(l.postal_code, ''), '[^A-Za-z0-9|]', '', 'g'))
      = any(${[...addressKeys]}) and not l.confidential and (o.party_id is null or o.party_id = ${partyId}::uuid)`.execute(
    db,
  )
  return result.rows.map((row) => row.id)
}

/** Empties these places: they have turned out to be confidential. Returns the services that were listed there. */
export async function hidePlacesOf(db: Tx, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const result = await sql<{ id: string }>`
    with hidden as (update directory.location set confidential = true, kind = 'virtual', name = null, description = null,
      transportation = null, address_1 = null, address_2 = null, city = null, postal_code = null, latitude = null,
      longitude = null where id = any(${[...ids]}::uuid[]) and not confidential returning id)
    select distinct a.service_id as id from hidden join directory.service_at_location a on a.location_id = hidden.id`.execute(
    db,
  )
  return result.rows.map((row) => row.id)
}

/** Takes entries out of the list: they are kept, as inactive. */
export async function setInactive(db: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update directory.service set status = 'inactive', updated_at = now() where id = any(${[...ids]}::uuid[])`.execute(
    db,
  )
}
