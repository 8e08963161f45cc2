import { sql } from 'kysely'
import type { Tx } from '#platform/db'

/** An entry that is listed already, and the mark of the record that it was last brought in from. */
export interface Standing {
  readonly id: string
  readonly mark: string | null
  /** What it is called. */
  readonly name?: string
}

/** Which of these services are listed, by their source ids in lower case. */
export async function standingServices(
  db: Tx,
  sources: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  return byRow(
    await sql<Standing & { readonly source: string }>`
      select lower(s.source_id) as source, s.id, s.name, encode(b.mark, 'hex') as mark from directory.service s
      left join directory.brought b on b.service_id = s.id where lower(s.source_id) = any(${sources})`.execute(
      db,
    ),
  )
}

/** Which of these organisations are listed, by their source ids in lower case. */
export async function standingOrganizations(
  db: Tx,
  sources: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  return byRow(
    await sql<Standing & { readonly source: string }>`
      select lower(o.source_id) as source, o.id, encode(b.mark, 'hex') as mark from directory.organization o
      left join directory.brought b on b.organization_id = o.id where lower(o.source_id) = any(${sources})`.execute(
      db,
    ),
  )
}

/** Keeps the marks of the records that entries were brought in from; the next import passes over the same records. */
export async function keepMarks(
  db: Tx,
  kind: 'service' | 'organization',
  marks: readonly { readonly id: string; readonly mark: string }[],
): Promise<void> {
  if (marks.length === 0) return
  const column = sql.ref(`${kind}_id`)
  await sql`
    insert into directory.brought (${column}, mark)
    select r.id, decode(r.mark, 'hex') from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as r(id uuid, mark text)
    on conflict (${column}) do update set mark = excluded.mark`.execute(db)
}

/** Every code of the vocabulary as one mark: a list that comes in later can change what an unchanged record says. */
export async function vocabularyMark(db: Tx): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select md5(coalesce(string_agg(code, ' ' order by code), '')) as mark from directory.taxonomy_term`.execute(
    db,
  )
  return rows[0]?.mark ?? ''
}

/** The services of these organisations, those in `without` left out. */
export async function servicesOf(
  db: Tx,
  organizations: readonly string[],
  without: readonly string[],
): Promise<readonly string[]> {
  if (organizations.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select id from directory.service where organization_id = any(${organizations}::uuid[])
      and not id = any(${without}::uuid[])`.execute(db)
  return rows.map((row) => row.id)
}

/** The services at these places. */
export async function servicesAt(db: Tx, places: readonly string[]): Promise<readonly string[]> {
  if (places.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select distinct service_id as id from directory.service_at_location where location_id = any(${places}::uuid[])`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

function byRow({
  rows,
}: {
  readonly rows: readonly (Standing & { readonly source: string })[]
}): ReadonlyMap<string, Standing> {
  return new Map(rows.map(({ source, id, mark }) => [source, { id, mark }]))
}
