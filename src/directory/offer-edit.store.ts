import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { linesOf, type ContactForm, type PayingForm, type VisitForm } from './offer-edit.ts'

/** Writes getting in and what to bring. */
export async function writeVisit(db: Tx, serviceId: string, form: VisitForm): Promise<void> {
  const documents =
    form.bring === 'unknown' ? null : form.bring === 'none' ? [] : [...linesOf(form.documents)]
  const text = form.accessText.trim() === '' ? null : form.accessText.trim()
  await sql`
    update directory.service set access = ${form.access}::text[], access_text = ${text}, documents = ${documents}::text[],
      updated_at = now() where id = ${serviceId}`.execute(db)
}

/** Writes who pays and who gets a bill. */
export async function writePaying(db: Tx, serviceId: string, form: PayingForm): Promise<void> {
  await sql`
    update directory.service set bill_to = ${form.billTo === 'unknown' ? null : form.billTo},
      insurers = ${[...linesOf(form.insurers)]}::text[],
      diagnosis_to_pay = ${form.diagnosis === 'unknown' ? null : form.diagnosis === 'yes'}, updated_at = now()
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
  const or = (text: string) => (text.trim() === '' ? null : text.trim())
  const values = sql`${form.name}, ${form.role}, ${form.purpose}, ${or(form.phone)}, ${or(form.email)},
    ${or(form.awayFrom)}::date, ${or(form.awayUntil)}::date, (select id from directory.contact
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
