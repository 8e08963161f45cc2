import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { phonesOf, webAddressOf } from './reach.rules.ts'
import { type OrganizationDetails, type OrganizationForm, type ReachForm, reportParts } from './reach.ts'

/** Writes how people reach a service. */
export async function writeReach(db: Tx, serviceId: string, form: ReachForm): Promise<void> {
  await sql`
    update directory.service set phones = ${JSON.stringify(phonesOf(form.phones) ?? [])}::jsonb, email = ${or(form.email)},
      url = ${or(webAddressOf(form.url) ?? '')}, application_process = ${or(form.how)}, updated_at = now()
    where id = ${serviceId}`.execute(db)
}

/** An organisation's own details; null when it is not there. */
export async function organizationDetails(
  db: Tx,
  organizationId: string,
): Promise<OrganizationDetails | null> {
  const { rows } = await sql<OrganizationDetails>`
    select o.phones, o.email, o.website, o.must_report as "mustReport",
      (select count(*)::integer from directory.service s where s.organization_id = o.id
        and s.status in ('active', 'temporarily closed')) as services,
      exists (select from directory.service s where s.organization_id = o.id and directory.is_secret(s.id)) as secret
    from directory.organization o where o.id = ${organizationId}`.execute(db)
  return rows[0] ?? null
}

/** Writes an organisation's own details; without its three sentences it has not said what it must pass on. */
export async function writeOrganization(
  db: Tx,
  organizationId: string,
  form: OrganizationForm,
): Promise<void> {
  const said = form.report === '' ? null : reportParts.map((part) => form[part])
  await sql`
    update directory.organization set phones = ${JSON.stringify(phonesOf(form.phones) ?? [])}::jsonb, email = ${or(form.email)},
      website = ${or(webAddressOf(form.website) ?? '')}, must_report = ${said}::text[], updated_at = now()
    where id = ${organizationId}`.execute(db)
}

function or(text: string): string | null {
  return text === '' ? null : text
}
