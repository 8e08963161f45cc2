import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { SaidTimes } from './times.ts'

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
