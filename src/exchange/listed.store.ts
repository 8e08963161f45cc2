import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#platform/db'
import { isUuid } from './derived-id.rules.ts'
import type { HsdsOrganization, HsdsService } from './hsds.ts'
import { organizationInHsds } from './hsds-organization.rules.ts'
import { serviceInHsds } from './hsds-service.rules.ts'
import type { ListedOrganization, ListedParts, ListedService, ListedWhich } from './listed.ts'

const atOnce = 500

/**
 * Services as HSDS 3.1 says them, in the order of their ids; asked for by ids, in the order of those, unknown ones left out.
 * This is the only way out of the directory. It names column by column what may be said: no more than the public page shows.
 */
export async function listedServices(
  db: Tx,
  which: ListedWhich,
  parts: ListedParts = 'whole',
): Promise<readonly HsdsService[]> {
  return (await listedRows(db, which, parts)).map(serviceInHsds)
}

async function listedRows(db: Tx, which: ListedWhich, parts: ListedParts): Promise<readonly ListedService[]> {
  if ('ids' in which) {
    const ids = which.ids.filter(isUuid)
    if (ids.length === 0) return []
    return serviceRows(
      db,
      sql`(${listedId} = any(${ids}::uuid[]) or s.id = any(${ids}::uuid[]))`,
      sql`least(array_position(${ids}::uuid[], ${listedId}), array_position(${ids}::uuid[], s.id)) limit 1000`,
      parts,
    )
  }
  const conditions = [
    which.after === null ? sql`true` : sql`${listedId} > ${which.after}::uuid`,
    which.kind === 'apart' ? sql`s.kind = 'for-people-using-abuse'` : sql`true`,
    which.kind === 'not-apart' ? sql`s.kind <> 'for-people-using-abuse'` : sql`true`,
  ]
  return serviceRows(db, sql.join(conditions, sql` and `), sql`${listedId} limit ${which.limit}`, parts)
}

/** Every listed service in pages, without holding more than one page. */
export async function* everyListedService(
  db: Tx,
  kind: 'all' | 'apart' | 'not-apart' = 'all',
): AsyncGenerator<readonly HsdsService[]> {
  let after: string | null = null
  for (;;) {
    const page: readonly HsdsService[] = await listedServices(db, { after, limit: atOnce, kind })
    if (page.length > 0) yield page
    after = page.at(-1)?.id ?? null
    if (after === null || page.length < atOnce) return
  }
}

/** How many services are listed. */
export async function countListed(db: Tx): Promise<number> {
  const result = await sql<{
    n: number
  }>`select count(*) as n from directory.service s where ${open}`.execute(db)
  return Number(result.rows[0]?.n ?? 0)
}

/** The organisations that have no service at all, in pages. */
export async function* organizationsAlone(db: Tx): AsyncGenerator<readonly HsdsOrganization[]> {
  let after: string | null = null
  for (;;) {
    const page: readonly HsdsOrganization[] = await listedOrganizations(db, {
      after,
      limit: atOnce,
      alone: true,
    })
    if (page.length > 0) yield page
    after = page.at(-1)?.id ?? null
    if (after === null || page.length < atOnce) return
  }
}

/** Organisations with a listed service, or with no service at all, as HSDS 3.1 says them. */
export async function listedOrganizations(
  db: Tx,
  which:
    | { readonly ids: readonly string[] }
    | { readonly after: string | null; readonly limit: number; readonly alone?: boolean },
): Promise<readonly HsdsOrganization[]> {
  const ids = 'ids' in which ? which.ids.filter(isUuid) : []
  const condition =
    'ids' in which
      ? sql`(${organizationListedId} = any(${ids}::uuid[]) or o.id = any(${ids}::uuid[]))`
      : which.after === null
        ? sql`true`
        : sql`${organizationListedId} > ${which.after}::uuid`
  const withListed = sql`exists (select from directory.service s where s.organization_id = o.id and ${open})`
  const limit = 'ids' in which ? 1_000 : which.limit
  const result = await sql<{ organization: ListedOrganization }>`
    select ${organization} as organization from directory.organization o where ${condition}
      and (${'alone' in which && which.alone === true ? sql`false` : withListed}
        or not exists (select from directory.service s where s.organization_id = o.id))
    order by ${organizationListedId} limit ${limit}`.execute(db)
  return result.rows.map((row) => organizationInHsds(row.organization))
}

const listedId = sql`directory.listed_id(s.source_id, s.id)`
const organizationListedId = sql`directory.listed_id(o.source_id, o.id)`

// The page of a service that is inactive or gone answers like a missing one.
const open = sql`s.status in ('active', 'temporarily closed')`

// A site can tell where: it is not said where nothing of the organisation has a place that may be known.
const organization = sql`jsonb_build_object('id', o.id, 'sourceId', o.source_id, 'name', o.name, 'alternateName',
  o.alternate_name, 'description', o.description, 'email', o.email, 'website', case when exists (select from directory.service s
    where s.organization_id = o.id and ${open} and not s.confidential) or not exists (select from directory.service s
    where s.organization_id = o.id and s.confidential) then o.website end, 'phones', o.phones, 'sector', o.sector, 'pack', o.pack,
  'mustReport', to_jsonb(o.must_report), 'trainedUntil', (select r.until from directory.training r
    where r.organization_id = o.id), 'kept', (select k.kept from directory.kept_beside k where k.organization_id = o.id
    and not exists (select from directory.service s where s.organization_id = o.id and s.confidential)
    and not exists (select from directory.location l where l.organization_id = o.id and l.confidential)))`

// Of a clause what may be applied to a person; where a rule closes part of it, its sentence would say that part too.
const thresholds = sql`coalesce((select jsonb_agg(jsonb_build_object('condition', t.condition - t.forbidden_facets, 'sentence',
  case when t.forbidden_facets = '{}' then t.sentence end, 'soft', t.soft) order by t.position)
  from directory.threshold t where t.service_id = s.id), '[]')`

const capacity = sql`(select jsonb_build_object('state', c.state, 'places', c.places, 'waitWeeks', c.wait_weeks, 'waitWeeksTo',
  c.wait_weeks_to, 'note', c.note, 'asOf', c.as_of) from directory.capacity c where c.service_id = s.id)`

const times = sql`coalesce((select jsonb_agg(jsonb_build_object('what', t.what, 'weekday', t.weekday, 'opens',
  to_char(t.opens, 'HH24:MI'), 'closes', to_char(t.closes, 'HH24:MI'), 'note', t.note, 'placeId', t.location_id)
  order by t.what, t.opens, t.closes, t.note, t.weekday) from directory.schedule t
  left join directory.location l on l.id = t.location_id
  where t.service_id = s.id and not coalesce(l.confidential, false)), '[]')`

const terms = sql`coalesce((select jsonb_agg(jsonb_build_object('code', k.code, 'taxonomy', k.taxonomy, 'label', k.label,
  'uri', k.uri, 'sameAs', to_jsonb(k.same_as)) order by k.code collate "C") from directory.service_term x
  join directory.taxonomy_term k on k.code = x.code where x.service_id = s.id), '[]')`

// No place of a confidential service, no confidential place of another one, no venue of work with people who use abuse.
const places = sql`coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'sourceId', l.source_id, 'kind', l.kind, 'region',
  l.region, 'name', l.name, 'description', l.description, 'transportation', l.transportation, 'address1', l.address_1,
  'address2', l.address_2, 'city', l.city, 'postalCode', l.postal_code, 'country', l.country, 'latitude', l.latitude,
  'longitude', l.longitude, 'kept', (select k.kept from directory.kept_beside k where k.location_id = l.id)) order by directory.listed_id(l.source_id, l.id)) from directory.service_at_location a
  join directory.location l on l.id = a.location_id where a.service_id = s.id and not l.confidential and not s.confidential
    and s.kind <> 'for-people-using-abuse'), '[]')`

async function serviceRows(
  db: Tx,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  parts: ListedParts,
): Promise<readonly ListedService[]> {
  const list = (rows: RawBuilder<unknown>) => (parts === 'whole' ? rows : sql`'[]'::jsonb`)
  const result = await sql<ListedService>`
    select s.id, s.source_id as "sourceId", ${organization} as organization, s.name, s.alternate_name as "alternateName",
      s.description, s.status, s.kind, s.needs, s.after_needs as "afterNeeds", s.fixed_facets as "fixedFacets",
      s.self_referral as "selfReferral", s.consultation, s.confidential, s.email,
      case when not s.confidential then s.url end as url, s.phones, s.application_process as "applicationProcess",
      s.eligibility_text as "eligibilityText", s.fees_text as "feesText",
      case when not s.confidential then s.times_text end as "timesText", s.alert, s.languages, s.led_by as "ledBy",
      s.worker_gender as "workerGender", s.areas,
      case when s.kind = 'for-people-using-abuse' then '{}' else s.models end as models, s.remote, s.cost,
      s.needs_no_public_funds as "needsNoPublicFunds", s.access, case when not s.confidential then s.access_text end as "accessText",
      s.documents, s.insurers, s.diagnosis_to_pay as "diagnosisToPay", s.bill_to as "billTo", s.survivor_led as "survivorLed",
      coalesce(lower(s.ages), 0) as youngest, coalesce(upper(s.ages) - 1, 1319) as oldest, s.assured_on as "assuredOn",
      case when s.assured_by like '%_@_%' then s.assured_by end as "assuredBy", kept.region as "keptRegion",
      coalesce(kept.there, false) as "hasKeptPlace", ${list(thresholds)} as thresholds,
      ${parts === 'whole' ? capacity : sql`null::jsonb`} as capacity, ${list(times)} as times, ${list(terms)} as terms,
      ${parts === 'fields' ? sql`'[]'::jsonb` : places} as places, beside.kept
    from directory.service s join directory.organization o on o.id = s.organization_id
    left join lateral (select true as there, (array_agg(l.region order by l.id) filter (where l.region is not null))[1] as region
      from directory.service_at_location a join directory.location l on l.id = a.location_id
      where a.service_id = s.id and s.confidential and s.kind <> 'for-people-using-abuse' group by a.service_id) kept on true
    left join directory.kept_beside beside on beside.service_id = s.id and not directory.is_secret(s.id)
      and s.kind <> 'for-people-using-abuse'
    where ${open} and ${condition} order by ${order}`.execute(db)
  return result.rows
}
