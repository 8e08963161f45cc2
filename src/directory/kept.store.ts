import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { LocationRecord, OrganizationRecord, ServiceRecord } from './listing.ts'

/** Puts what files say beyond our columns in the place of what an earlier file said. Of what is secret the database keeps nothing. */
export async function keepBesideServices(
  db: Tx,
  services: readonly ServiceRecord[],
  isTheirs: (place: LocationRecord) => boolean,
  areNew = false,
): Promise<void> {
  if (!areNew) await forget(db, 'service', services)
  await keep(db, 'service', services)
  const places = services.flatMap((each) => each.locations).filter(isTheirs)
  const once = [...new Map(places.toReversed().map((each) => [each.sourceId.toLowerCase(), each])).values()]
  await forget(db, 'location', once)
  await keep(db, 'location', once)
}

/** The same of organisations. */
export async function keepBesideOrganizations(db: Tx, all: readonly OrganizationRecord[]): Promise<void> {
  await forget(db, 'organization', all)
  await keep(db, 'organization', all)
}

type Kept = 'service' | 'location' | 'organization'
type Records = readonly (ServiceRecord | LocationRecord | OrganizationRecord)[]

async function forget(db: Tx, what: Kept, records: Records): Promise<void> {
  if (records.length === 0) return
  const [table, key] = [sql.table(`directory.${what}`), sql.ref(`${what}_id`)]
  const ids = records.map((each) => each.sourceId.toLowerCase())
  await sql`
    delete from directory.kept_beside k using ${table} x where x.id = k.${key} and lower(x.source_id) = any(${ids})`.execute(
    db,
  )
}

async function keep(db: Tx, what: Kept, records: Records): Promise<void> {
  const [table, key] = [sql.table(`directory.${what}`), sql.ref(`${what}_id`)]
  const told = records.filter((each) => each.kept !== null && each.kept !== undefined)
  if (told.length === 0) return
  const json = JSON.stringify(told.map(({ sourceId, kept }) => ({ sourceId, kept })))
  await sql`
    insert into directory.kept_beside (${key}, kept) select x.id, r.kept
    from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, kept jsonb)
    join ${table} x on lower(x.source_id) = lower(r."sourceId")`.execute(db)
}
