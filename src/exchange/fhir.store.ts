import { sql, type RawBuilder } from 'kysely'

import type { Tx } from '#platform/db'
import { isUuid } from './derived-id.rules.ts'
import { ownSystem } from './fhir-coding.rules.ts'
import { keptOf, keptPlaceName } from './fhir-place.rules.ts'
import type { Condition, Search, Token } from './fhir-search.ts'

/** A page of ids, and how many there are in all; null where they are too many to count. */
export interface FoundInFhir {
  readonly ids: readonly string[]
  readonly total: number | null
  /** Whether a further page begins after the last id. */
  readonly more: boolean
}

const mostCounted = 10_000
const apart = 'for-people-using-abuse'

/** The ids of the resources that a search finds, in their order: read from columns that the public page shows, and from no others. */
export async function findInFhir(db: Tx, search: Search): Promise<FoundInFhir> {
  const there = await servicesThere(db, search)
  const branches = sources[search.type].map((branch) => {
    const where = sql.join([branch.where, ...branchConditions(search, branch), ...there], sql` and `)
    return { ...branch, where }
  })
  const counted = await sql<{ total: number }>`select count(*)::int as total from (${sql.join(
    branches.map(({ from, where }) => sql`(select from ${from} where ${where} limit ${mostCounted + 1})`),
    sql` union all `,
  )}) as hit`.execute(db)
  const total = counted.rows[0]?.total ?? 0
  const ids = await pageOf(db, branches, search)
  return {
    ids: ids.slice(0, search.count),
    total: total > mostCounted ? null : total,
    more: ids.length > search.count,
  }
}

/** One id more than the page has, so that it is known whether another follows. Places one can go to come before kept ones. */
async function pageOf(
  db: Tx,
  branches: readonly Branch[],
  { after, count }: Search,
): Promise<readonly string[]> {
  const last = after === null ? null : keptOf(after)
  const ids: string[] = []
  for (const { from, where, listed, kept } of branches) {
    if (last !== null && !kept) continue
    const reached = kept ? last : after
    const next = reached === null ? sql`true` : sql`${listed} > ${reached}::uuid`
    const { rows } = await sql<{ id: string }>`
      select ${listed}::text as id from ${from} where ${where} and ${next}
      order by ${listed} limit ${count + 1 - ids.length}`.execute(db)
    ids.push(...rows.map(({ id }) => (kept ? `kept-${id}` : id)))
  }
  return ids
}

/** When these services were changed, by the ids under which they go out. */
export async function servicesChanged(db: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select ${serviceId} as id, s.updated_at as at from directory.service s
    where ${serviceListed} = any(${uuids(ids)}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, at }) => [id, at.toISOString()]))
}

/** When these organisations were changed, and whether they have a listed service that is a refuge. */
export async function organizationsAbout(
  db: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly at: string; readonly sensitive: boolean }>> {
  const { rows } = await sql<{ id: string; at: Date; sensitive: boolean }>`
    select ${organizationId} as id, o.updated_at as at,
      exists (select from directory.service s where s.organization_id = o.id and ${open} and ${refuge}) as sensitive
    from directory.organization o where ${organizationListed} = any(${uuids(ids)}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, at, sensitive }) => [id, { at: at.toISOString(), sensitive }]))
}

/** What a place is beside what it says: a listed service to read it from, whose it is, whether a refuge can be met there. */
export interface PlaceAbout {
  readonly id: string
  readonly serviceId: string
  readonly organizationId: string | null
  readonly sensitive: boolean
}

/** The same of these places, kept ones too, in the order of the ids; what is not listed is left out. */
export async function placesAbout(db: Tx, ids: readonly string[]): Promise<readonly PlaceAbout[]> {
  const rows = uuids(ids)
  const kept = uuids(ids.flatMap((id) => keptOf(id) ?? []))
  const result = await sql<PlaceAbout>`
    select distinct on (id) * from (
      select ${locationId} as id, ${serviceId} as "serviceId", case when ${organizationIsListed} then ${organizationId} end
        as "organizationId", bool_or(${refuge}) over (partition by l.id) as sensitive
      from directory.location l join directory.service_at_location a on a.location_id = l.id
      join directory.service s on s.id = a.service_id join directory.organization o on o.id = l.organization_id
      where ${locationListed} = any(${rows}::uuid[]) and ${open} and ${shown}
      union all
      select 'kept-' || ${serviceId}, ${serviceId}, ${organizationId}, true
      from directory.service s join directory.organization o on o.id = s.organization_id
      where ${serviceListed} = any(${kept}::uuid[]) and ${open} and ${hasKept}) place
    order by id, "serviceId" collate "C"`.execute(db)
  const byId = new Map(result.rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Whether everything here is invented. */
export async function isInvented(db: Tx): Promise<boolean> {
  const { rows } = await sql<{ demo: boolean }>`select access.is_demo() as demo`.execute(db)
  return rows[0]?.demo === true
}

const serviceListed = sql`directory.listed_id(s.source_id, s.id)`
const organizationListed = sql`directory.listed_id(o.source_id, o.id)`
const locationListed = sql`directory.listed_id(l.source_id, l.id)`
const serviceId = sql`${serviceListed}::text`
const organizationId = sql`${organizationListed}::text`
const locationId = sql`${locationListed}::text`
// The same as the public pages: what is inactive or gone answers like a missing one.
const open = sql`s.status in ('active', 'temporarily closed')`
const shown = sql`not l.confidential and not s.confidential and s.kind <> ${apart}`
const hasKept = sql`s.confidential and s.kind <> ${apart}
  and exists (select from directory.service_at_location a where a.service_id = s.id)`
const refuge = sql`(s.confidential or s.needs @> array['safe-place'] or exists (select from directory.service_term x
  where x.service_id = s.id and x.code = 'kind.refuge'))`
const organizationIsListed = sql`(exists (select from directory.service n where n.organization_id = o.id
    and n.status in ('active', 'temporarily closed'))
  or not exists (select from directory.service n where n.organization_id = o.id))`

/** Rows that become resources: from where, which of them, and the id under which each goes out. */
interface Branch {
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
  readonly listed: RawBuilder<unknown>
  /** Places that are kept secret: told by their service. */
  readonly kept: boolean
}

const sources: Readonly<Record<Search['type'], readonly Branch[]>> = {
  HealthcareService: [
    {
      from: sql`directory.service s join directory.organization o on o.id = s.organization_id`,
      where: open,
      listed: serviceListed,
      kept: false,
    },
  ],
  Organization: [
    {
      from: sql`directory.organization o`,
      where: organizationIsListed,
      listed: organizationListed,
      kept: false,
    },
  ],
  Location: [
    {
      from: sql`directory.location l join directory.organization o on o.id = l.organization_id`,
      where: sql`not l.confidential and exists (select from directory.service_at_location a
        join directory.service s on s.id = a.service_id where a.location_id = l.id and ${open} and ${shown})`,
      listed: locationListed,
      kept: false,
    },
    {
      from: sql`directory.service s join directory.organization o on o.id = s.organization_id`,
      where: sql`${open} and ${hasKept}`,
      listed: serviceListed,
      kept: true,
    },
  ],
}

function branchConditions(search: Search, branch: Branch): readonly RawBuilder<unknown>[] {
  const all = search.conditions
  switch (search.type) {
    case 'HealthcareService':
      return [...all.map(ofService), ...apartFrom(search)]
    case 'Organization':
      return all.map(ofOrganization)
    case 'Location':
      return all.map((condition) => ofPlace(condition, branch))
  }
}

function ofService(condition: Condition): RawBuilder<unknown> {
  switch (condition.on) {
    case 'id':
      return sql`${serviceListed} = any(${uuids(condition.ids)}::uuid[])`
    case 'organization':
      return sql`${organizationListed} = any(${uuids(condition.ids)}::uuid[])`
    case 'location':
      // Looked up before, as a list of rows: the places are few and the services are many.
      return sql`true`
    case 'active':
      return sql`(s.status = 'active') = any(${condition.values}::boolean[])`
    case 'name':
      return named(sql`s.name`, condition)
    case 'category':
      return anyToken(condition.tokens, [
        ['anydoor-sector', (codes) => (codes === null ? sql`true` : sql`o.sector = any(${codes}::text[])`)],
        ['anydoor-kind', (codes) => (codes === null ? sql`true` : sql`s.kind = any(${codes}::text[])`)],
      ])
    case 'type':
      return anyToken(condition.tokens, [
        [
          'anydoor-need',
          (codes) => (codes === null ? sql`s.needs <> '{}'` : sql`s.needs && ${codes}::text[]`),
        ],
        ['anydoor-term', termed],
      ])
    case 'updated':
      return changed(sql`s.updated_at`, condition)
  }
}

function ofOrganization(condition: Condition): RawBuilder<unknown> {
  switch (condition.on) {
    case 'id':
      return sql`${organizationListed} = any(${uuids(condition.ids)}::uuid[])`
    case 'active':
      return sql`true = any(${condition.values}::boolean[])`
    case 'name':
      return sql`(${named(sql`o.name`, condition)} or ${named(sql`coalesce(o.alternate_name, '')`, condition)})`
    case 'updated':
      return changed(sql`o.updated_at`, condition)
    default:
      return sql`false`
  }
}

function ofPlace(condition: Condition, { kept, listed }: Branch): RawBuilder<unknown> {
  switch (condition.on) {
    case 'id':
      return sql`${listed} = any(${uuids(kept ? condition.ids.flatMap((id) => keptOf(id) ?? []) : condition.ids)}::uuid[])`
    case 'organization':
      return sql`(${organizationListed} = any(${uuids(condition.ids)}::uuid[]) and ${organizationIsListed})`
    case 'name':
      return named(kept ? sql`${keptPlaceName}::text` : sql`coalesce(l.name, '')`, condition)
    default:
      return sql`false`
  }
}

/** Work with people who use abuse stays apart, as on the pages, unless somebody asks for it by name or by id. */
function apartFrom({ type, conditions: all }: Search): readonly RawBuilder<unknown>[] {
  const asked = all.some(
    (each) =>
      each.on === 'id' ||
      (each.on === 'category' &&
        each.tokens.some(({ code }) => code === apart || code === 'abuse-intervention')),
  )
  return type !== 'HealthcareService' || asked ? [] : [sql`s.kind <> ${apart}`]
}

/** One condition for each place that was asked for: the rows of the services there. */
async function servicesThere(db: Tx, search: Search): Promise<readonly RawBuilder<unknown>[]> {
  const found: RawBuilder<unknown>[] = []
  for (const condition of search.conditions) {
    if (condition.on !== 'location') continue
    const kept = uuids(condition.ids.flatMap((id) => keptOf(id) ?? []))
    const { rows } = await sql<{ id: string }>`
      select a.service_id as id from directory.location l join directory.service_at_location a on a.location_id = l.id
      join directory.service s on s.id = a.service_id
      where ${locationListed} = any(${uuids(condition.ids)}::uuid[]) and ${shown}
      union all select s.id from directory.service s where ${serviceListed} = any(${kept}::uuid[]) and ${hasKept}`.execute(
      db,
    )
    found.push(sql`s.id = any(${rows.map((row) => row.id)}::uuid[])`)
  }
  return found
}

function termed(codes: readonly string[] | null): RawBuilder<unknown> {
  const which = codes === null ? sql`true` : sql`x.code = any(${codes}::text[])`
  return sql`exists (select from directory.service_term x where x.service_id = s.id and x.code like 'kind.%' and ${which})`
}

type OwnSystem = Parameters<typeof ownSystem>[0]

/** Any of the tokens, in the code systems that can have them; a code without a system is looked for in all of them. */
function anyToken(
  tokens: readonly Token[],
  has: readonly (readonly [OwnSystem, (codes: readonly string[] | null) => RawBuilder<unknown>])[],
): RawBuilder<unknown> {
  const parts = has.flatMap(([system, query]) => {
    const mine = tokens.filter((each) => each.system === null || each.system === ownSystem(system))
    const codes = mine.flatMap((each) => each.code ?? [])
    const whole = mine.some((each) => each.code === null && each.system !== null)
    return whole ? [query(null)] : codes.length === 0 ? [] : [query(codes)]
  })
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`
}

/** Capitals and accents do not count, but for `:exact`. */
function named(
  column: RawBuilder<unknown>,
  { how, words }: Extract<Condition, { readonly on: 'name' }>,
): RawBuilder<unknown> {
  if (how === 'exact') return sql`${column} = any(${words}::text[])`
  // Most names have no accent, and to take one off costs ten times as much as to see that there is none.
  const plain = sql`case when octet_length(${column}) = length(${column}) then lower(${column})
    else regexp_replace(normalize(lower(${column}), NFD), '[\u0300-\u036f]', '', 'g') end`
  const parts = words.map((word) => {
    const asked = word
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036f]/g, '')
    return how === 'starts'
      ? sql`starts_with(${plain}, ${asked})`
      : sql`position(${asked}::text in ${plain}) > 0`
  })
  return sql`(${sql.join(parts, sql` or `)})`
}

function changed(
  column: RawBuilder<unknown>,
  { spans }: Extract<Condition, { readonly on: 'updated' }>,
): RawBuilder<unknown> {
  const parts = spans.map(({ from, to, outside }) => {
    const after = from === null ? sql`true` : sql`${column} >= ${from}::timestamptz`
    const before = to === null ? sql`true` : sql`${column} < ${to}::timestamptz`
    return outside ? sql`not (${after} and ${before})` : sql`(${after} and ${before})`
  })
  return sql`(${sql.join(parts, sql` or `)})`
}

function uuids(ids: readonly string[]): readonly string[] {
  return ids.filter(isUuid).map((id) => id.toLowerCase())
}
