import { sql, type RawBuilder } from 'kysely'
import { cellsAround, type WhereAbouts } from '#directory'
import type { Tx } from '#platform/db'
import { serviceHas, type TermAsked } from './having.store.ts'

/** What a list of services, or of their places, is narrowed to. Nothing here reaches further than what the projection says. */
export interface ServiceFilter {
  readonly search: string | null
  /** The organisation's id as it goes out. */
  readonly organization: string | null
  readonly modifiedAfter: string | null
  /** All of these; null for a term that nobody has: then nothing fits. */
  readonly terms: readonly (TermAsked | null)[]
  /** Null for a place that nobody knows: then nothing fits. */
  readonly near?: { readonly place: WhereAbouts | null; readonly metres: number | null } | undefined
  readonly minimumAge: number | null
  readonly maximumAge: number | null
  /** From Monday (1). */
  readonly day: number | null
  readonly opensFrom: string | null
  readonly closesBy: string | null
}

/** One line of a list: the row, the id under which it goes out, and when the entry was last changed, to the second. */
export interface ListedAt {
  readonly row: string
  readonly id: string
  readonly modified: string
  /** How many fit in all, where finding these has told that. */
  readonly total: number | null
}

/** Some entries of a list: those after an id, or a page. */
export type Slice =
  | { readonly after: string | null; readonly limit: number }
  | { readonly offset: number; readonly limit: number }

const listedId = sql`directory.listed_id(s.source_id, s.id)`

/** When the entry `s` was last changed, room and wait included. */
const modified = sql`date_trunc('second', greatest(s.updated_at, (select least(c.as_of, now()) from directory.capacity c
  where c.service_id = s.id)))`

/** Services of a list, in the order of their ids. */
export async function servicesAt(db: Tx, filter: ServiceFilter, slice: Slice): Promise<readonly ListedAt[]> {
  const fits = sql`select s.id as row, ${listedId} as id from directory.service s
    where ${serviceWhere(filter)} and ${afterIn(slice, listedId)}`
  const result = await sql<ListedAt>`
    select s.id as row, page.id, ${asText(modified)} as modified, page.total from (${inOrder(fits, filter, slice)}) page
    join directory.service s on s.id = page.row order by page.id`.execute(db)
  return result.rows
}

/** How many there are in all. */
export async function servicesCounted(db: Tx, filter: ServiceFilter): Promise<number> {
  const result = await sql<{ total: number }>`
    select count(*) as total from directory.service s where ${serviceWhere(filter)}`.execute(db)
  return Number(result.rows[0]?.total ?? 0)
}

/** When the entry of a row was last changed. */
export async function modifiedOf(db: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const result = await sql<Pick<ListedAt, 'id' | 'modified'>>`
    select ${listedId} as id, ${asText(modified)} as modified from directory.service s
    where ${listedId} = any(${ids}::uuid[])`.execute(db)
  return new Map(result.rows.map((each) => [each.id, each.modified]))
}

/** Which services are in the lists. Work with people who use abuse is only in its own, asked for by its term. */
export function listedWhere(terms: ServiceFilter['terms']): RawBuilder<unknown> {
  return isApart(terms)
    ? sql`s.status in ('active', 'temporarily closed') and s.kind = 'for-people-using-abuse'`
    : sql`s.status in ('active', 'temporarily closed') and s.kind <> 'for-people-using-abuse'`
}

/** The condition on `s` that a filter means. */
export function serviceWhere(filter: ServiceFilter): RawBuilder<unknown> {
  const { search, organization, modifiedAfter, terms, near, minimumAge, maximumAge } = filter
  return sql.join(
    [
      listedWhere(terms),
      ...(search === null ? [] : [wordsWhere(search, isApart(terms))]),
      ...(organization === null
        ? []
        : [
            sql`s.organization_id in (select o.id from directory.organization o
              where directory.listed_id(o.source_id, o.id) = ${organization}::uuid)`,
          ]),
      ...(modifiedAfter === null ? [] : [changedWhere(modifiedAfter)]),
      ...terms.map((each) => (each === null ? sql`false` : serviceHas(each))),
      ...(near === undefined ? [] : [nearWhere(near)]),
      ...(minimumAge === null ? [] : [sql`lower(s.ages) >= ${Math.ceil(minimumAge) * 12}`]),
      ...(maximumAge === null
        ? []
        : [sql`upper(s.ages) <= ${Math.min(Math.floor(maximumAge) * 12 + 12, 1_319)}`]),
      ...timesWhere(filter),
    ],
    sql` and `,
  )
}

/**
 * A slice of rows with an `id`, in its order. The whole list is read along the index of ids. Of a narrowed one all that fits is
 * found first, and counted by the way: read along the ids, a question that few fit would look at every service.
 */
function inOrder(rows: RawBuilder<unknown>, filter: ServiceFilter, slice: Slice): RawBuilder<unknown> {
  return isWhole(filter)
    ? sql`select ordered.*, null::bigint as total from (${rows} order by id ${ends(slice)}) ordered`
    : sql`select fits.*, count(*) over () as total from (${rows} offset 0) fits order by id ${ends(slice)}`
}

/** The end of a statement that gives a slice. */
export function ends(slice: Slice): RawBuilder<unknown> {
  return 'after' in slice ? sql`limit ${slice.limit}` : sql`limit ${slice.limit} offset ${slice.offset}`
}

/** Only what comes after the slice's id. */
export function afterIn(slice: Slice, id: RawBuilder<unknown>): RawBuilder<unknown> {
  return 'after' in slice && slice.after !== null ? sql`${id} > ${slice.after}::uuid` : sql`true`
}

/** An instant as the standards write it. */
export function asText(instant: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
}

/** Whether nothing narrows a list. */
export function isWhole({ terms, near, ...rest }: ServiceFilter): boolean {
  return terms.length === 0 && near === undefined && Object.values(rest).every((each) => each === null)
}

function isApart(terms: ServiceFilter['terms']): boolean {
  return terms.some((each) => each?.taxonomy === 'anydoor-kind' && each.code === 'for-people-using-abuse')
}

// The words of a service that is listed apart are in its own row only: a public search never reads them.
function wordsWhere(search: string, apart: boolean): RawBuilder<unknown> {
  const query = sql`plainto_tsquery('english', ${search})`
  return apart
    ? sql`s.search @@ ${query}`
    : sql`s.id in (select f.service_id from directory.find f where f.search @@ ${query})`
}

// As `modified` has it, in the words of indices.
function changedWhere(moment: string): RawBuilder<unknown> {
  return sql`(s.updated_at >= ${moment}::timestamptz or (now() >= ${moment}::timestamptz
    and s.id in (select c.service_id from directory.capacity c where c.as_of >= ${moment}::timestamptz)))`
}

// Within so many metres: places with a point only, and no confidential place has one. Without metres: services that say they
// work there, or everywhere.
function nearWhere({ place, metres }: NonNullable<ServiceFilter['near']>): RawBuilder<unknown> {
  if (place === null) return sql`false`
  if (metres === null) {
    const there = [...place.names.map((name) => `'§in=${lexeme(name)}'`), "'§wide'"].join(' | ')
    return sql`s.id in (select f.service_id from directory.find f where f.search @@ ${there}::tsquery)`
  }
  if (place.point === null) return sql`false`
  const [latitude, longitude] = place.point
  const cells = cellsAround(place.point, metres / 1609.344)
    .map((cell) => `'§cell=${cell}'`)
    .join(' | ')
  return sql`s.id in (select f.service_id from directory.find f where f.search @@ ${cells}::tsquery and exists (
    select from generate_series(1, cardinality(f.points), 2) i
    where directory.metres(f.points[i], f.points[i + 1], ${latitude}, ${longitude}) <= ${metres}))`
}

function timesWhere({ day, opensFrom, closesBy }: ServiceFilter): readonly RawBuilder<unknown>[] {
  if (day === null && opensFrom === null && closesBy === null) return []
  return [
    sql`s.id in (select t.service_id from directory.schedule t left join directory.location l on l.id = t.location_id
      where not coalesce(l.confidential, false)
        and ${day === null ? sql`true` : sql`t.weekday = ${day}`}
        and ${opensFrom === null ? sql`true` : sql`t.opens >= ${opensFrom}::time`}
        and ${closesBy === null ? sql`true` : sql`t.closes <= ${closesBy}::time`})`,
  ]
}

function lexeme(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "''")
}
