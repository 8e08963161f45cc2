import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#platform/db'
import type { Capacity, Wishes } from './listing.ts'
import { staleSql } from './upkeep.store.ts'
import type {
  ListFilter,
  Place,
  ServiceDetail,
  ServicePage,
  ServiceSummary,
  StoredThreshold,
} from './service.ts'

/** One page of services, by name; with words the best matches first. At most 100 a page. */
export async function listServices(db: Tx, filter: ListFilter = {}): Promise<ServicePage> {
  const perPage = Math.min(Math.max(filter.perPage ?? 20, 1), 100)
  const page = Math.min(Math.max(filter.page ?? 1, 1), 10_000)
  const words = filter.words?.trim() ?? ''
  const query = queryOf(words)
  const order = words === '' ? sql`s.name, s.id` : sql`ts_rank(s.search, ${query}) desc, s.name, s.id`
  const result = await sql<SummaryRow & { total: number }>`
    select ${summary()}, count(*) over () as total from ${listed}
    where ${where(filter, words, query)}
    order by ${order} limit ${perPage} offset ${(page - 1) * perPage}`.execute(db)
  const total = Number(result.rows[0]?.total ?? 0)
  return { services: result.rows.map(summaryOf), total, page, pages: Math.max(1, Math.ceil(total / perPage)) }
}

/** Searches the directory in words: any word counts, more words count more. */
export async function searchDirectory(db: Tx, words: string, filter: ListFilter = {}): Promise<ServicePage> {
  return listServices(db, { ...filter, words })
}

/** Services by their ids, in the order of the ids; unknown ids are left out. */
export async function servicesByIds(db: Tx, ids: readonly string[]): Promise<readonly ServiceSummary[]> {
  const known = ids.filter(isUuid)
  if (known.length === 0) return []
  const result = await sql<SummaryRow>`
    select ${summary()} from ${listed} where s.id = any(${known}::uuid[])
    order by array_position(${known}::uuid[], s.id)`.execute(db)
  return result.rows.map(summaryOf)
}

/** Everything about one service, or null. */
export async function serviceById(db: Tx, id: string): Promise<ServiceDetail | null> {
  return isUuid(id) ? detailWhere(db, sql`s.id = ${id}`) : null
}

/** A service by the short code of its file (N02), or null. */
export async function serviceByCode(db: Tx, code: string): Promise<ServiceDetail | null> {
  return detailWhere(db, sql`lower(s.alternate_name) = ${code.toLowerCase()}`)
}

interface SummaryRow extends Omit<ServiceSummary, 'wishes' | 'capacity'>, Wishes {
  readonly capacity: Capacity | null
}

type DetailRow = SummaryRow &
  Omit<ServiceDetail, keyof ServiceSummary | 'thresholds' | 'places'> & {
    readonly thresholds: readonly StoredThreshold[]
    readonly places: readonly Place[]
  }

const summary =
  () => sql`s.id, s.alternate_name as code, s.name, o.id as "organizationId", o.name as "organizationName", o.sector,
  o.party_id as "partyId", s.kind, s.status, s.needs, s.self_referral as "selfReferral", s.consultation, s.confidential,
  s.phones, s.languages, s.led_by as "ledBy", s.worker_gender as "workerGender", s.areas, s.models, s.remote, s.cost,
  s.needs_no_public_funds as "needsNoPublicFunds",
  case when c.service_id is null then null else jsonb_build_object('state', c.state, 'places', c.places, 'waitWeeks',
    c.wait_weeks, 'waitWeeksTo', c.wait_weeks_to, 'note', c.note, 'asOf', c.as_of) end as capacity,
  coalesce(c.as_of < now() - interval '30 days', false) as "capacityOld", ${staleSql(sql`s.assured_on`)} as "entryOld"`

const listed = sql`directory.service s join directory.organization o on o.id = s.organization_id
  left join directory.capacity c on c.service_id = s.id`

const thresholds = sql`coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'position', t.position, 'condition',
  t.condition, 'sentence', t.sentence, 'source', t.source, 'owner', t.owner, 'reviewedOn', t.reviewed_on, 'soft', t.soft,
  'forbiddenRule', t.forbidden_rule, 'forbiddenFacets', to_jsonb(t.forbidden_facets)) order by t.position)
  from directory.threshold t where t.service_id = s.id), '[]') as thresholds`

const places = sql`coalesce((select jsonb_agg(jsonb_build_object('confidential', l.confidential, 'region', l.region, 'name',
  l.name, 'description', l.description, 'transportation', l.transportation, 'lines', to_jsonb(array_remove(array[l.address_1, l.address_2, l.city,
  l.postal_code], null))) order by l.name, l.id) from directory.service_at_location a join directory.location l
  on l.id = a.location_id where a.service_id = s.id), '[]') as places`

async function detailWhere(db: Tx, condition: RawBuilder<unknown>): Promise<ServiceDetail | null> {
  const result = await sql<DetailRow>`
    select ${summary()}, s.description, o.pack, o.description as "organizationDescription", o.phones as "organizationPhones",
      o.email as "organizationEmail", o.website as "organizationWebsite",
      s.email, s.url, s.application_process as "applicationProcess", s.eligibility_text as "eligibilityText",
      s.fees_text as "feesText", s.times_text as "timesText", s.alert, s.assured_on as "assuredOn",
      s.after_needs as "afterNeeds", s.fixed_facets as "fixedFacets", o.must_report as "mustReport", ${thresholds}, ${places}
    from ${listed} where ${condition} order by s.id limit 1`.execute(db)
  const row = result.rows[0]
  if (row === undefined) return null
  const { languages, ledBy, workerGender, areas, models, remote, cost, needsNoPublicFunds, ...rest } = row
  return {
    ...rest,
    wishes: { languages, ledBy, workerGender, areas, models, remote, cost, needsNoPublicFunds },
  }
}

function where(filter: ListFilter, words: string, query: RawBuilder<unknown>): RawBuilder<unknown> {
  const parts = [
    filter.partyId === undefined
      ? sql`s.status in ('active', 'temporarily closed')`
      : sql`o.party_id = ${filter.partyId}`,
    ...(filter.kind !== undefined
      ? [sql`s.kind = ${filter.kind}`]
      : filter.partyId === undefined
        ? [sql`s.kind <> 'for-people-using-abuse'`]
        : []),
    ...(filter.organizationId === undefined ? [] : [sql`o.id = ${filter.organizationId}`]),
    ...(filter.need === undefined ? [] : [sql`s.needs @> array[${filter.need}]`]),
    ...(filter.language === undefined ? [] : [sql`s.languages @> array[${filter.language}]`]),
    ...(filter.pack === undefined ? [] : [sql`o.pack = ${filter.pack}`]),
    ...(words === '' ? [] : [sql`s.search @@ ${query}`]),
  ]
  return sql.join(parts, sql` and `)
}

/** Any of the words, as lexemes; a text without a word that counts finds nothing. */
function queryOf(words: string): RawBuilder<unknown> {
  return sql`replace(plainto_tsquery('english', ${words.slice(0, 500)})::text, ' & ', ' | ')::tsquery`
}

function summaryOf(row: SummaryRow & { readonly total?: number }): ServiceSummary {
  const {
    languages,
    ledBy,
    workerGender,
    areas,
    models,
    remote,
    cost,
    needsNoPublicFunds,
    total: _total,
    ...rest
  } = row
  return {
    ...rest,
    wishes: { languages, ledBy, workerGender, areas, models, remote, cost, needsNoPublicFunds },
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
