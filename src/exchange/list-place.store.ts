import { sql, type RawBuilder } from 'kysely'
import { areaMiddles } from '#directory'
import type { Tx } from '#platform/db'
import {
  afterIn,
  ends,
  isWhole,
  listedWhere,
  serviceWhere,
  type ServiceFilter,
  type Slice,
} from './list-service.store.ts'

/** A service at a place: the id of the link as it goes out, and the service's row. */
export interface PlaceAt {
  readonly id: string
  readonly service: string
  /** How many fit in all, where finding these has told that. */
  readonly total: number | null
}

/** Services at their places, in the order of their ids. */
export async function placesAt(db: Tx, filter: ServiceFilter, slice: Slice): Promise<readonly PlaceAt[]> {
  const most = 'offset' in slice ? slice.offset + slice.limit : slice.limit
  const rows = isWhole(filter)
    ? sql`select id, service, null::bigint as total from (${linksOf(filter, { slice, most })}) link order by id ${ends(slice)}`
    : sql`select id, service, count(*) over () as total from (${linksOf(filter, null)} offset 0) link
        where ${afterIn(slice, sql`id`)} order by id ${ends(slice)}`
  return (await sql<PlaceAt>`${rows}`.execute(db)).rows
}

/** How many there are in all. */
export async function placesCounted(db: Tx, filter: ServiceFilter): Promise<number> {
  const result = await sql<{
    total: number
  }>`select count(*) as total from (${linksOf(filter, null)}) link`.execute(db)
  return Number(result.rows[0]?.total ?? 0)
}

/** The row of the service of which this is a place, or null. What of it may be said is the projection's business. */
export async function serviceOfPlace(db: Tx, id: string): Promise<string | null> {
  const result = await sql<{ service: string }>`
    select a.service_id as service from directory.service_at_location a where a.listed_id = ${id}::uuid
    union all
    select s.id from directory.service s
      where s.confidential and ${listedWhere([])} and directory.kept_place_listed_id(s.source_id, s.id) = ${id}::uuid
    limit 1`.execute(db)
  return result.rows[0]?.service ?? null
}

// A confidential service has one place, whatever it really has, and none within any distance. Of the whole list each half is read along
// its own index, no further than the slice goes.
function linksOf(
  filter: ServiceFilter,
  bound: { readonly slice: Slice; readonly most: number } | null,
): RawBuilder<unknown> {
  const where = serviceWhere(filter)
  const part = (id: RawBuilder<unknown>, rest: RawBuilder<unknown>) =>
    bound === null
      ? sql`(select ${id} as id, s.id as service ${rest})`
      : sql`(select ${id} as id, s.id as service ${rest} and ${afterIn(bound.slice, id)} order by 1 limit ${bound.most})`
  const open = part(
    sql`a.listed_id`,
    sql`from directory.service_at_location a join directory.service s on s.id = a.service_id
      join directory.location l on l.id = a.location_id
      where ${where} and not s.confidential and not l.confidential and s.kind <> 'for-people-using-abuse' and ${within(filter)}`,
  )
  if (filter.near !== undefined && filter.near.metres !== null) return open
  const keptId = sql`directory.kept_place_listed_id(s.source_id, s.id)`
  // Apart, so that the ids come from their index and are not made anew.
  const ids = sql`(select ${keptId} as id, s.id as service from directory.service s where s.confidential and ${listedWhere([])}
    and ${bound === null ? sql`true` : afterIn(bound.slice, keptId)} order by 1 offset 0)`
  if (bound !== null)
    return sql`${open} union all (select k.id, k.service from ${ids} k
      where exists (select from directory.service_at_location a where a.service_id = k.service) order by 1 limit ${bound.most})`
  const kept = part(
    sql`k.id`,
    sql`from ${ids} k join directory.service s on s.id = k.service
      where ${where} and exists (select from directory.service_at_location a where a.service_id = s.id)`,
  )
  return sql`${open} union all ${kept}`
}

// The point of a place, else the middle of its postcode's district, else of its area: as the search of the site has it.
function within({ near }: ServiceFilter): RawBuilder<unknown> {
  const point = near?.place?.point
  if (near === undefined || near.metres === null || point === undefined || point === null) return sql`true`
  const to = (latitude: RawBuilder<unknown>, longitude: RawBuilder<unknown>) =>
    sql`directory.metres(${latitude}, ${longitude}, ${point[0]}, ${point[1]})`
  const outcode = sql`upper(substring(l.postal_code from '(?i)^\\s*([a-z]{1,2}[0-9][0-9a-z]?)\\s*[0-9][a-z]{2}\\s*$'))`
  const middle = sql`${areaMiddles}::jsonb -> substring(${outcode} from '^[A-Z]+')`
  return sql`coalesce(${to(sql`l.latitude`, sql`l.longitude`)},
    (select ${to(sql`d.latitude`, sql`d.longitude`)} from directory.outcode d where d.code = ${outcode}),
    ${to(sql`(${middle} ->> 0)::float8`, sql`(${middle} ->> 1)::float8`)}) <= ${near.metres}`
}
