import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { AboutForm, Works } from './about.ts'

/** Writes what a service is, in words, what it helps with and whether it is open. */
export async function writeAbout(db: Tx, serviceId: string, form: AboutForm): Promise<void> {
  await sql`
    update directory.service set name = ${form.name}, alternate_name = ${or(form.other)}, description = ${form.description},
      needs = ${form.needs}::text[], eligibility_text = ${or(form.eligibility)}, alert = ${or(form.alert)},
      status = ${form.status}, updated_at = now()
    where id = ${serviceId}`.execute(db)
}

/** Writes how a service works. */
export async function writeWorks(db: Tx, serviceId: string, works: Works): Promise<void> {
  await sql`
    update directory.service set self_referral = ${works.selfReferral}, consultation = ${works.consultation},
      remote = ${works.remote}, languages = ${[...works.languages]}::text[], areas = ${[...works.areas]}::text[],
      worker_gender = ${[...works.workerGender]}::text[], models = ${[...works.models]}::text[], updated_at = now()
    where id = ${serviceId}`.execute(db)
}

function or(text: string): string | null {
  return text === '' ? null : text
}
