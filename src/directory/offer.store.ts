import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#platform/db'
import type { NamedContact, Offer, PartnerPart } from './offer.ts'
import type { PartnerDetail, Practical } from './practical.ts'
import { staleSql } from './upkeep.store.ts'

/** What the page of a service says beside its listing. Readable by the public login: nothing partner-only is in it. */
export async function offerOf(db: Tx, serviceId: string): Promise<Offer> {
  const result = await sql<Practical & Omit<Offer, 'practical'>>`
    select s.access, s.access_text as "accessText", s.documents, s.insurers, s.diagnosis_to_pay as "diagnosisToPay",
      s.bill_to as "billTo", s.survivor_led as "survivorLed",
      coalesce((select jsonb_agg(jsonb_build_object('what', t.what, 'weekday', t.weekday, 'opens', to_char(t.opens, 'HH24:MI'),
        'closes', to_char(t.closes, 'HH24:MI'), 'note', t.note, 'place', (select coalesce(l.name, l.address_1, l.city) from directory.location l
          where l.id = t.location_id and not l.confidential
          and 1 < (select count(*) from directory.service_at_location a where a.service_id = s.id)))
        order by t.what, t.weekday, t.opens, t.id) from directory.schedule t where t.service_id = s.id), '[]') as times,
      coalesce((select jsonb_agg(jsonb_build_object('code', k.code, 'label', k.label) order by k.label)
        from directory.service_term x join directory.taxonomy_term k on k.code = x.code where x.service_id = s.id),
        '[]') as terms,
      (select jsonb_build_object('until', r.until, 'inDate', r.until >= current_date, 'confirmedBy', o.name, 'confirmedOn',
          r.confirmed_on, 'withdrawnOn', r.withdrawn_on) from directory.training r left join directory.organization o on o.id = r.confirmed_by
        where r.organization_id = s.organization_id) as training
    from directory.service s where s.id = ${serviceId}`.execute(db)
  const row = result.rows[0]
  if (row === undefined) throw new Error('an offer is asked for a service that is there')
  const { times, terms, training, ...practical } = row
  return { practical, times, terms, training }
}

/** What partners see of a service. Only a member's transaction sees any row. */
export async function partnerPartOf(db: Tx, serviceId: string): Promise<PartnerPart> {
  const detail = await sql<PartnerDetail>`
    select detail, phone, email from directory.partner_detail where service_id = ${serviceId}`.execute(db)
  return {
    detail: detail.rows[0] ?? null,
    contacts: await contactsWhere(db, sql`k.service_id = ${serviceId}`),
  }
}

/** Which of these services have something that partners see. */
export async function havingPartnerDetail(
  db: Tx,
  serviceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select service_id as id from directory.partner_detail where service_id = any(${serviceIds}::uuid[])`.execute(
    db,
  )
  return new Set(rows.map((row) => row.id))
}

/** The named contacts in one country's words that are there for one purpose, with whoever covers for them. */
export async function contactsFor(
  db: Tx,
  pack: 'uk' | 'us',
  purpose: 'mental-health' | 'domestic-abuse',
): Promise<readonly NamedContact[]> {
  return contactsWhere(
    db,
    sql`o.pack = ${pack} and (k.purpose = ${purpose} or exists (select from directory.contact other
      where other.service_id = k.service_id and other.cover = k.id))`,
  )
}

async function contactsWhere(db: Tx, condition: RawBuilder<unknown>): Promise<readonly NamedContact[]> {
  const result = await sql<NamedContact>`
    select k.id, k.service_id as "serviceId", s.name as "serviceName", o.name as "organizationName",
      o.party_id as "partyId", k.name, k.role, k.purpose, k.phone, k.email,
      coalesce(current_date between k.away_from and k.away_until, false) as away,
      k.away_from as "awayFrom", k.away_until as "awayUntil",
      k.cover as "coverId", k.confirmed_on as "confirmedOn", ${staleSql(sql`k.confirmed_on`)} as stale
    from directory.contact k join directory.service s on s.id = k.service_id
    join directory.organization o on o.id = s.organization_id
    where ${condition} and s.status = 'active' order by o.name, s.name, k.name, k.id limit 1000`.execute(db)
  return result.rows
}
