import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#platform/db'
import { organizationHas, type TermAsked } from './having.store.ts'
import { afterIn, asText, ends, type ListedAt, listedWhere, type Slice } from './list-service.store.ts'

/** What a list of organisations is narrowed to. */
export interface OrganizationFilter {
  readonly search: string | null
  readonly modifiedAfter: string | null
  readonly terms: readonly (TermAsked | null)[]
}

const listedId = sql`directory.listed_id(o.source_id, o.id)`
const modified = sql`date_trunc('second', o.updated_at)`

/** Organisations of a list, in the order of their ids. */
export async function organizationsAt(
  db: Tx,
  filter: OrganizationFilter,
  slice: Slice,
): Promise<readonly ListedAt[]> {
  const result = await sql<ListedAt>`
    select o.id as row, ${listedId} as id, ${asText(modified)} as modified, null as total from directory.organization o
    where ${where(filter)} and ${afterIn(slice, listedId)} order by ${listedId} ${ends(slice)}`.execute(db)
  return result.rows
}

/** How many there are in all. */
export async function organizationsCounted(db: Tx, filter: OrganizationFilter): Promise<number> {
  const result = await sql<{ total: number }>`
    select count(*) as total from directory.organization o where ${where(filter)}`.execute(db)
  return Number(result.rows[0]?.total ?? 0)
}

/** The listed services of these organisations, by the organisation's id as it goes out; of each the first hundred. */
export async function servicesOf(
  db: Tx,
  organizations: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const result = await sql<{ id: string; services: readonly string[] }>`
    select ${listedId} as id, array(select s.id from directory.service s where s.organization_id = o.id
      and ${listedWhere([])} order by directory.listed_id(s.source_id, s.id) limit 100)::text[] as services
    from directory.organization o where ${listedId} = any(${organizations}::uuid[])`.execute(db)
  return new Map(result.rows.map((each) => [each.id, each.services]))
}

// As in the projection: with a listed service, or with none at all.
function where({ search, modifiedAfter, terms }: OrganizationFilter): RawBuilder<unknown> {
  return sql.join(
    [
      sql`(exists (select from directory.service s where s.organization_id = o.id
          and s.status in ('active', 'temporarily closed'))
        or not exists (select from directory.service s where s.organization_id = o.id))`,
      ...(search === null
        ? []
        : [
            sql`to_tsvector('english'::regconfig, o.name || ' ' || coalesce(o.alternate_name, '') || ' ' || o.description)
              @@ plainto_tsquery('english', ${search})`,
          ]),
      ...(modifiedAfter === null ? [] : [sql`${modified} >= ${modifiedAfter}::timestamptz`]),
      ...terms.map((each) => (each === null ? sql`false` : organizationHas(each, listedWhere([each])))),
    ],
    sql` and `,
  )
}
