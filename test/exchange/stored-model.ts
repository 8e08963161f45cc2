import { sql } from 'kysely'
import type { Pool, Tx } from '#platform/db'
import { running, storeBatch } from '../../src/directory/import-batch.actions.ts'
import { storeRun } from '../../src/directory/import.store.ts'
import { reportOf } from '../../src/directory/import.ts'
import type { ServiceRecord } from '../../src/directory/listing.ts'
import { ownTerms } from '../../src/directory/term.ts'
import { storeTerms } from '../../src/directory/term.store.ts'

/** Takes every entry away. */
export async function empty(owner: Pool): Promise<void> {
  await sql`truncate directory.organization, directory.held_record, directory.word cascade`.execute(owner)
}

/** Puts services as they are into the tables, without a file. */
export async function store(owner: Pool, services: readonly ServiceRecord[]): Promise<void> {
  await owner.transaction().execute(async (db) => {
    const run = await storeRun(db, { fileSha256: Buffer.alloc(32), format: 'hsds', report: reportOf([]) })
    await storeTerms(db, ownTerms)
    const read = services.map((service, i) => ({
      path: `$[${i}]`,
      id: service.sourceId,
      outcome: 'imported' as const,
      problems: [],
      service,
      organization: null,
    }))
    await storeBatch(db, await running(db, run), read)
  })
}

/**
 * Every stored row of the directory's entries, without our own ids, runs and moments. What is not for the public is left out:
 * who owns a clause, where it is from and when it was reviewed; the id of a place that is kept secret.
 */
export async function storedModel(owner: Pool): Promise<Readonly<Record<string, readonly unknown[]>>> {
  return owner.transaction().execute(async (db) => ({
    organizations: await rows(
      db,
      `select to_jsonb(o) - '{id,run_id,updated_at}'::text[] || jsonb_build_object('until', t.until) from directory.organization o
        left join directory.training t on t.organization_id = o.id`,
    ),
    services: await rows(
      db,
      `select to_jsonb(s) - '{id,run_id,updated_at,organization_id,matching,search}'::text[]
        || jsonb_build_object('organization', o.source_id) from directory.service s
        join directory.organization o on o.id = s.organization_id`,
    ),
    thresholds: await rows(
      db,
      `select to_jsonb(t) - '{id,service_id,source,owner,reviewed_on}'::text[] || jsonb_build_object('service', s.source_id)
        from directory.threshold t join directory.service s on s.id = t.service_id`,
    ),
    capacities: await rows(
      db,
      `select to_jsonb(c) - 'service_id' || jsonb_build_object('service', s.source_id) from directory.capacity c
        join directory.service s on s.id = c.service_id`,
    ),
    times: await rows(
      db,
      `select to_jsonb(t) - '{id,service_id,location_id}'::text[] || jsonb_build_object('service', s.source_id, 'place', l.source_id)
        from directory.schedule t join directory.service s on s.id = t.service_id
        left join directory.location l on l.id = t.location_id`,
    ),
    terms: await rows(
      db,
      `select jsonb_build_object('service', s.source_id, 'code', x.code) from directory.service_term x
        join directory.service s on s.id = x.service_id`,
    ),
    places: await rows(
      db,
      `select to_jsonb(l) - '{id,organization_id,run_id}'::text[]
        || jsonb_build_object('service', s.source_id, 'organization', o.source_id)
        || case when l.confidential then '{"source_id": null}' else '{}'::jsonb end
        from directory.service_at_location a join directory.service s on s.id = a.service_id
        join directory.location l on l.id = a.location_id join directory.organization o on o.id = l.organization_id`,
    ),
    beside: await rows(
      db,
      `select jsonb_build_object('kept', k.kept, 'of', coalesce(s.source_id, o.source_id, l.source_id)) from directory.kept_beside k
        left join directory.service s on s.id = k.service_id left join directory.organization o on o.id = k.organization_id
        left join directory.location l on l.id = k.location_id`,
    ),
  }))
}

async function rows(db: Tx, query: string): Promise<readonly unknown[]> {
  const result = await sql<{
    row: unknown
  }>`select row from (${sql.raw(query)}) as x(row) order by row::text collate "C"`.execute(db)
  return result.rows.map((each) => each.row)
}
