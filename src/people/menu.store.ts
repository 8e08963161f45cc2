import { sql } from 'kysely'

import { traitsOf, type Wishes } from '#directory'
import type { ServiceTraits } from '#engine/matching'
import type { Tx } from '#platform/db'

import type { Clause } from './menu.rules.ts'

/** What a menu reads of the directory beside the summaries. */
export interface ServiceWords {
  readonly id: string
  readonly mustReport: readonly string[] | null
  readonly clauses: readonly Clause[]
}

/** Clauses by position, without the facets that a rule closes, and what the agency must pass on. */
export async function serviceWords(
  db: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ServiceWords>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<ServiceWords>`
    select s.id, o.must_report as "mustReport", coalesce((select jsonb_agg(jsonb_build_object('condition',
        t.condition - t.forbidden_facets, 'sentence', t.sentence, 'soft', t.soft) order by t.position)
      from directory.threshold t where t.service_id = s.id), '[]') as clauses
    from directory.service s join directory.organization o on o.id = s.organization_id
    where s.id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What these services say of themselves, as wishes are weighed against it, in the order of the ids. */
export async function serviceTraits(
  db: Tx,
  ids: readonly string[],
): Promise<readonly { readonly service: string; readonly traits: ServiceTraits }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Wishes & { id: string; waitWeeks: number | null; waitWeeksTo: number | null }>`
    select s.id, s.languages, s.led_by as "ledBy", s.worker_gender as "workerGender", s.areas, s.models, s.remote, s.cost,
      s.needs_no_public_funds as "needsNoPublicFunds", c.wait_weeks::float as "waitWeeks",
      c.wait_weeks_to::float as "waitWeeksTo"
    from directory.service s left join directory.capacity c on c.service_id = s.id
    where s.id = any(${[...ids]}::uuid[])`.execute(db)
  const byId = new Map(
    rows.map(({ id, waitWeeks, waitWeeksTo, ...wishes }) => [id, { wishes, waitWeeks, waitWeeksTo }]),
  )
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (row === undefined) return []
    const capacity = { state: 'ask-first', places: null, note: null, asOf: '', ...row } as const
    return [{ service: id, traits: traitsOf({ wishes: row.wishes, capacity }) }]
  })
}

/**
 * Changes whenever any service or organisation of the directory does: a changed row is of a later transaction, so that the sum
 * of all rows' transactions only grows while their number stays.
 */
export async function directoryStamp(db: Tx): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat_ws('-', current_database(), s.n, s.sum, o.n, o.sum) as stamp
    from (select count(*) as n, sum(xmin::text::numeric) as sum from directory.service) s,
      (select count(*) as n, sum(xmin::text::numeric) as sum from directory.organization) o`.execute(db)
  return rows[0]?.stamp ?? ''
}
