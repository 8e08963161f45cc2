import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { Said } from './times.rules.ts'
import type { SaidTimes } from './times.ts'

/** When a service is open at each of its places, where that is said of the place alone. */
export async function timesAtPlaces(
  db: Tx,
  serviceId: string,
): Promise<readonly (Said & { readonly placeId: string })[]> {
  const { rows } = await sql<Said & { placeId: string }>`
    select "what", weekday, to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes, note, location_id as "placeId"
    from directory.schedule where service_id = ${serviceId} and location_id is not null and "what" = 'open'
    order by weekday, opens, id`.execute(db)
  return rows
}

/** Writes when a service is open at one of its places; what is said of the service as a whole, or of a telephone, stays. */
export async function writeTimesAt(
  db: Tx,
  serviceId: string,
  placeId: string,
  times: readonly Said[],
): Promise<void> {
  await sql`delete from directory.schedule where service_id = ${serviceId} and location_id = ${placeId} and "what" = 'open'`.execute(
    db,
  )
  await sql`
    insert into directory.schedule (service_id, kind, confidential, location_id, "what", weekday, opens, closes, note)
    select s.id, s.kind, s.confidential, ${placeId}, 'open', r.weekday, r.opens, r.closes, r.note
    from jsonb_to_recordset(${JSON.stringify(times)}::jsonb) as r(weekday integer, opens time, closes time, note text)
    cross join directory.service s where s.id = ${serviceId}`.execute(db)
}

/** Writes the whole week of a service. A time that stays as it was stays with its place; the others are of the service as a whole. */
export async function writeTimes(db: Tx, serviceId: string, { times, text }: SaidTimes): Promise<void> {
  const json = JSON.stringify(times)
  const said = sql`jsonb_to_recordset(${json}::jsonb) as r("what" text, weekday integer, opens time, closes time, note text)`
  const same = sql`t."what" = r."what" and t.weekday = r.weekday and t.opens is not distinct from r.opens
    and t.closes is not distinct from r.closes and t.note is not distinct from r.note`
  await sql`
    delete from directory.schedule t where t.service_id = ${serviceId} and not exists (select from ${said} where ${same})`.execute(
    db,
  )
  await sql`
    insert into directory.schedule (service_id, kind, confidential, "what", weekday, opens, closes, note)
    select s.id, s.kind, s.confidential, r."what", r.weekday, r.opens, r.closes, r.note
    from ${said} cross join directory.service s where s.id = ${serviceId}
      and not exists (select from directory.schedule t where t.service_id = s.id and ${same})`.execute(db)
  await sql`
    update directory.service set times_text = ${text.trim() === '' ? null : text.trim()}, updated_at = now()
    where id = ${serviceId}`.execute(db)
}
