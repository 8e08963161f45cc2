import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { AreaCell, AreaRow, AreaSpot } from './area.ts'
import { spotsOf } from './area.rules.ts'
import { needs } from './facet.ts'
import { ageGroups } from './find.ts'
import { lexeme } from './find.rules.ts'

interface CellRow extends AreaCell {
  readonly need: string
}

/** What is listed for each need at each age, in one reading of what search reads. Nothing for people who use abuse is in it. */
export async function areaTable(db: Tx, pack: 'uk' | 'us'): Promise<readonly AreaRow[]> {
  const result = await sql<CellRow>`
    select need, age, sum(n)::int as services, coalesce(sum(n) filter (where state = 'has-room'), 0)::int as "withRoom",
      coalesce(sum(n) filter (where state in ('waiting-list', 'ask-first')), 0)::int as waiting,
      coalesce(sum(n) filter (where state = 'none'), 0)::int as full, coalesce(sum(n) filter (where state is null), 0)::int as unsaid
    from (
      select f.needs, f.ages, c.state, count(*) as n
      from directory.find f left join directory.capacity c on c.service_id = f.service_id
      where f.search @@ ${lexeme(`§pack=${pack}`)}::tsquery group by f.needs, f.ages, c.state
    ) kind
    cross join unnest(needs) need
    cross join unnest(case when ages = '{}' then array['unsaid'] else ages end) age
    group by need, age`.execute(db)
  const found = new Map(result.rows.map((row) => [`${row.need} ${row.age}`, row]))
  return needs
    .filter((need) => need.id !== 'change-behaviour')
    .map((need) => ({
      need: need.id,
      cells: ageGroups.map(({ id }) => found.get(`${need.id} ${id}`) ?? { ...nothing, age: id }),
      ageUnsaid: found.get(`${need.id} unsaid`)?.services ?? 0,
    }))
}

/** Where the listed services are, by area or region. */
export async function areaSpots(db: Tx, pack: 'uk' | 'us'): Promise<readonly AreaSpot[]> {
  const result = await sql<{ spot: string | null; services: number }>`
    select f.spot, count(*)::int as services from directory.find f
    where f.search @@ ${lexeme(`§pack=${pack}`)}::tsquery group by f.spot`.execute(db)
  return spotsOf(result.rows)
}

const nothing = { services: 0, withRoom: 0, waiting: 0, full: 0, unsaid: 0 }
