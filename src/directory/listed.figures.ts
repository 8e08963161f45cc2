import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { CapacityState } from './listing.ts'
import { staleSql } from './upkeep.store.ts'

/** What the directory lists now, counted. Everything in it is public, so no number is held back. */
export interface ListedFigures {
  /** Services that are listed and open, those for people using abuse included. */
  readonly services: number
  readonly organizations: number
  /** Entries that nobody has said are right for as long as an entry counts (`freshness.json`), or ever. */
  readonly unchecked: number
  readonly needs: readonly NeedFigures[]
}

/** The services that help with one need, by what they last said of room. */
export interface NeedFigures {
  readonly need: string
  readonly services: number
  readonly room: Readonly<Record<CapacityState | 'unknown', number>>
  /** The shortest and the longest wait told, in weeks; null where none was told. */
  readonly shortestWait: number | null
  readonly longestWait: number | null
}

const open = sql`directory.service s join directory.organization o on o.id = s.organization_id
  left join directory.capacity c on c.service_id = s.id`

/** Counts what one country's listing holds now. */
export async function listedFigures(db: Tx, pack: 'uk' | 'us'): Promise<ListedFigures> {
  const totals = await sql<Omit<ListedFigures, 'needs'>>`
    select count(*)::int as services, count(distinct o.id)::int as organizations,
      count(*) filter (where ${staleSql(sql`s.assured_on`)})::int as unchecked
    from ${open} where s.status = 'active' and o.pack = ${pack}`.execute(db)
  const needs = await sql<NeedFigures>`
    select need, count(*)::int as services,
      jsonb_build_object(
        'has-room', count(*) filter (where c.state = 'has-room'), 'none', count(*) filter (where c.state = 'none'),
        'waiting-list', count(*) filter (where c.state = 'waiting-list'),
        'ask-first', count(*) filter (where c.state = 'ask-first'),
        'unknown', count(*) filter (where c.state is null)) as room,
      min(c.wait_weeks)::float8 as "shortestWait",
      max(coalesce(c.wait_weeks_to, c.wait_weeks))::float8 as "longestWait"
    from ${open} cross join unnest(s.needs) as need
    where s.status = 'active' and o.pack = ${pack} group by need`.execute(db)
  const { services = 0, organizations = 0, unchecked = 0 } = totals.rows[0] ?? {}
  return { services, organizations, unchecked, needs: needs.rows }
}
