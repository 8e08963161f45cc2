import { sql } from 'kysely'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { CapacityForm, HeldRecord } from './editor.ts'
import type { Threshold } from './threshold.ts'
import { type KeptEntry, staleSql } from './upkeep.store.ts'

/** The entries an agency's editor looks after: its own, and those of organisations of its country that are no partner here. */
export async function entriesOf(
  db: Tx,
  { partyId, pack }: Pick<Actor, 'partyId' | 'pack'>,
): Promise<readonly KeptEntry[]> {
  const result = await sql<KeptEntry>`
    select s.id, o.party_id is not null or u.party_id is not distinct from ${partyId}::uuid as own, s.assured_on as "assuredOn",
      ${staleSql(sql`s.assured_on`)} as stale
    from directory.service s join directory.organization o on o.id = s.organization_id
    left join directory.upkeep u on u.service_id = s.id
    where o.party_id = ${partyId} or (o.party_id is null and o.pack = ${pack})
    order by s.assured_on nulls first, s.name, s.id limit 500`.execute(db)
  return result.rows
}

/** Whether this agency's editor looks after the service. */
export async function looksAfter(db: Tx, partyId: string, serviceId: string): Promise<boolean> {
  const result = await sql`
    select from directory.service s join directory.organization o on o.id = s.organization_id
    where s.id = ${serviceId} and (o.party_id = ${partyId} or o.party_id is null)`.execute(db)
  return result.rows.length > 0
}

/** Writes room and wait as of now, by the database's clock. */
export async function writeCapacity(db: Tx, serviceId: string, form: CapacityForm): Promise<void> {
  const note = form.note.trim() === '' ? null : form.note.trim()
  await sql`
    insert into directory.capacity (service_id, state, places, wait_weeks, wait_weeks_to, note, as_of)
    values (${serviceId}, ${form.state}, ${form.places ?? null}, ${form.waitWeeks ?? form.waitWeeksTo ?? null},
      ${form.waitWeeksTo ?? null}, ${note}, now())
    on conflict (service_id) do update set state = excluded.state, places = excluded.places,
      wait_weeks = excluded.wait_weeks, wait_weeks_to = excluded.wait_weeks_to, note = excluded.note,
      as_of = excluded.as_of`.execute(db)
}

/** Writes one clause at its position, or after the last one. */
export async function writeThreshold(
  db: Tx,
  serviceId: string,
  position: number | 'new',
  clause: Threshold,
): Promise<void> {
  const at =
    position === 'new'
      ? sql`(select coalesce(max(position), 0) + 1 from directory.threshold where service_id = ${serviceId})`
      : sql`${position}`
  await sql`
    insert into directory.threshold (service_id, position, condition, sentence, source, owner, reviewed_on, soft,
      forbidden_rule, forbidden_facets)
    values (${serviceId}, ${at}, ${JSON.stringify(clause.condition)}::jsonb, ${clause.sentence}, ${clause.source},
      ${clause.owner}, ${clause.reviewedOn}::date, ${clause.soft}, ${clause.forbiddenRule}, ${clause.forbiddenFacets}::text[])
    on conflict (service_id, position) do update set condition = excluded.condition, sentence = excluded.sentence,
      source = excluded.source, owner = excluded.owner, reviewed_on = excluded.reviewed_on, soft = excluded.soft,
      forbidden_rule = excluded.forbidden_rule, forbidden_facets = excluded.forbidden_facets`.execute(db)
  await changedNow(db, serviceId)
}

/** Writes the needs that the service waits for. */
export async function writeAfterNeeds(db: Tx, serviceId: string, first: readonly string[]): Promise<void> {
  await sql`update directory.service set after_needs = ${first}::text[], updated_at = now()
    where id = ${serviceId}`.execute(db)
}

/** Takes one clause away; true when it was there. */
export async function removeThreshold(db: Tx, serviceId: string, position: number): Promise<boolean> {
  const result = await sql`
    delete from directory.threshold where service_id = ${serviceId} and position = ${position} returning id`.execute(
    db,
  )
  await changedNow(db, serviceId)
  return result.rows.length > 0
}

// Whoever follows the open lists learns by this date that the entry says something else now.
async function changedNow(db: Tx, serviceId: string): Promise<void> {
  await sql`update directory.service set updated_at = now() where id = ${serviceId}`.execute(db)
}

/** Records that wait for a person, oldest first. */
export async function heldRecords(db: Tx): Promise<readonly HeldRecord[]> {
  const result = await sql<HeldRecord>`
    select ${heldColumns} from directory.held_record h where h.state = 'waiting' order by h.held_at, h.id
    limit 200`.execute(db)
  return result.rows
}

/** One waiting record, or null. */
export async function heldRecord(db: Tx, id: string): Promise<HeldRecord | null> {
  const result = await sql<HeldRecord>`
    select ${heldColumns} from directory.held_record h where h.id::text = ${id.toLowerCase()} and h.state = 'waiting'`.execute(
    db,
  )
  return result.rows[0] ?? null
}

/** Decides a waiting record; null when somebody else has decided it meanwhile. Returns the run it came with. */
export async function decideRecord(
  db: Tx,
  id: string,
  state: 'accepted' | 'refused',
): Promise<string | null> {
  const result = await sql<{ runId: string }>`
    update directory.held_record set state = ${state}, decided_at = now() where id = ${id} and state = 'waiting'
    returning run_id as "runId"`.execute(db)
  return result.rows[0]?.runId ?? null
}

/** A person has said that these places are no secret: the next import may list where they are. */
export async function openServices(db: Tx, ids: readonly string[]): Promise<void> {
  await sql`update directory.service set confidential = false where id = any(${ids}::uuid[])`.execute(db)
}

const heldColumns = sql`h.id, h.path, h.source_id as "sourceId", h.held_at as "heldAt", h.problems, h.record,
  coalesce(h.record -> 'service' ->> 'name', h.record -> 'organization' ->> 'name', '') as name,
  coalesce(h.record -> 'service' -> 'organization' ->> 'name', '') as "organizationName"`
