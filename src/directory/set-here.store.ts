import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { OrganizationRecord, ServiceRecord } from './listing.ts'
import type { FieldSetHere, OrganizationFieldSetHere, OrganizationStanding, Standing } from './set-here.ts'
import { asItStands, organizationAsItStands } from './set-here.rules.ts'

/** Notes that a person has set these fields of an entry here. */
export async function markSetHere(
  db: Tx,
  rows: readonly { readonly service: string; readonly field: FieldSetHere }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into directory.set_here (service_id, field)
    select distinct r.service, r.field from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(service uuid, field text)
    on conflict (service_id, field) do update set at = now()`.execute(db)
}

/** Lets the next file say these fields again, even one that has not changed; those that were set here until now. */
export async function letFileSay(
  db: Tx,
  serviceId: string,
  fields: readonly FieldSetHere[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ field: string }>`
    delete from directory.set_here where service_id = ${serviceId} and field = any(${[...fields]}::text[]) returning field`.execute(
    db,
  )
  await sql`delete from directory.brought where service_id = ${serviceId}`.execute(db)
  return rows.map((row) => row.field)
}

/** The fields of an entry that a person has set here, and when. */
export async function setHereOf(
  db: Tx,
  serviceId: string,
): Promise<readonly { readonly field: FieldSetHere; readonly at: string }[]> {
  const { rows } = await sql<{ field: FieldSetHere; at: string }>`
    select field, at from directory.set_here where service_id = ${serviceId} order by field`.execute(db)
  return rows
}

/** Notes that a person has set these details of an organisation here. */
export async function markOrganizationSetHere(
  db: Tx,
  rows: readonly { readonly organization: string; readonly field: OrganizationFieldSetHere }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into directory.organization_set_here (organization_id, field)
    select distinct r.organization, r.field from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(organization uuid, field text)
    on conflict (organization_id, field) do update set at = now()`.execute(db)
}

/** Lets the next file say this detail of an organisation again, even one that has not changed. */
export async function letFileSayOfOrganization(
  db: Tx,
  organizationId: string,
  field: OrganizationFieldSetHere,
): Promise<void> {
  await sql`
    delete from directory.organization_set_here where organization_id = ${organizationId} and field = ${field}`.execute(
    db,
  )
  await sql`delete from directory.brought where organization_id = ${organizationId}`.execute(db)
}

/** The details of an organisation that a person has set here, and when. */
export async function organizationSetHereOf(
  db: Tx,
  organizationId: string,
): Promise<readonly { readonly field: OrganizationFieldSetHere; readonly at: string }[]> {
  const { rows } = await sql<{ field: OrganizationFieldSetHere; at: string }>`
    select field, at from directory.organization_set_here where organization_id = ${organizationId} order by field`.execute(
    db,
  )
  return rows
}

/** Organisations of a file as they may be written over what stands here. */
export async function organizationsAsTheyStand(
  db: Tx,
  records: readonly OrganizationRecord[],
): Promise<readonly OrganizationRecord[]> {
  const sources = records.map((each) => each.sourceId.toLowerCase())
  const { rows } = await sql<OrganizationStanding & { readonly source: string }>`
    select lower(o.source_id) as source, o.phones, o.email, o.website, o.must_report as "mustReport",
      array(select h.field from directory.organization_set_here h where h.organization_id = o.id) as set
    from directory.organization o where lower(o.source_id) = any(${sources})
      and exists (select from directory.organization_set_here h where h.organization_id = o.id)`.execute(db)
  const standing = new Map(rows.map((row) => [row.source, row]))
  return records.map((each) => {
    const here = standing.get(each.sourceId.toLowerCase())
    return here === undefined ? each : organizationAsItStands(each, here)
  })
}

/** Records of a file as they may be written over what stands here; an entry that is new stays as the file has it. */
export async function asTheyStand(
  db: Tx,
  records: readonly ServiceRecord[],
): Promise<readonly ServiceRecord[]> {
  const standing = await standingOf(
    db,
    records.map((each) => each.sourceId.toLowerCase()),
  )
  return records.map((each) => {
    const here = standing.get(each.sourceId.toLowerCase())
    return here === undefined ? each : asItStands(each, here)
  })
}

async function standingOf(db: Tx, sourceIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<Standing & { readonly source: string }>`
    select lower(s.source_id) as source, s.assured_on as "assuredOn", s.assured_by as "assuredBy",
      coalesce((select jsonb_object_agg(h.field, h.at::date) from directory.set_here h where h.service_id = s.id), '{}') as set,
      coalesce((select jsonb_agg(jsonb_build_object('condition', t.condition, 'sentence', t.sentence, 'source', t.source,
        'owner', t.owner, 'reviewedOn', t.reviewed_on, 'soft', t.soft) order by t.position)
        from directory.threshold t where t.service_id = s.id), '[]') as thresholds,
      s.after_needs as "afterNeeds", s.access, s.access_text as "accessText", s.documents, s.bill_to as "billTo", s.insurers,
      s.diagnosis_to_pay as "diagnosisToPay", s.cost, s.fees_text as "feesText",
      s.needs_no_public_funds as "needsNoPublicFunds", s.survivor_led as "survivorLed", s.led_by as "ledBy", s.times_text as "timesText",
      coalesce((select jsonb_agg(jsonb_build_object('what', h.what, 'weekday', h.weekday, 'opens', to_char(h.opens, 'HH24:MI'),
        'closes', to_char(h.closes, 'HH24:MI'), 'note', h.note, 'locationSource', l.source_id) order by h.id)
        from directory.schedule h left join directory.location l on l.id = h.location_id where h.service_id = s.id), '[]') as times,
      array(select x.code from directory.service_term x where x.service_id = s.id order by x.code) as terms,
      (select jsonb_build_object('detail', d.detail, 'phone', d.phone, 'email', d.email) from directory.partner_detail d
        where d.service_id = s.id) as partner,
      s.phones, s.email, s.url, s.application_process as "applicationProcess", s.name, s.alternate_name as "alternateName",
      s.description, s.status, s.needs, s.eligibility_text as "eligibilityText", s.alert, s.self_referral as "selfReferral",
      s.consultation, s.remote, s.languages, s.areas, s.worker_gender as "workerGender", s.models,
      coalesce((select jsonb_agg(jsonb_build_object('sourceId', l.source_id, 'confidential', l.confidential, 'kind', l.kind,
        'region', l.region, 'name', l.name, 'description', l.description, 'transportation', l.transportation,
        'address1', l.address_1, 'address2', l.address_2, 'city', l.city, 'postalCode', l.postal_code, 'country', l.country,
        'latitude', l.latitude, 'longitude', l.longitude) order by l.id) from directory.service_at_location a
        join directory.location l on l.id = a.location_id where a.service_id = s.id), '[]') as places
    from directory.service s where lower(s.source_id) = any(${sourceIds})`.execute(db)
  return new Map(rows.map(({ source, ...standing }) => [source, standing]))
}
