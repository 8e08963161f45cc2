import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { OrganizationRecord, ServiceRecord } from './listing.ts'
import { accessFeatures, type ServiceOffer } from './practical.ts'

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
export async function storeOffers(
  db: Tx,
  services: readonly ServiceRecord[],
  idOf: (service: ServiceRecord) => string,
  before: readonly string[],
): Promise<void> {
  const offers = services.map((service) => ({
    ...service.offer,
    service: idOf(service),
    isNew: before.length === 0,
  }))
  await storeTimes(db, offers)
  await storeServiceTerms(db, offers)
  await upsertContacts(db, offers)
  await upsertPartnerDetail(db, offers)
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

type Offer = ServiceOffer & { readonly service: string; readonly isNew: boolean }

async function storeTimes(db: Tx, offers: readonly Offer[]): Promise<void> {
  const said = offers.filter((each) => each.times.length > 0)
  const before = said.filter((each) => !each.isNew).map((each) => each.service)
  if (before.length > 0)
    await sql`delete from directory.schedule where service_id = any(${before}::uuid[])`.execute(db)
  if (said.length === 0) return
  const rows = said.flatMap(({ service, times }) => times.map((each) => ({ ...each, service })))
  await sql`
    insert into directory.schedule (service_id, kind, confidential, location_id, what, weekday, opens, closes, note)
    select s.id, s.kind, s.confidential, a.location_id, r."what", r.weekday, r.opens, r.closes, r.note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(service uuid, "what" text, weekday integer, opens time,
      closes time, note text, "locationSource" text)
    join directory.service s on s.id = r.service
    left join directory.location l on lower(l.source_id) = lower(r."locationSource")
    left join directory.service_at_location a on a.service_id = s.id and a.location_id = l.id
    where l.confidential is not true`.execute(db)
}

/** Terms that are not in the vocabulary are passed over: a list that nobody has brought in. */
async function storeServiceTerms(db: Tx, offers: readonly Offer[]): Promise<void> {
  const said = offers.filter((each) => each.terms.length > 0)
  const before = said.filter((each) => !each.isNew).map((each) => each.service)
  if (before.length > 0)
    await sql`delete from directory.service_term where service_id = any(${before}::uuid[])`.execute(db)
  if (said.length === 0) return
  const rows = said.flatMap(({ service, terms }) => terms.map((code) => ({ service, code })))
  await sql`
    insert into directory.service_term (service_id, code)
    select r.service, t.code from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(service uuid, code text)
    join directory.taxonomy_term t on t.code = r.code on conflict do nothing`.execute(db)
}

/** Contacts by their ids in the file; one that an editor has confirmed later stays as it is. Covers come last. */
async function upsertContacts(db: Tx, offers: readonly Offer[]): Promise<void> {
  const rows = offers.flatMap(({ service, contacts }) => contacts.map((each) => ({ ...each, service })))
  if (rows.length === 0) return
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(service uuid, "sourceId" text, name text, role text,
      purpose text, phone text, email text, "awayFrom" date, "awayUntil" date, "coverSource" text, "confirmedOn" date)`
  await sql`
    insert into directory.contact (service_id, source_id, name, role, purpose, phone, email, away_from, away_until, confirmed_on)
    select c.service, c."sourceId", c.name, c.role, c.purpose, c.phone, c.email, c."awayFrom", c."awayUntil", c."confirmedOn"
    from ${given}
    on conflict (service_id, lower(source_id)) where source_id is not null do update set name = excluded.name,
      role = excluded.role, purpose = excluded.purpose, phone = excluded.phone, email = excluded.email,
      away_from = excluded.away_from, away_until = excluded.away_until, confirmed_on = excluded.confirmed_on,
      updated_at = now() where contact.confirmed_on is null or excluded.confirmed_on >= contact.confirmed_on`.execute(
    db,
  )
  if (rows.every((each) => each.coverSource === null)) return
  await sql`
    update directory.contact k set cover = other.id
    from ${given} join directory.contact other on other.service_id = c.service and lower(other.source_id) = lower(c."coverSource")
    where k.service_id = c.service and lower(k.source_id) = lower(c."sourceId") and k.id <> other.id
      and k.cover is null`.execute(db)
}

async function upsertPartnerDetail(db: Tx, offers: readonly Offer[]): Promise<void> {
  const rows = offers.flatMap(({ service, partner }) => (partner === null ? [] : [{ ...partner, service }]))
  if (rows.length === 0) return
  await sql`
    insert into directory.partner_detail (service_id, detail, phone, email)
    select r.service, r.detail, r.phone, r.email
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(service uuid, detail text, phone text, email text)
    on conflict (service_id) do update set detail = excluded.detail, phone = excluded.phone, email = excluded.email,
      updated_at = now()`.execute(db)
}
