import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { Change, Snapshot } from './change.ts'

/** Organisations as they stand: their own details, until when they are trained, and the open pathways that start there. */
export async function organizationSnapshots(
  db: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Snapshot>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Snapshot>`
    select o.id, exists (select from directory.service s where s.organization_id = o.id and directory.is_secret(s.id)) as secret,
      jsonb_build_object('organization_name', o.name, 'organization_alternate_name', o.alternate_name,
      'organization_description', o.description, 'organization_email', o.email, 'organization_website', o.website,
      'organization_phones', o.phones, 'organization_sector', o.sector, 'organization_must_report', o.must_report,
      'trained_until', (select r.until from directory.training r where r.organization_id = o.id),
      'trained_confirmed_by', (select b.name from directory.training r join directory.organization b on b.id = r.confirmed_by
        where r.organization_id = o.id),
      'trained_taken_back_on', (select r.withdrawn_on from directory.training r where r.organization_id = o.id),
      'pathway', coalesce((select jsonb_agg(concat_ws(', ', coalesce(s.name, t.name), p.kind,
        case when p.condition <> '[{}]' then p.condition::text end, p.reply_due_days::text, nullif(p.contact, ''), nullif(p.source, ''))
        order by p.id)
        from directory.pathway p left join directory.service s on s.id = p.to_service
        left join directory.organization t on t.id = p.to_organization
        where p.from_organization = o.id and p.valid @> clock_timestamp()), '[]')) as fields
    from directory.organization o where o.id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A line of an organisation's history, with its name. */
export type OrganizationChange = Change & { readonly name: string }

/** Changes of organisations that the reader looks after, of one or of all, newest first; with `what`, only those. */
export async function organizationChangesOf(
  db: Tx,
  asked: { readonly organizationId?: string; readonly what?: string },
  page: number,
  perPage = 20,
): Promise<{ readonly changes: readonly OrganizationChange[]; readonly more: boolean }> {
  const { rows } = await sql<OrganizationChange>`
    select c.id, c.at, c.what, c.via, c.by_party as "byParty", c.by_account as "byAccount", c.by_agency as "byAgency", c.why, c.fields,
      o.name from directory.change c join directory.organization o on o.id = c.organization_id
    where (${asked.organizationId ?? null}::uuid is null or o.id = ${asked.organizationId ?? null}::uuid)
      and (${asked.what ?? null}::text is null or c.what = ${asked.what ?? null})
    order by c.id desc limit ${perPage + 1} offset ${(page - 1) * perPage}`.execute(db)
  return { changes: rows.slice(0, perPage), more: rows.length > perPage }
}
