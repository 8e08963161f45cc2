import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { ImportReport, KnownListings, Problem } from './import.ts'
import { clearForbidden, storeOffers, storeTraining } from './import-offer.store.ts'
import type { LocationRecord, OrganizationRecord, ServiceRecord } from './listing.ts'

/** What the directory already knows of confidential places and decided records. */
export async function knownListings(db: Tx): Promise<KnownListings> {
  const services = await sql<{ id: string }>`
    select lower(source_id) as id from directory.service where confidential`.execute(db)
  const locations = await sql<{ id: string }>`
    select lower(source_id) as id from directory.location where confidential`.execute(db)
  const reviewed = await sql<{ id: string }>`
    select lower(source_id) as id from directory.held_record where state = 'accepted'`.execute(db)
  const idsOf = (result: { readonly rows: readonly { readonly id: string }[] }) =>
    new Set(result.rows.map((row) => row.id))
  return {
    confidentialServices: idsOf(services),
    confidentialLocations: idsOf(locations),
    reviewed: idsOf(reviewed),
  }
}

/** Writes the run and its report; returns its id. */
export async function storeRun(
  db: Tx,
  run: { readonly fileSha256: Uint8Array; readonly format: string; readonly report: ImportReport },
): Promise<string> {
  const { imported, importedWithWarnings, held, rejected, records } = run.report
  const result = await sql<{ id: string }>`
    insert into directory.import_run (file_sha256, format, imported, imported_with_warnings, held, rejected, records)
    values (${run.fileSha256}, ${run.format}, ${imported}, ${importedWithWarnings}, ${held}, ${rejected},
      ${JSON.stringify(records)}::jsonb) returning id`.execute(db)
  return result.rows[0]?.id ?? ''
}

/** Writes what became of the records, once the last one is in. */
export async function finishRun(db: Tx, runId: string, report: ImportReport): Promise<void> {
  const { imported, importedWithWarnings, held, rejected, records } = report
  await sql`
    update directory.import_run set imported = ${imported}, imported_with_warnings = ${importedWithWarnings}, held = ${held},
      rejected = ${rejected}, records = ${JSON.stringify(records)}::jsonb where id = ${runId}`.execute(db)
}

/** Writes organisations by their source ids: new ones are made, known ones brought up to date. */
export async function storeOrganizations(
  db: Tx,
  runId: string,
  all: readonly OrganizationRecord[],
): Promise<void> {
  const known = all.toSorted((a, b) => Number(b.standsIn ?? false) - Number(a.standsIn ?? false))
  const once = [...new Map(known.map((each) => [each.sourceId.toLowerCase(), each])).values()]
  await sql`
    insert into directory.organization (source_id, name, alternate_name, description, email, website, phones, sector, pack,
      must_report, run_id)
    select r."sourceId", r.name, r."alternateName", r.description, r.email, r.website, r.phones, r.sector, r.pack,
      r."mustReport", ${runId}::uuid
    from jsonb_to_recordset(${JSON.stringify(once)}::jsonb) as r("sourceId" text, name text, "alternateName" text,
      description text, email text, website text, phones jsonb, sector text, pack text, "mustReport" text[], "standsIn" boolean)
    where r."standsIn" is null or not exists (select from directory.organization known
      where lower(known.source_id) = lower(r."sourceId"))
    on conflict (lower(source_id)) do update set name = excluded.name, alternate_name = excluded.alternate_name,
      description = excluded.description, email = excluded.email, website = excluded.website, phones = excluded.phones,
      sector = excluded.sector, pack = excluded.pack,
      must_report = coalesce(excluded.must_report, organization.must_report), run_id = excluded.run_id, updated_at = now()
  `.execute(db)
  await storeTraining(db, once)
}

/** Writes services with their clauses, room and places; returns their ids. Each source id once. */
export async function storeServices(
  db: Tx,
  runId: string,
  services: readonly ServiceRecord[],
): Promise<readonly string[]> {
  const rows = services.map(({ wishes, organization, offer: _offer, ...service }) => ({
    ...service,
    ...wishes,
    organizationSource: organization.sourceId,
  }))
  const json = JSON.stringify(rows)
  await clearForbidden(db, services)
  const stored = await upsertServices(db, runId, json)
  await replaceThresholds(db, json)
  await upsertCapacity(db, json)
  await replacePlaces(db, runId, services)
  await storeOffers(db, services)
  return stored
}

/** Which of these services are listed already, by their source ids. */
export async function listedAmong(db: Tx, sourceIds: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = sourceIds.map((id) => id.toLowerCase())
  const result = await sql<{ id: string }>`
    select lower(source_id) as id from directory.service where lower(source_id) = any(${ids})`.execute(db)
  return new Set(result.rows.map((row) => row.id))
}

/**
 * Empties every stored place that has one of these addresses: it has turned out to be confidential. Returns the services that
 * were listed there, whose search must forget it too.
 */
export async function hidePlaces(db: Tx, addressKeys: readonly string[]): Promise<readonly string[]> {
  if (addressKeys.length === 0) return []
  const result = await sql<{ id: string }>`
    with hidden as (update directory.location set confidential = true, kind = 'virtual', name = null, description = null,
      transportation = null, address_1 = null, address_2 = null, city = null, postal_code = null, latitude = null,
      longitude = null
    where lower(regexp_replace(coalesce(address_1, '') || '|' || coalesce(postal_code, ''), '[^A-Za-z0-9|]', '', 'g'))
      = any(${addressKeys}) and not confidential returning id)
    select distinct a.service_id as id from hidden join directory.service_at_location a on a.location_id = hidden.id`.execute(
    db,
  )
  return result.rows.map((row) => row.id)
}

/** Keeps a record for a person; a newer copy of one that still waits takes its place. */
export async function holdRecords(
  db: Tx,
  runId: string,
  records: readonly {
    readonly path: string
    readonly id: string
    readonly problems: readonly Problem[]
    readonly record: unknown
  }[],
): Promise<void> {
  await sql`
    insert into directory.held_record (run_id, path, source_id, problems, record)
    select ${runId}::uuid, r.path, r.id, r.problems, r.record
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(path text, id text, problems jsonb, record jsonb)
    on conflict (lower(source_id)) where state = 'waiting' do update set run_id = excluded.run_id, path = excluded.path,
      problems = excluded.problems, record = excluded.record, held_at = now()`.execute(db)
}

async function upsertServices(db: Tx, runId: string, json: string): Promise<readonly string[]> {
  const result = await sql<{ id: string }>`
    insert into directory.service (source_id, organization_id, name, alternate_name, description, status, kind, needs,
      after_needs, fixed_facets, self_referral, consultation, confidential, email, url, phones, application_process,
      eligibility_text, fees_text, times_text, alert, languages, led_by, worker_gender, areas, models, remote, cost,
      needs_no_public_funds, assured_on, assured_by, run_id)
    select r."sourceId", o.id, r.name, r."alternateName", r.description, r.status, r.kind, r.needs, r."afterNeeds",
      r."fixedFacets", r."selfReferral", r.consultation, r.confidential, r.email, r.url, r.phones, r."applicationProcess",
      r."eligibilityText", r."feesText", case when not r.confidential then r."timesText" end, r.alert, r.languages,
      r."ledBy", r."workerGender", r.areas, r.models, r.remote, r.cost, r."needsNoPublicFunds", r."assuredOn", r."assuredBy", ${runId}::uuid
    from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, "organizationSource" text, name text, "alternateName" text,
      description text, status text, kind text, needs text[], "afterNeeds" text[], "fixedFacets" text[],
      "selfReferral" boolean, consultation boolean, confidential boolean, email text, url text, phones jsonb,
      "applicationProcess" text, "eligibilityText" text, "feesText" text, "timesText" text, alert text, languages text[],
      "ledBy" text[], "workerGender" text[], areas text[], models text[], remote boolean, cost text,
      "needsNoPublicFunds" boolean, "assuredOn" date, "assuredBy" text)
    join directory.organization o on lower(o.source_id) = lower(r."organizationSource")
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
      assured_by = excluded.assured_by, run_id = excluded.run_id, updated_at = now()
    returning id`.execute(db)
  return result.rows.map((row) => row.id)
}

async function replaceThresholds(db: Tx, json: string): Promise<void> {
  await sql`
    delete from directory.threshold where service_id in (select s.id from jsonb_to_recordset(${json}::jsonb)
      as r("sourceId" text) join directory.service s on lower(s.source_id) = lower(r."sourceId"))`.execute(db)
  await sql`
    insert into directory.threshold (service_id, position, condition, sentence, source, owner, reviewed_on, soft,
      forbidden_rule, forbidden_facets)
    select s.id, t.nth, t.clause -> 'condition', t.clause ->> 'sentence', t.clause ->> 'source', t.clause ->> 'owner',
      (t.clause ->> 'reviewedOn')::date, (t.clause ->> 'soft')::boolean, t.clause ->> 'forbiddenRule',
      array(select jsonb_array_elements_text(t.clause -> 'forbiddenFacets'))
    from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, thresholds jsonb)
    join directory.service s on lower(s.source_id) = lower(r."sourceId")
    cross join lateral jsonb_array_elements(r.thresholds) with ordinality as t(clause, nth)`.execute(db)
}

/** Room and wait, unless what stands is newer than the file. */
async function upsertCapacity(db: Tx, json: string): Promise<void> {
  await sql`
    insert into directory.capacity (service_id, state, places, wait_weeks, wait_weeks_to, note, as_of)
    select s.id, r.capacity ->> 'state', (r.capacity ->> 'places')::integer, (r.capacity ->> 'waitWeeks')::numeric,
      (r.capacity ->> 'waitWeeksTo')::numeric, r.capacity ->> 'note', (r.capacity ->> 'asOf')::timestamptz
    from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, capacity jsonb)
    join directory.service s on lower(s.source_id) = lower(r."sourceId")
    where jsonb_typeof(r.capacity) = 'object'
    on conflict (service_id) do update set state = excluded.state, places = excluded.places,
      wait_weeks = excluded.wait_weeks, wait_weeks_to = excluded.wait_weeks_to, note = excluded.note, as_of = excluded.as_of
      where excluded.as_of >= capacity.as_of`.execute(db)
}

async function replacePlaces(db: Tx, runId: string, services: readonly ServiceRecord[]): Promise<void> {
  const links = services.flatMap((service) =>
    service.locations.map((location) => ({
      service: service.sourceId,
      organization: service.organization.sourceId,
      location: location.sourceId,
    })),
  )
  const ids = services.map((each) => each.sourceId.toLowerCase())
  await sql`
    delete from directory.service_at_location where service_id in (select id from directory.service
      where lower(source_id) = any(${ids}))`.execute(db)
  if (links.length > 0) {
    await upsertLocations(db, runId, services)
    await sql`
      insert into directory.service_at_location (service_id, location_id)
      select s.id, l.id from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as r(service text, location text)
      join directory.service s on lower(s.source_id) = lower(r.service)
      join directory.location l on lower(l.source_id) = lower(r.location)
      on conflict do nothing`.execute(db)
  }
  await sql`
    delete from directory.location l where not exists (select from directory.service_at_location a
      where a.location_id = l.id)`.execute(db)
}

async function upsertLocations(db: Tx, runId: string, services: readonly ServiceRecord[]): Promise<void> {
  const merged = new Map<string, LocationRecord & { readonly organizationSource: string }>()
  for (const { locations, organization } of services) {
    for (const location of locations) {
      const key = location.sourceId.toLowerCase()
      const before = merged.get(key)
      // Why: one place may stand in a file twice, and once marked as confidential it stays so.
      if (before === undefined || location.confidential)
        merged.set(key, { ...location, organizationSource: organization.sourceId })
    }
  }
  await sql`
    insert into directory.location (source_id, organization_id, confidential, kind, region, name, description, transportation,
      address_1, address_2, city, postal_code, country, latitude, longitude, run_id)
    select r."sourceId", o.id, r.confidential, r.kind, r.region, r.name, r.description, r.transportation, r."address1",
      r."address2", r.city, r."postalCode", r.country, r.latitude, r.longitude, ${runId}::uuid
    from jsonb_to_recordset(${JSON.stringify([...merged.values()])}::jsonb) as r("sourceId" text, "organizationSource" text,
      confidential boolean, kind text, region text, name text, description text, transportation text, "address1" text,
      "address2" text, city text, "postalCode" text, country text, latitude double precision, longitude double precision)
    join directory.organization o on lower(o.source_id) = lower(r."organizationSource")
    on conflict (lower(source_id)) do update set organization_id = excluded.organization_id,
      confidential = excluded.confidential, kind = excluded.kind, region = excluded.region, name = excluded.name,
      description = excluded.description, transportation = excluded.transportation, address_1 = excluded.address_1,
      address_2 = excluded.address_2, city = excluded.city, postal_code = excluded.postal_code, country = excluded.country,
      latitude = excluded.latitude, longitude = excluded.longitude, run_id = excluded.run_id
      where not location.confidential or excluded.confidential`.execute(db)
}
