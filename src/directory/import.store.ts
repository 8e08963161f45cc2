import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { ImportReport, KnownListings, Problem, RecordReport } from './import.ts'
import { storeTraining } from './import-offer.store.ts'
import { keepBesideOrganizations } from './kept.store.ts'
import type { OrganizationRecord } from './listing.ts'
import { organizationsAsTheyStand } from './set-here.store.ts'

/** What the directory already knows of confidential places and decided records. */
export async function knownListings(db: Tx): Promise<KnownListings> {
  const services = await sql<{ id: string }>`
    select lower(source_id) as id from directory.service where confidential`.execute(db)
  const locations = await sql<{ id: string }>`
    select lower(source_id) as id from directory.location where confidential`.execute(db)
  const keeping = await sql<{ id: string; organization: string; whole: boolean }>`
    select lower(s.source_id) as id, lower(o.source_id) as organization, s.confidential as whole
    from directory.service s join directory.organization o on o.id = s.organization_id where s.confidential or s.id in
      (select a.service_id from directory.service_at_location a join directory.location l on l.id = a.location_id
        where l.confidential)`.execute(db)
  const reviewed = await sql<{ id: string }>`
    select lower(source_id) as id from directory.held_record where state = 'accepted'`.execute(db)
  const named = await sql<{ id: string; name: string }>`
    select lower(s.source_id) as id, s.name from directory.service s
    where exists (select from directory.held_record h where lower(h.source_id) = lower(s.source_id)
      and h.state = 'accepted' and h.record -> 'service' ->> 'name' = '')`.execute(db)
  const idsOf = (result: { readonly rows: readonly { readonly id: string }[] }) =>
    new Set(result.rows.map((row) => row.id))
  return {
    confidentialServices: idsOf(services),
    confidentialLocations: idsOf(locations),
    keepingServices: new Set(keeping.rows.flatMap((row) => (row.whole ? [] : [row.id]))),
    keepingOrganizations: new Set(keeping.rows.map((row) => row.organization)),
    reviewed: idsOf(reviewed),
    names: new Map(named.rows.map((row) => [row.id, row.name])),
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

/** Writes how many records became what, once the last one is in. */
export async function finishRun(db: Tx, runId: string, report: ImportReport): Promise<void> {
  const { imported, importedWithWarnings, held, rejected } = report
  await sql`
    update directory.import_run set imported = ${imported}, imported_with_warnings = ${importedWithWarnings}, held = ${held},
      rejected = ${rejected} where id = ${runId}`.execute(db)
}

/** Keeps what was found wrong with records of a run, each in a row; a record without a problem is in the counts. */
export async function keepTold(db: Tx, runId: string, records: readonly RecordReport[]): Promise<void> {
  const told = records.filter((each) => each.problems.length > 0)
  if (told.length === 0) return
  const rows = told.map(({ path, id, outcome, problems }) => ({ path, id, outcome, problems }))
  await sql`
    insert into directory.import_record (run_id, path, source_id, outcome, problems)
    select ${runId}::uuid, r.path, r.id, r.outcome, r.problems from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(path text, id text, outcome text, problems jsonb)`.execute(db)
}

/** Writes organisations by their source ids: new ones are made, known ones brought up to date. Returns their ids by source id. */
export async function storeOrganizations(
  db: Tx,
  runId: string,
  all: readonly OrganizationRecord[],
): Promise<ReadonlyMap<string, string>> {
  if (all.length === 0) return new Map()
  const standing = await organizationsAsTheyStand(db, all)
  const known = standing.toSorted((a, b) => Number(b.standsIn ?? false) - Number(a.standsIn ?? false))
  const once = [...new Map(known.map((each) => [each.sourceId.toLowerCase(), each])).values()]
  const stored = await sql<{ id: string; source: string }>`
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
    returning id, lower(source_id) as source`.execute(db)
  await storeTraining(db, once)
  await keepBesideOrganizations(
    db,
    once.filter((each) => each.standsIn === undefined),
  )
  return new Map(stored.rows.map((row) => [row.source, row.id]))
}

/**
 * Empties every stored place that has one of these addresses: it has turned out to be confidential. Returns the services that
 * were listed there, whose search must forget it too.
 */
export async function hidePlaces(db: Tx, addressKeys: readonly string[]): Promise<readonly string[]> {
  if (addressKeys.length === 0) return []
  await sql`select directory.forget_addresses(${addressKeys})`.execute(db)
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
