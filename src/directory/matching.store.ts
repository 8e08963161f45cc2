import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/db'
import { needs } from './facet.ts'
import { ledByNobody } from './practical.ts'
import { areaMiddles } from './place.rules.ts'
import type { Condition, System } from '#engine/space'
import { systemOfRow, type MatchingRow } from './matching.rules.ts'

const needLabels = JSON.stringify(Object.fromEntries(needs.map((need) => [need.id, need.label])))

/** Brings what is derived of these services up to date: the engine's view, the words to search in, and what search finds. */
export async function refreshDerived(db: Tx, serviceIds: readonly string[]): Promise<void> {
  await deriveRows(db, serviceIds)
  await sql`select directory.derive_find(${serviceIds}::uuid[], ${areaMiddles}::jsonb)`.execute(db)
}

/**
 * The same for an import: new services came with their engine's view and words, of `standing` ones they are derived anew, and
 * search also looks again at the services that are `sharing` a place which has changed.
 */
export async function deriveFound(
  db: Tx,
  serviceIds: readonly string[],
  standing: readonly string[],
  sharing: readonly string[],
): Promise<void> {
  await deriveRows(db, standing)
  const all = [...new Set([...serviceIds, ...sharing])]
  const forget = standing.length > 0 || all.length > serviceIds.length
  await sql`select directory.derive_these(${all}::uuid[], ${areaMiddles}::jsonb, ${forget})`.execute(db)
}

/**
 * What is derived of a service `s` of organisation `o`, as columns: the engine's view, the span of ages, the words to search in.
 * `accepts`: its clauses as a JSON list, what a rule closes left out; null: none. `state` and `wait`: its room, its weeks of waiting.
 */
export function derivedColumns(
  accepts: RawBuilder<unknown>,
  state: RawBuilder<unknown>,
  wait: RawBuilder<unknown>,
) {
  return {
    matching: sql`jsonb_build_object(
      'id', s.id, 'label', s.name, 'agency', o.id, 'meets', to_jsonb(s.needs), 'after', to_jsonb(s.after_needs),
      'fixed', to_jsonb(s.fixed_facets), 'selfReferral', s.self_referral,
      'open', s.status = 'active' and ${state} is distinct from 'none', 'waitWeeks', coalesce(${wait}, 0),
      'accepts', coalesce(${accepts}, '[{}]'::jsonb))::text`,
    ages: sql`coalesce((select int4range(min(lower(one.months)), max(upper(one.months)))
      from jsonb_array_elements(${accepts}) as clause cross join lateral (select clause -> 'age' as age) as read
      cross join lateral (select int4range(
        case when jsonb_typeof(read.age) = 'object' then coalesce((read.age ->> 'min')::integer, 0) else 0 end,
        case when jsonb_typeof(read.age) = 'object' then coalesce((read.age ->> 'max')::integer, 1319) else 1319 end,
        '[]') as months) as one), '[0,1320)')`,
    search: sql`setweight(to_tsvector('english', s.name || ' ' || o.name), 'A')
      || setweight(to_tsvector('english', coalesce((select string_agg(${needLabels}::jsonb ->> n, ' ')
        from unnest(s.needs) n), '') || ' ' || array_to_string(s.areas || s.languages
        || array_remove(s.led_by, ${ledByNobody}), ' ')), 'B')
      || setweight(to_tsvector('english', s.description || ' ' || coalesce(s.eligibility_text, '')), 'C')`,
  }
}

async function deriveRows(db: Tx, serviceIds: readonly string[]): Promise<void> {
  if (serviceIds.length === 0) return
  const { matching, ages, search } = derivedColumns(
    sql`given.accepts`,
    sql`c.state`,
    sql`coalesce(c.wait_weeks_to, c.wait_weeks)`,
  )
  await sql`
    update directory.service as target set matching = derived.matching, ages = derived.ages, search = derived.search
    from (
      select s.id, ${matching} as matching, ${ages} as ages, ${search} as search
      from directory.service s join directory.organization o on o.id = s.organization_id
      left join directory.capacity c on c.service_id = s.id
      cross join lateral (select jsonb_agg(t.condition - t.forbidden_facets order by t.position) as accepts
        from directory.threshold t where t.service_id = s.id) as given
      where s.id = any(${serviceIds}::uuid[]) offset 0
    ) as derived
    where target.id = derived.id`.execute(db)
}

/**
 * The live directory as a service system, of one country's words or of all. Ids are those of services and organisations.
 * Facets that a rule closes are already left out of `accepts`. Read anew at each call;
 * while nothing has changed, the same object comes back, so that an index of it can be kept beside.
 */
export async function servicesForMatching(db: Tx, pack: 'uk' | 'us' | null = null): Promise<System> {
  return systemOfRow(await matchingRow(db, pack))
}

/** Everything the engine needs, in one row: a JSON list each of agencies and of services that can be matched. */
export async function matchingRow(db: Tx, pack: string | null): Promise<MatchingRow> {
  const result = await sql<MatchingRow>`
    select coalesce((select '[' || string_agg(jsonb_build_object('id', o.id, 'label', o.name, 'sector', o.sector)::text, ','
        order by o.name, o.id) || ']' from directory.organization o where ${pack}::text is null or o.pack = ${pack}),
        '[]') as agencies,
      coalesce((select '[' || string_agg(s.matching, ',' order by s.name collate "C", s.id) || ']' from directory.service s
        join directory.organization o on o.id = s.organization_id
        where s.status in ('active', 'temporarily closed') and s.needs <> '{}'
          and (${pack}::text is null or o.pack = ${pack})), '[]') as services`.execute(db)
  return result.rows[0] ?? { agencies: '[]', services: '[]' }
}

/** Services that do what a rule forbids: all their clauses as written. */
export async function practicesOf(
  db: Tx,
  pack: string | null,
): Promise<ReadonlyMap<string, readonly Condition[]>> {
  const { rows } = await sql<{ id: string; accepts: readonly Condition[] }>`
    select t.service_id as id, jsonb_agg(t.condition order by t.position) as accepts
    from directory.threshold t join directory.service s on s.id = t.service_id
    join directory.organization o on o.id = s.organization_id
    where ${pack}::text is null or o.pack = ${pack}
    group by t.service_id having bool_or(t.forbidden_rule is not null)`.execute(db)
  return new Map(rows.map(({ id, accepts }) => [id, accepts]))
}
