import { sql } from 'kysely'
import type { Condition } from '#engine/space'
import type { Tx } from '#platform/db'
import type { Change, ChangeBy, ChangedField, Snapshot } from './change.ts'
import type { Pack } from './facet.ts'
import { conditionInWords } from './threshold.rules.ts'

interface SnapshotRow {
  readonly id: string
  readonly pack: Pack
  readonly secret: boolean
  readonly fields: Readonly<Record<string, unknown>>
  readonly clauses: readonly {
    readonly sentence: string
    readonly soft: boolean
    readonly condition: Condition
    readonly from: readonly (string | null)[]
  }[]
}

/** The entries as they stand: every column of theirs that a reader sees, room and wait, and who they are for. */
export async function snapshots(db: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Snapshot>> {
  if (ids.length === 0) return new Map()
  const result = await sql<SnapshotRow>`
    select s.id, o.pack, directory.is_secret(s.id) as secret,
      to_jsonb(s) - array['id', 'source_id', 'organization_id', 'run_id', 'updated_at', 'matching', 'search',
        'ages']
        || jsonb_build_object('capacity_state', c.state, 'capacity_places', c.places, 'wait_weeks', c.wait_weeks,
          'wait_weeks_to', c.wait_weeks_to, 'capacity_note', c.note, 'places', ${places},
          'times', ${times}, 'terms', ${terms}, 'training', ${training}, 'contacts', ${contacts}, 'partner_detail', ${partnerDetail}) as fields,
      ${clauses} as clauses
    from directory.service s join directory.organization o on o.id = s.organization_id
    left join directory.capacity c on c.service_id = s.id
    where s.id = any(${ids}::uuid[])`.execute(db)
  return new Map(result.rows.map((row) => [row.id, snapshotOf(row)]))
}

/** The ids of the entries that have these ids in their source. */
export async function idsOfSources(db: Tx, sourceIds: readonly string[]): Promise<readonly string[]> {
  const result = await sql<{ id: string }>`
    select id from directory.service where lower(source_id) = any(${sourceIds.map((id) => id.toLowerCase())})`.execute(
    db,
  )
  return result.rows.map((row) => row.id)
}

/** Writes one line for each entry or organisation. */
export async function addChanges(
  db: Tx,
  by: ChangeBy,
  rows: readonly {
    readonly service?: string
    readonly organization?: string
    readonly what: string
    readonly why: string
    readonly fields: readonly ChangedField[]
  }[],
): Promise<void> {
  if (rows.length === 0) return
  const who = 'runId' in by ? { run: by.runId, party: null, account: null, agency: '' } : byPerson(by)
  await sql`
    insert into directory.change (service_id, organization_id, what, via, by_party, by_account, by_agency, run_id, why, fields)
    select r.service, r.organization, r.what, ${'runId' in by ? 'import' : 'editor'}, ${who.party}::uuid, ${who.account}::uuid,
      ${who.agency}, ${who.run}::uuid, r.why, r.fields
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(service uuid, organization uuid, what text, why text, fields jsonb)`.execute(
    db,
  )
}

/** One page of an entry's history, newest first, and whether there is more. */
export async function changesOf(
  db: Tx,
  serviceId: string,
  page: number,
  perPage = 20,
): Promise<{ readonly changes: readonly Change[]; readonly more: boolean }> {
  const result = await sql<Change>`
    select id, at, what, via, by_party as "byParty", by_account as "byAccount", by_agency as "byAgency", why, fields
    from directory.change where service_id = ${serviceId}
    order by id desc limit ${perPage + 1} offset ${(page - 1) * perPage}`.execute(db)
  return { changes: result.rows.slice(0, perPage), more: result.rows.length > perPage }
}

const clauses = sql`coalesce((select jsonb_agg(jsonb_build_object('sentence', t.sentence, 'soft', t.soft, 'condition',
  t.condition, 'from', jsonb_build_array(t.source, t.owner, t.reviewed_on)) order by t.position) from directory.threshold t where t.service_id = s.id), '[]')`

// Only to see whether something differs: the mark is compared and thrown away.
const places = sql`coalesce((select jsonb_agg(md5(concat_ws('|', l.confidential, l.region, l.name, l.address_1, l.address_2, l.city,
  l.postal_code, l.latitude, l.longitude, l.kind, l.description, l.transportation)) order by l.id) from directory.service_at_location a
  join directory.location l on l.id = a.location_id where a.service_id = s.id), '[]')`

const times = sql`coalesce((select jsonb_agg(concat_ws(' ', h.what, h.weekday, to_char(h.opens, 'HH24:MI'), to_char(h.closes, 'HH24:MI'),
  h.note) order by h.weekday, h.opens, h.id) from directory.schedule h where h.service_id = s.id), '[]')`

const training = sql`(select jsonb_build_object('until', r.until, 'confirmed', o.name, 'on', r.confirmed_on, 'withdrawn',
  r.withdrawn_on) from directory.training r left join directory.organization o on o.id = r.confirmed_by
  where r.organization_id = s.organization_id)`

const terms = sql`coalesce((select jsonb_agg(k.label order by k.label) from directory.service_term x
  join directory.taxonomy_term k on k.code = x.code where x.service_id = s.id), '[]')`

// What only partners see is compared and not told either: a history must not keep a colleague's number for ever.
const contacts = sql`coalesce((select jsonb_agg(md5((to_jsonb(k) - 'updated_at')::text) order by k.id) from directory.contact k
  where k.service_id = s.id), '[]')`
const partnerDetail = sql`(select md5((to_jsonb(d) - 'updated_at')::text) from directory.partner_detail d where d.service_id = s.id)`

function snapshotOf({ id, pack, secret, fields, clauses: all }: SnapshotRow): Snapshot {
  return {
    id,
    secret,
    fields: {
      ...fields,
      clauses: all.map((each) => each.sentence),
      clauses_soft: all.filter((each) => each.soft).map((each) => each.sentence),
      clauses_from: all.map((each) => each.from.filter((part) => part !== null && part !== '').join(', ')),
      clauses_read: all.flatMap((each) => conditionInWords(each.condition, pack).join(' ') || []),
    },
  }
}

function byPerson(by: Exclude<ChangeBy, { readonly runId: string }>) {
  return { run: null, party: by.partyId, account: by.accountId, agency: by.agencyName }
}
