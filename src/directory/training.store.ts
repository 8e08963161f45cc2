import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { TrainingLine } from './training.ts'

/** What every organisation of one country says of its training, by name. */
export async function trainingLines(db: Tx, pack: 'uk' | 'us'): Promise<readonly TrainingLine[]> {
  const result = await sql<TrainingLine>`
    select r.organization_id as "organizationId", o.name as "organizationName", r.until, r.until >= current_date as "inDate",
      r.confirmed_by as "confirmerId", by.name as "confirmedBy", r.confirmed_on as "confirmedOn",
      r.withdrawn_on as "withdrawnOn"
    from directory.training r join directory.organization o on o.id = r.organization_id
    left join directory.organization by on by.id = r.confirmed_by
    where o.pack = ${pack} order by o.name, o.id limit 1000`.execute(db)
  return result.rows
}

/** Whether a day is past, or more than five years away, by the database's clock. */
export async function dayStands(db: Tx, day: string): Promise<'past' | 'too-far' | null> {
  const result = await sql<{ stands: 'past' | 'too-far' | null }>`
    select case when ${day}::date < current_date then 'past'
      when ${day}::date > current_date + interval '5 years' then 'too-far' end as stands`.execute(db)
  return result.rows[0]?.stands ?? null
}

/** Writes an organisation's own word. Another day is a new claim and loses the confirmation. */
export async function writeTraining(db: Tx, organizationId: string, until: string): Promise<void> {
  await sql`
    insert into directory.training (organization_id, until) values (${organizationId}, ${until}::date)
    on conflict (organization_id) do update set until = excluded.until, confirmed_by = null, confirmed_on = null,
      withdrawn_on = null, updated_at = now() where training.until <> excluded.until`.execute(db)
}

/** Takes an organisation's own word away. */
export async function removeTraining(db: Tx, organizationId: string): Promise<void> {
  await sql`delete from directory.training where organization_id = ${organizationId}`.execute(db)
}

/** Confirms the day that was read, while it is in date and nobody else has confirmed it; false when that does not stand any more. */
export async function confirmTraining(
  db: Tx,
  organizationId: string,
  { by, until }: { readonly by: string; readonly until: string },
): Promise<boolean> {
  const result = await sql`
    update directory.training set confirmed_by = ${by}, confirmed_on = current_date, withdrawn_on = null, updated_at = now()
    where organization_id = ${organizationId} and until = ${until}::date and until >= current_date
      and organization_id <> ${by} and confirmed_by is null returning 1`.execute(db)
  return result.rows.length > 0
}

/** Takes one's own confirmation back; false when there is none. */
export async function takeBackTraining(db: Tx, organizationId: string, by: string): Promise<boolean> {
  const result = await sql`
    update directory.training set confirmed_by = null, confirmed_on = null, withdrawn_on = current_date, updated_at = now()
    where organization_id = ${organizationId} and confirmed_by = ${by} returning 1`.execute(db)
  return result.rows.length > 0
}

/** The services whose page shows it. */
export async function servicesOf(db: Tx, organizationId: string): Promise<readonly string[]> {
  const result = await sql<{ id: string }>`
    select id from directory.service where organization_id = ${organizationId} order by id`.execute(db)
  return result.rows.map((row) => row.id)
}
