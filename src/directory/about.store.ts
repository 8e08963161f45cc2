import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { AboutForm, Works } from './about.ts'
import { accessFeatures } from './practical.ts'
import { hidePlacesOf } from './staging.store.ts'

/** Writes what a service is, in words, what it helps with and whether it is open. */
export async function writeAbout(db: Tx, serviceId: string, form: AboutForm): Promise<void> {
  await sql`
    update directory.service set name = ${form.name}, alternate_name = ${or(form.other)}, description = ${form.description},
      needs = ${form.needs}::text[], eligibility_text = ${or(form.eligibility)}, alert = ${or(form.alert)},
      status = ${form.status}, updated_at = now()
    where id = ${serviceId}`.execute(db)
}

/** Keeps an entry that says nowhere where it is secret from now on: no place, no times but those of its telephone. */
export async function writeSecret(db: Tx, serviceId: string): Promise<void> {
  const building = accessFeatures.filter((each) => each.building).map((each) => each.code)
  const { rows } = await sql<{ id: string }>`
    select location_id as id from directory.service_at_location where service_id = ${serviceId}`.execute(db)
  await hidePlacesOf(
    db,
    rows.map((row) => row.id),
  )
  await sql`
    delete from directory.schedule where service_id = ${serviceId} and (what <> 'phone' or location_id is not null)`.execute(
    db,
  )
  await sql`update directory.schedule set note = null where service_id = ${serviceId}`.execute(db)
  await sql`
    update directory.service set confidential = true, times_text = null, access_text = null,
      access = array(select a from unnest(access) a where a <> all(${building}::text[])), updated_at = now()
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
