import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { type ContactForm, type DetailForm, linesOf, type PayingForm } from './offer-edit.ts'
import type { PeopleForm, VisitForm } from './offer-edit.ts'
import { ownTerms } from './term.ts'

/** Writes getting in and what to bring. */
export async function writeVisit(db: Tx, serviceId: string, form: VisitForm): Promise<void> {
  const documents =
    form.bring === 'unknown' ? null : form.bring === 'none' ? [] : [...linesOf(form.documents)]
  const text = form.accessText.trim() === '' ? null : form.accessText.trim()
  await sql`
    update directory.service set access = ${form.access}::text[], access_text = ${text}, documents = ${documents}::text[],
      updated_at = now() where id = ${serviceId}`.execute(db)
}

/** Writes what it costs, who pays and who gets a bill. */
export async function writePaying(db: Tx, serviceId: string, form: PayingForm): Promise<void> {
  await sql`
    update directory.service set cost = ${form.cost === 'unknown' ? null : form.cost}, fees_text = ${or(form.fees)},
      needs_no_public_funds = ${said(form.funds)}, bill_to = ${form.billTo === 'unknown' ? null : form.billTo},
      insurers = ${[...linesOf(form.insurers)]}::text[], diagnosis_to_pay = ${said(form.diagnosis)}, updated_at = now()
    where id = ${serviceId}`.execute(db)
}

/** Writes one contact, confirmed today; `new` adds one. A cover that is no other contact of the service is none. */
export async function writeContact(
  db: Tx,
  serviceId: string,
  contactId: string,
  form: ContactForm,
): Promise<void> {
  const cover = form.cover === '' || form.cover === contactId ? null : form.cover
  const values = sql`${form.name}, ${form.role}, ${form.purpose}, ${or(form.phone)}, ${or(form.email)},
    ${or(form.awayFrom ?? '')}::date, ${or(form.awayUntil ?? '')}::date, (select id from directory.contact
      where service_id = ${serviceId} and id = ${cover}::uuid), current_date, now()`
  const columns = sql`name, role, purpose, phone, email, away_from, away_until, cover, confirmed_on, updated_at`
  await (
    contactId === 'new'
      ? sql`insert into directory.contact (service_id, ${columns}) values (${serviceId}, ${values})`
      : sql`update directory.contact set (${columns}) = (select ${values})
        where service_id = ${serviceId} and id = ${contactId}`
  ).execute(db)
}

/** Takes one contact away. */
export async function removeContact(db: Tx, serviceId: string, contactId: string): Promise<void> {
  await sql`delete from directory.contact where service_id = ${serviceId} and id = ${contactId}`.execute(db)
}

/** Writes what partners read beside the listing; nothing at all takes it away. */
export async function writeDetail(db: Tx, serviceId: string, form: DetailForm): Promise<void> {
  const [detail, phone, email] = [or(form.detail), or(form.phone), or(form.email)]
  await (
    detail === null && phone === null && email === null
      ? sql`delete from directory.partner_detail where service_id = ${serviceId}`
      : sql`insert into directory.partner_detail (service_id, detail, phone, email)
          values (${serviceId}, ${detail}, ${phone}, ${email})
          on conflict (service_id) do update set detail = excluded.detail, phone = excluded.phone, email = excluded.email,
            updated_at = now()`
  ).execute(db)
}

/** Writes which of our own terms a service has. */
export async function writeTerms(db: Tx, serviceId: string, chosen: readonly string[]): Promise<void> {
  const own = ownTerms.map((each) => each.code)
  await sql`
    delete from directory.service_term where service_id = ${serviceId} and code = any(${own}::text[])
      and not code = any(${chosen}::text[])`.execute(db)
  await sql`
    insert into directory.service_term (service_id, code) select ${serviceId}, unnest(${chosen}::text[])
    on conflict do nothing`.execute(db)
}

/** Writes who leads a service. */
export async function writePeople(db: Tx, serviceId: string, form: PeopleForm): Promise<void> {
  const led = form.survivorLed === 'unknown' ? null : form.survivorLed === 'yes'
  await sql`
    update directory.service set survivor_led = ${led}, led_by = ${form.ledBy}::text[], updated_at = now()
    where id = ${serviceId}`.execute(db)
}

function or(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

/** What was not said yet is null, and not no. */
function said(answer: 'yes' | 'no' | 'unknown'): boolean | null {
  return answer === 'unknown' ? null : answer === 'yes'
}
