import { sql } from 'kysely'
import type { Condition } from '#engine/space'
import type { Sector } from '#platform/access'
import type { Tx } from '#platform/db'

/** One clause with what decides whether a rule closes part of it. */
export interface ClosableClause {
  readonly id: string
  readonly serviceId: string
  readonly condition: Condition
  readonly sector: Sector
  readonly pack: 'uk' | 'us'
  readonly forbiddenRule: string | null
  readonly forbiddenFacets: readonly string[]
}

/** The state of a data file that something stored was derived from; null when it never was. Nobody else derives it meanwhile. */
export async function derivedFrom(db: Tx, what: string): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('directory.derived', 0))`.execute(db)
  const { rows } = await sql<{ digest: string }>`
    select digest from directory.derived where what = ${what}`.execute(db)
  return rows[0]?.digest ?? null
}

/** Notes the state of the file that it is derived from now. */
export async function noteDerived(db: Tx, what: string, digest: string): Promise<void> {
  await sql`insert into directory.derived (what, digest) values (${what}, ${digest})
    on conflict (what) do update set digest = excluded.digest`.execute(db)
}

/** Every clause that reads one of these facets, or that a rule has closed before. */
export async function closableClauses(db: Tx, facets: readonly string[]): Promise<readonly ClosableClause[]> {
  const { rows } = await sql<ClosableClause>`
    select t.id, t.service_id as "serviceId", t.condition, o.sector, o.pack, t.forbidden_rule as "forbiddenRule",
      t.forbidden_facets as "forbiddenFacets"
    from directory.threshold t join directory.service s on s.id = t.service_id
    join directory.organization o on o.id = s.organization_id
    where t.condition ?| ${[...facets]}::text[] or t.forbidden_rule is not null or t.forbidden_facets <> '{}'`.execute(
    db,
  )
  return rows
}

/** Writes what a rule closes of these clauses. */
export async function writeClosed(
  db: Tx,
  clauses: readonly {
    readonly id: string
    readonly rule: string | null
    readonly facets: readonly string[]
  }[],
): Promise<void> {
  await sql`
    update directory.threshold t set forbidden_rule = r.rule, forbidden_facets = r.facets
    from jsonb_to_recordset(${JSON.stringify(clauses)}::jsonb) as r(id uuid, rule text, facets text[])
    where t.id = r.id`.execute(db)
}
