import { sql, type RawBuilder } from 'kysely'

/** A term or, without a code, any term of a taxonomy. */
export interface TermAsked {
  readonly taxonomy: string
  readonly code: string | null
  /** The code of its row, where it is a term of the database. */
  readonly row: string | null
}

type Has = (code: string | null) => RawBuilder<unknown>

/**
 * Whether the service `s` goes out with such a term. Each line asks for exactly what the projection says, so that nobody learns by
 * asking what is not said.
 */
export function serviceHas({ taxonomy, code, row }: TermAsked): RawBuilder<unknown> {
  if (taxonomy in ofService) return ofService[taxonomy as keyof typeof ofService](code)
  if (taxonomy in ofOrganization)
    return sql`exists (select from directory.organization o where o.id = s.organization_id
      and ${ofOrganization[taxonomy as keyof typeof ofOrganization](code)})`
  if (taxonomy === 'Open Eligibility') {
    const same =
      code === null
        ? sql`exists (select from unnest(k.same_as) x where x like 'open-eligibility:%'
            and (s.confidential or x not like '%shelter%'))`
        : sql`${`open-eligibility:${code}`} = any(k.same_as) and (s.confidential or ${!code.includes('shelter')})`
    return sql`exists (select from directory.service_term x join directory.taxonomy_term k on k.code = x.code
      where x.service_id = s.id and ${same})`
  }
  if (row !== null)
    return sql`s.id in (select x.service_id from directory.service_term x where x.code = ${row})`
  const list = taxonomy === 'anydoor-term' ? sql`k.taxonomy = 'anydoor'` : listNamed(taxonomy)
  return sql`exists (select from directory.service_term x join directory.taxonomy_term k on k.code = x.code
    where x.service_id = s.id and ${list})`
}

/** Whether the organisation `o` goes out with such a term, or a listed service of it does. */
export function organizationHas(asked: TermAsked, listed: RawBuilder<unknown>): RawBuilder<unknown> {
  if (asked.taxonomy in ofOrganization)
    return ofOrganization[asked.taxonomy as keyof typeof ofOrganization](asked.code)
  return sql`exists (select from directory.service s where s.organization_id = o.id and ${listed} and ${serviceHas(asked)})`
}

/** Rows of a list that was brought in, by the name under which it goes out. */
export function listNamed(taxonomy: string): RawBuilder<unknown> {
  return sql`k.taxonomy <> 'anydoor' and upper(split_part(k.code, ':', 1)) = ${taxonomy}`
}

const inList =
  (column: string): Has =>
  (code) =>
    code === null ? sql`${sql.ref(column)} <> '{}'` : sql`${sql.ref(column)} @> array[${code}]`
const answered =
  (column: string): Has =>
  (code) =>
    code === null ? sql`${sql.ref(column)} is not null` : sql`${sql.ref(column)} = ${code === 'yes'}`
const capacity = (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`exists (select from directory.capacity c where c.service_id = s.id and ${condition})`

const wishes: Readonly<Record<string, RawBuilder<unknown>>> = {
  'led-by': sql`s.led_by <> '{}'`,
  'worker-gender': sql`s.worker_gender <> '{}'`,
  model: sql`(s.models <> '{}' and s.kind <> 'for-people-using-abuse')`,
  remote: sql`s.remote is not null`,
  cost: sql`s.cost is not null`,
  'needs-no-public-funds': sql`s.needs_no_public_funds is not null`,
}

const ofService = {
  'anydoor-access': inList('s.access'),
  'anydoor-access-words': () => sql`(s.access_text is not null and not s.confidential)`,
  'anydoor-after': inList('s.after_needs'),
  'anydoor-bill-to': (code) => (code === null ? sql`s.bill_to is not null` : sql`s.bill_to = ${code}`),
  'anydoor-capacity': (code) => capacity(code === null ? sql`true` : sql`c.state = ${code}`),
  'anydoor-consultation': answered('s.consultation'),
  'anydoor-diagnosis-to-pay': answered('s.diagnosis_to_pay'),
  'anydoor-documents': () => sql`s.documents = '{}'`,
  'anydoor-fixed': inList('s.fixed_facets'),
  'anydoor-insurer': () => sql`s.insurers <> '{}'`,
  'anydoor-kind': (code) => (code === null ? sql`true` : sql`s.kind = ${code}`),
  'anydoor-need': inList('s.needs'),
  'anydoor-places': () => capacity(sql`c.places is null`),
  'anydoor-region': () => sql`exists (select from directory.service_at_location a
    join directory.location l on l.id = a.location_id where a.service_id = s.id and l.region is not null
      and s.kind <> 'for-people-using-abuse' and (s.confidential or (not l.confidential and num_nonnulls(l.address_1, l.address_2,
      l.city, l.postal_code, l.country) = 0)))`,
  'anydoor-self-referral': answered('s.self_referral'),
  'anydoor-source-id': () => sql`directory.listed_text(s.source_id, s.id) <> s.source_id`,
  'anydoor-survivor-led': answered('s.survivor_led'),
  'anydoor-threshold': (code) =>
    sql`exists (select from directory.threshold t where t.service_id = s.id
      and ${code === null ? sql`true` : sql`t.soft = ${code === 'soft'}`})`,
  'anydoor-wait': () => capacity(sql`c.wait_weeks is not null`),
  'anydoor-wish': (code) =>
    code === null ? sql`(${sql.join(Object.values(wishes), sql` or `)})` : (wishes[code] ?? sql`false`),
  'location-privacy': () => sql`s.confidential`,
} as const satisfies Readonly<Record<string, Has>>

const ofOrganization = {
  'anydoor-pack': (code) => (code === null ? sql`true` : sql`o.pack = ${code}`),
  'anydoor-report': () => sql`o.must_report is not null`,
  'anydoor-sector': (code) => (code === null ? sql`true` : sql`o.sector = ${code}`),
  'anydoor-training': () => sql`exists (select from directory.training r where r.organization_id = o.id)`,
} as const satisfies Readonly<Record<string, Has>>
