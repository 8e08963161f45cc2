import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { OrganizationRecord, ServiceRecord } from './listing.ts'
import { accessFeatures } from './practical.ts'

const anywhere = accessFeatures.filter((each) => !each.building).map((each) => each.code)

/**
 * Takes away what a service may no longer have once its file calls it confidential, or work with people who use abuse: the
 * database refuses it otherwise, and one such record would stop the whole file.
 */
export async function clearForbidden(db: Tx, services: readonly ServiceRecord[]): Promise<void> {
  const idsOf = (which: (each: ServiceRecord) => boolean) =>
    services.filter(which).map((each) => each.sourceId.toLowerCase())
  const apart = idsOf((each) => each.kind === 'for-people-using-abuse')
  const secret = idsOf((each) => each.confidential)
  if (apart.length + secret.length === 0) return
  await sql`
    delete from directory.schedule t using directory.service s where s.id = t.service_id and (lower(s.source_id) = any(${apart})
      or (lower(s.source_id) = any(${secret}) and (t.what <> 'phone' or t.location_id is not null or t.note is not null)))`.execute(
    db,
  )
  await sql`
    update directory.service set access_text = null, times_text = null,
      access = array(select one from unnest(access) one where one = any(${anywhere}))
    where lower(source_id) = any(${secret})`.execute(db)
}

/** Writes what services say beyond their listing. What a file does not speak of stays as an editor wrote it. */
export async function storeOffers(db: Tx, services: readonly ServiceRecord[]): Promise<void> {
  const rows = services.map(({ sourceId, offer }) => ({ sourceId, ...offer, ...offer.practical }))
  const json = JSON.stringify(rows)
  await writePractical(db, json)
  await replaceTimes(db, json)
  await replaceTerms(db, json)
  await upsertContacts(db, json)
  await upsertPartnerDetail(db, json)
}

/** What organisations say of their training. A file never confirms it, and a later date that stands stays. */
export async function storeTraining(db: Tx, all: readonly OrganizationRecord[]): Promise<void> {
  const said = all.filter((each) => each.trainedUntil !== null && each.trainedUntil !== undefined)
  if (said.length === 0) return
  const once = [...new Map(said.map((each) => [each.sourceId.toLowerCase(), each])).values()]
  await sql`
    insert into directory.training (organization_id, until)
    select o.id, r."trainedUntil" from jsonb_to_recordset(${JSON.stringify(once)}::jsonb) as r("sourceId" text,
      "trainedUntil" date) join directory.organization o on lower(o.source_id) = lower(r."sourceId")
    on conflict (organization_id) do update set until = excluded.until, confirmed_by = null, confirmed_on = null, withdrawn_on = null,
      updated_at = now() where excluded.until > training.until`.execute(db)
}

async function writePractical(db: Tx, json: string): Promise<void> {
  await sql`
    update directory.service s set
      access = case when r.access = '{}' then s.access else r.access end,
      access_text = coalesce(r."accessText", s.access_text), documents = coalesce(r.documents, s.documents),
      insurers = case when r.insurers = '{}' then s.insurers else r.insurers end,
      diagnosis_to_pay = coalesce(r."diagnosisToPay", s.diagnosis_to_pay), bill_to = coalesce(r."billTo", s.bill_to),
      survivor_led = coalesce(r."survivorLed", s.survivor_led)
    from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, access text[], "accessText" text, documents text[],
      insurers text[], "diagnosisToPay" boolean, "billTo" text, "survivorLed" boolean)
    where lower(s.source_id) = lower(r."sourceId")`.execute(db)
}

async function replaceTimes(db: Tx, json: string): Promise<void> {
  await sql`
    delete from directory.schedule where service_id in (select s.id from jsonb_to_recordset(${json}::jsonb)
      as r("sourceId" text, times jsonb) join directory.service s on lower(s.source_id) = lower(r."sourceId")
      where jsonb_array_length(r.times) > 0)`.execute(db)
  await sql`
    insert into directory.schedule (service_id, kind, confidential, location_id, what, weekday, opens, closes, note)
    select s.id, s.kind, s.confidential, a.location_id, t."what", t.weekday, t.opens, t.closes, t.note
    from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, times jsonb)
    join directory.service s on lower(s.source_id) = lower(r."sourceId")
    cross join lateral jsonb_to_recordset(r.times) as t("what" text, weekday integer, opens time, closes time, note text,
      "locationSource" text)
    left join directory.location l on lower(l.source_id) = lower(t."locationSource")
    left join directory.service_at_location a on a.service_id = s.id and a.location_id = l.id`.execute(db)
}

/** Terms that are not in the vocabulary are passed over: a list that nobody has brought in. */
async function replaceTerms(db: Tx, json: string): Promise<void> {
  await sql`
    delete from directory.service_term where service_id in (select s.id from jsonb_to_recordset(${json}::jsonb)
      as r("sourceId" text, terms text[]) join directory.service s on lower(s.source_id) = lower(r."sourceId")
      where cardinality(r.terms) > 0)`.execute(db)
  await sql`
    insert into directory.service_term (service_id, code)
    select s.id, t.code from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, terms text[])
    join directory.service s on lower(s.source_id) = lower(r."sourceId")
    join directory.taxonomy_term t on t.code = any(r.terms) on conflict do nothing`.execute(db)
}

/** Contacts by their ids in the file; one that an editor has confirmed later stays as it is. Covers come last. */
async function upsertContacts(db: Tx, json: string): Promise<void> {
  const given = sql`jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, contacts jsonb)
    join directory.service s on lower(s.source_id) = lower(r."sourceId")
    cross join lateral jsonb_to_recordset(r.contacts) as c("sourceId" text, name text, role text, purpose text, phone text,
      email text, "awayFrom" date, "awayUntil" date, "coverSource" text, "confirmedOn" date)`
  await sql`
    insert into directory.contact (service_id, source_id, name, role, purpose, phone, email, away_from, away_until, confirmed_on)
    select s.id, c."sourceId", c.name, c.role, c.purpose, c.phone, c.email, c."awayFrom", c."awayUntil", c."confirmedOn"
    from ${given}
    on conflict (service_id, lower(source_id)) where source_id is not null do update set name = excluded.name,
      role = excluded.role, purpose = excluded.purpose, phone = excluded.phone, email = excluded.email,
      away_from = excluded.away_from, away_until = excluded.away_until, confirmed_on = excluded.confirmed_on,
      updated_at = now() where contact.confirmed_on is null or excluded.confirmed_on >= contact.confirmed_on`.execute(
    db,
  )
  await sql`
    update directory.contact k set cover = other.id
    from ${given} join directory.contact other on other.service_id = s.id and lower(other.source_id) = lower(c."coverSource")
    where k.service_id = s.id and lower(k.source_id) = lower(c."sourceId") and k.id <> other.id
      and k.cover is null`.execute(db)
}

async function upsertPartnerDetail(db: Tx, json: string): Promise<void> {
  await sql`
    insert into directory.partner_detail (service_id, detail, phone, email)
    select s.id, r.partner ->> 'detail', r.partner ->> 'phone', r.partner ->> 'email'
    from jsonb_to_recordset(${json}::jsonb) as r("sourceId" text, partner jsonb)
    join directory.service s on lower(s.source_id) = lower(r."sourceId") where jsonb_typeof(r.partner) = 'object'
    on conflict (service_id) do update set detail = excluded.detail, phone = excluded.phone, email = excluded.email,
      updated_at = now()`.execute(db)
}
