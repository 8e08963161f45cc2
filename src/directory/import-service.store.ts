import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { clearForbidden, storeOffers } from './import-offer.store.ts'
import { storePlaces, upsertLocations } from './import-place.store.ts'
import { keepingNothing } from './import-run.store.ts'
import { keepBesideServices } from './kept.store.ts'
import type { LocationRecord, ServiceRecord } from './listing.ts'
import { derivedColumns } from './matching.store.ts'
import { asTheyStand } from './set-here.store.ts'
import type { Threshold } from './threshold.ts'

/** What was stored: the services' ids by their source ids in lower case, and the places that are new or not as they were. */
export interface Stored {
  readonly ids: ReadonlyMap<string, string>
  readonly places: readonly string[]
}

/**
 * Writes services with their clauses, room and places, each source id once; what people set here stays (`set-here.rules.ts`).
 * `areNew`: nothing of them is there yet. `isTheirs`: whether what one of them says of a place counts; left out, it does.
 */
export async function storeServices(
  db: Tx,
  runId: string,
  given: readonly ServiceRecord[],
  options: { readonly areNew?: boolean; readonly isTheirs?: (place: LocationRecord) => boolean } = {},
): Promise<Stored> {
  const { areNew = false } = options
  if (given.length === 0) return { ids: new Map(), places: [] }
  if (!areNew) await clearForbidden(db, given)
  const services = areNew ? given : await asTheyStand(db, given)
  const brought = new Set(given.flatMap((each) => each.locations))
  const isTheirs = (place: LocationRecord) => brought.has(place) && (options.isTheirs?.(place) ?? true)
  const ids = await upsertServices(db, runId, services)
  const idOf = ({ sourceId }: ServiceRecord) => ids.get(sourceId.toLowerCase()) ?? ''
  const before = areNew ? [] : [...ids.values()]
  const places = await upsertLocations(db, runId, services, isTheirs)
  const rest = async () => {
    await storeThresholds(db, services, idOf, before)
    await storeCapacity(db, services, idOf)
    await storePlaces(db, services, idOf, before)
    await storeOffers(db, services, idOf, before)
  }
  await (areNew ? keepingNothing(db, runId, rest) : rest())
  await keepBesideServices(db, services, isTheirs, areNew)
  return { ids, places }
}

async function upsertServices(
  db: Tx,
  runId: string,
  services: readonly ServiceRecord[],
): Promise<ReadonlyMap<string, string>> {
  const rows = services.map(
    ({ wishes, organization, offer, thresholds, capacity, locations: _l, kept: _k, ...service }) => ({
      ...service,
      ...wishes,
      ...offer.practical,
      organizationSource: organization.sourceId,
      accepts: thresholds.length === 0 ? null : thresholds.map(openCondition),
      state: capacity?.state ?? null,
      wait: capacity?.waitWeeksTo ?? capacity?.waitWeeks ?? null,
    }),
  )
  const { matching, ages, search } = derivedColumns(sql`s.accepts`, sql`s.state`, sql`s.wait`)
  const result = await sql<{ id: string; source: string }>`
    insert into directory.service (source_id, organization_id, name, alternate_name, description, status, kind, needs,
      after_needs, fixed_facets, self_referral, consultation, confidential, email, url, phones, application_process,
      eligibility_text, fees_text, times_text, alert, languages, led_by, worker_gender, areas, models, remote, cost,
      needs_no_public_funds, assured_on, assured_by, access, access_text, documents, insurers, diagnosis_to_pay, bill_to,
      survivor_led, run_id, id, matching, ages, search)
    select s.source_id, o.id, s.name, s.alternate_name, s.description, s.status, s.kind, s.needs, s.after_needs,
      s.fixed_facets, s.self_referral, s.consultation, s.confidential, s.email, s.url, s.phones, s.application_process,
      s.eligibility_text, s.fees_text, case when not s.confidential then s.times_text end, s.alert, s.languages, s.led_by,
      s.worker_gender, s.areas, s.models, s.remote, s.cost, s.needs_no_public_funds, s.assured_on, s.assured_by, s.access,
      s.access_text, s.documents, s.insurers, s.diagnosis_to_pay, s.bill_to, s.survivor_led, ${runId}::uuid, s.id,
      ${matching}, ${ages}, ${search}
    from (
      select uuidv7() as id, r."sourceId" as source_id, r."organizationSource" as organization_source, r.name,
        r."alternateName" as alternate_name, r.description, r.status, r.kind, r.needs, r."afterNeeds" as after_needs,
        r."fixedFacets" as fixed_facets, r."selfReferral" as self_referral, r.consultation, r.confidential, r.email, r.url,
        r.phones, r."applicationProcess" as application_process, r."eligibilityText" as eligibility_text,
        r."feesText" as fees_text, r."timesText" as times_text, r.alert, r.languages, r."ledBy" as led_by,
        r."workerGender" as worker_gender, r.areas, r.models, r.remote, r.cost,
        r."needsNoPublicFunds" as needs_no_public_funds, r."assuredOn" as assured_on, r."assuredBy" as assured_by, r.access,
        r."accessText" as access_text, r.documents, r.insurers, r."diagnosisToPay" as diagnosis_to_pay,
        r."billTo" as bill_to, r."survivorLed" as survivor_led, r.accepts, r.state, r.wait
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("sourceId" text, "organizationSource" text, name text,
        "alternateName" text, description text, status text, kind text, needs text[], "afterNeeds" text[],
        "fixedFacets" text[], "selfReferral" boolean, consultation boolean, confidential boolean, email text, url text,
        phones jsonb, "applicationProcess" text, "eligibilityText" text, "feesText" text, "timesText" text, alert text,
        languages text[], "ledBy" text[], "workerGender" text[], areas text[], models text[], remote boolean, cost text,
        "needsNoPublicFunds" boolean, "assuredOn" date, "assuredBy" text, access text[], "accessText" text,
        documents text[], insurers text[], "diagnosisToPay" boolean, "billTo" text, "survivorLed" boolean, accepts jsonb,
        state text, wait numeric(5, 1)) offset 0
    ) s join directory.organization o on lower(o.source_id) = lower(s.organization_source)
    on conflict (lower(source_id)) do update set organization_id = excluded.organization_id, name = excluded.name,
      alternate_name = excluded.alternate_name, description = excluded.description, status = excluded.status,
      kind = excluded.kind, needs = excluded.needs, after_needs = excluded.after_needs, fixed_facets = excluded.fixed_facets,
      self_referral = excluded.self_referral, consultation = excluded.consultation,
      confidential = service.confidential or excluded.confidential, email = excluded.email, url = excluded.url,
      phones = excluded.phones, application_process = excluded.application_process,
      eligibility_text = excluded.eligibility_text, fees_text = excluded.fees_text,
      times_text = case when not (service.confidential or excluded.confidential) then excluded.times_text end,
      alert = excluded.alert, languages = excluded.languages,
      led_by = case when excluded.led_by = '{}' then service.led_by else excluded.led_by end,
      worker_gender = excluded.worker_gender, areas = excluded.areas, models = excluded.models, remote = excluded.remote,
      cost = excluded.cost, needs_no_public_funds = excluded.needs_no_public_funds, assured_on = excluded.assured_on,
      assured_by = excluded.assured_by, access = case when excluded.access = '{}' then service.access else excluded.access end,
      access_text = coalesce(excluded.access_text, service.access_text),
      documents = coalesce(excluded.documents, service.documents),
      insurers = case when excluded.insurers = '{}' then service.insurers else excluded.insurers end,
      diagnosis_to_pay = coalesce(excluded.diagnosis_to_pay, service.diagnosis_to_pay),
      bill_to = coalesce(excluded.bill_to, service.bill_to),
      survivor_led = coalesce(excluded.survivor_led, service.survivor_led), run_id = excluded.run_id, updated_at = now()
    returning id, lower(source_id) as source`.execute(db)
  return new Map(result.rows.map((row) => [row.source, row.id]))
}

/** A clause as the engine reads it: a facet that a rule closes is never applied to anybody. */
function openCondition({ condition, forbiddenFacets }: Threshold): unknown {
  return Object.fromEntries(Object.entries(condition).filter(([facet]) => !forbiddenFacets.includes(facet)))
}

async function storeThresholds(
  db: Tx,
  services: readonly ServiceRecord[],
  idOf: (service: ServiceRecord) => string,
  before: readonly string[],
): Promise<void> {
  if (before.length > 0)
    await sql`delete from directory.threshold where service_id = any(${before}::uuid[])`.execute(db)
  const rows = services.flatMap((service) =>
    service.thresholds.map((each, i) => ({ ...each, service: idOf(service), position: i + 1 })),
  )
  await sql`
    insert into directory.threshold (service_id, position, condition, sentence, source, owner, reviewed_on, soft,
      forbidden_rule, forbidden_facets)
    select r.service, r.position, r.condition, r.sentence, r.source, r.owner, r."reviewedOn", r.soft, r."forbiddenRule",
      r."forbiddenFacets"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(service uuid, position integer, condition jsonb,
      sentence text, source text, owner text, "reviewedOn" date, soft boolean, "forbiddenRule" text,
      "forbiddenFacets" text[])`.execute(db)
}

/** Room and wait, unless what stands is newer than the file. */
async function storeCapacity(
  db: Tx,
  services: readonly ServiceRecord[],
  idOf: (service: ServiceRecord) => string,
): Promise<void> {
  const rows = services.flatMap((service) =>
    service.capacity === null ? [] : [{ ...service.capacity, service: idOf(service) }],
  )
  await sql`
    insert into directory.capacity (service_id, state, places, wait_weeks, wait_weeks_to, note, as_of)
    select r.service, r.state, r.places, r."waitWeeks", r."waitWeeksTo", r.note, r."asOf"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(service uuid, state text, places integer,
      "waitWeeks" numeric, "waitWeeksTo" numeric, note text, "asOf" timestamptz)
    on conflict (service_id) do update set state = excluded.state, places = excluded.places,
      wait_weeks = excluded.wait_weeks, wait_weeks_to = excluded.wait_weeks_to, note = excluded.note, as_of = excluded.as_of
      where excluded.as_of >= capacity.as_of`.execute(db)
}
