import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { Problem } from './import.ts'
import type { KnownNames, Names } from './pathway.rules.ts'
import type { NewPathway, PathwayKind, PathwayRow } from './pathway.ts'

const PAGE = 50

/** Pathways that are open now, by name of where they start; fifty a page, from 1. */
export async function pathwaysPage(
  db: Tx,
  page: number,
): Promise<{ readonly rows: readonly PathwayRow[]; readonly total: number }> {
  const { rows } = await sql<PathwayRow & { total: number }>`
    select ${columns}, count(*) over ()::integer as total from ${ends}
    where p.valid @> now() order by f.name, coalesce(s.name, t.name), p.id limit ${PAGE} offset ${(page - 1) * PAGE}`.execute(
    db,
  )
  return { rows, total: rows[0]?.total ?? 0 }
}

/** One open pathway, or null. */
export async function openPathwayRow(db: Tx, id: string): Promise<PathwayRow | null> {
  const { rows } = await sql<PathwayRow>`
    select ${columns} from ${ends} where p.id::text = ${id} and p.valid @> now()`.execute(db)
  return rows[0] ?? null
}

const columns = sql`p.id, f.name as "fromName", coalesce(s.name, t.name) as "toName", p.to_service is not null as "toIsService",
  p.kind, p.condition as conditions, p.reply_due_days as "replyDueDays", p.contact, p.source, lower(p.valid) as since`
const ends = sql`directory.pathway p join directory.organization f on f.id = p.from_organization
  left join directory.organization t on t.id = p.to_organization left join directory.service s on s.id = p.to_service`

/** How many pages of pathways there are. */
export function pathwayPages(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE))
}

/** Organisations and services by every name a file may use for them: id or source id, else exact name, which several may bear. */
export async function namesForPathways(db: Tx): Promise<KnownNames> {
  const organizations =
    await sql<Named>`select id, source_id as "sourceId", name from directory.organization`.execute(db)
  const services = await sql<Named>`select id, source_id as "sourceId", name from directory.service`.execute(
    db,
  )
  return { organizations: byEveryName(organizations.rows), services: byEveryName(services.rows) }
}

interface Named {
  readonly id: string
  readonly sourceId: string
  readonly name: string
}

function byEveryName(rows: readonly Named[]): Names {
  const ids = new Map<string, readonly string[]>()
  for (const [name, all] of Map.groupBy(rows, (row) => row.name.toLowerCase()))
    ids.set(
      name,
      all.map((row) => row.id),
    )
  for (const row of rows) for (const name of [row.sourceId, row.id]) ids.set(name.toLowerCase(), [row.id])
  return ids
}

/**
 * Opens a pathway, or brings the open one up to date: the one with the same id in its source, else the one with the
 * same ends, kind and condition. Where the id stands for another one now, that one is closed and its past stays.
 */
export async function openPathway(db: Tx, p: NewPathway): Promise<void> {
  const conditions = JSON.stringify(p.conditions)
  if (p.sourceId !== null)
    await sql`update directory.pathway set valid = tstzrange(lower(valid), greatest(clock_timestamp(), lower(valid)))
      where lower(source_id) = lower(${p.sourceId}) and upper_inf(valid)
        and (from_organization, coalesce(to_organization, to_service), kind, condition) is distinct from
          (${p.from}::uuid, ${p.toOrganization ?? p.toService}::uuid, ${p.kind}::text, ${conditions}::jsonb)`.execute(
      db,
    )
  await sql`insert into directory.pathway (source_id, from_organization, to_organization, to_service, kind, condition, reply_due_days, contact, source)
    values (${p.sourceId}, ${p.from}::uuid, ${p.toOrganization}::uuid, ${p.toService}::uuid, ${p.kind}, ${conditions}::jsonb, ${p.replyDueDays}, ${p.contact}, ${p.source})
    on conflict (from_organization, coalesce(to_organization, to_service), kind, condition, upper(valid)) do update set
      source_id = coalesce(excluded.source_id, pathway.source_id), reply_due_days = excluded.reply_due_days,
      contact = excluded.contact, source = excluded.source`.execute(db)
}

/** The organisation that an open pathway starts at, or null. */
export async function startOf(db: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{ start: string }>`
    select from_organization as start from directory.pathway where id = ${id}::uuid and valid @> now()`.execute(
    db,
  )
  return rows[0]?.start ?? null
}

/** Records of the newest file of pathways that were held: a name in them fits several. A newer file takes their place. */
export async function heldPathways(db: Tx): Promise<
  readonly {
    readonly path: string
    readonly sourceId: string
    readonly problems: readonly Problem[]
    readonly at: string
  }[]
> {
  const { rows } = await sql<{ path: string; sourceId: string; problems: Problem[]; at: string }>`
    select k.path, k.source_id as "sourceId", k.problems, r.at from directory.import_record k join directory.import_run r on r.id = k.run_id
    where k.outcome = 'held' and k.run_id = (select id from directory.import_run where format = 'pathways' and undone_at is null order by id desc limit 1)
    order by k.nth limit 200`.execute(db)
  return rows
}

/** Closes a pathway from now on; its past stays. */
export async function closePathway(db: Tx, id: string): Promise<boolean> {
  const done =
    await sql`update directory.pathway set valid = tstzrange(lower(valid), greatest(clock_timestamp(), lower(valid)))
    where id = ${id}::uuid and valid @> now()`.execute(db)
  return done.numAffectedRows === 1n
}

/** Open pathways in the terms of a system file. */
export async function pathwaysForSystem(db: Tx, pack: string | null) {
  const { rows } = await sql<{ from: string; to: string; kind: PathwayKind; when: unknown[] }>`
    select p.from_organization as "from", coalesce(p.to_organization, p.to_service) as "to", p.kind, p.condition as "when"
    from directory.pathway p join directory.organization f on f.id = p.from_organization
    left join directory.service s on s.id = p.to_service
    where p.valid @> now() and (${pack}::text is null or f.pack = ${pack})
      and (p.to_service is null or (s.status in ('active', 'temporarily closed') and s.needs <> '{}')) order by p.id`.execute(
    db,
  )
  return rows
}

/** Whether a run was a file of pathways. */
export async function isPathwayRun(db: Tx, runId: string): Promise<boolean> {
  const { rows } = await sql`
    select from directory.import_run where id::text = ${runId.toLowerCase()} and format = 'pathways'`.execute(
    db,
  )
  return rows.length > 0
}
