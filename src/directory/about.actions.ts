import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { type AboutForm, genders, models, type WorksForm } from './about.ts'
import { chosenOf, languagesOf, needsOffered, offeredOf } from './about.rules.ts'
import { writeAbout, writeWorks } from './about.store.ts'
import { changing } from './change.actions.ts'
import type { EditorRefusal } from './editor.ts'
import { looksAfter } from './editor.store.ts'
import { speaksOfUsing } from './hsds-kind.rules.ts'
import { refreshDerived } from './matching.store.ts'
import { linesOf } from './offer-edit.ts'
import { serviceById } from './service.store.ts'
import { carriesAddress } from './suggestion.rules.ts'

interface Done {
  readonly done: true
}

/** Where a refused word stands. */
interface At<Field extends string> {
  readonly refused: 'address' | 'apart'
  readonly at: Field
}

const worded = ['name', 'other', 'description', 'eligibility', 'alert'] as const

/**
 * Says what a service is, what it helps with and whether it is open. No word of a secret place names an address; a name that
 * speaks of people who use abuse stands only where they are listed, apart from everybody else.
 */
export async function setAbout(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: AboutForm,
): Promise<Done | EditorRefusal | At<(typeof worded)[number]>> {
  const service = await serviceById(db, serviceId)
  if (service === null || !(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  for (const field of worded)
    if (carriesAddress(form[field], service)) return { refused: 'address', at: field }
  const stands = { name: service.name, other: service.code ?? '' }
  for (const field of ['name', 'other'] as const)
    if (
      service.kind !== 'for-people-using-abuse' &&
      form[field] !== stands[field] &&
      speaksOfUsing(form[field])
    )
      return { refused: 'apart', at: field }
  const offered = needsOffered(service.kind, service.needs)
  const needs = [...chosenOf(service.needs, form.needs, offered)]
  return set(db, actor, serviceId, { what: 'about', why: form.why }, () =>
    writeAbout(db, serviceId, { ...form, needs }),
  )
}

/** Says how a service works. Where people who use abuse come, nothing is said of groups, so the ways of working stay. */
export async function setWorks(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: WorksForm,
): Promise<Done | EditorRefusal | At<'languages' | 'areas'> | { readonly unknown: string }> {
  const service = await serviceById(db, serviceId)
  if (service === null || !(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  for (const field of ['languages', 'areas'] as const)
    if (carriesAddress(form[field], service)) return { refused: 'address', at: field }
  const { wishes, kind } = service
  const spoken = languagesOf(linesOf(form.languages), wishes.languages)
  if ('unknown' in spoken) return spoken
  const works = {
    selfReferral: form.self === 'yes',
    consultation: form.consultation === 'yes',
    remote: form.remote === 'unknown' ? null : form.remote === 'yes',
    languages: spoken.codes,
    areas: linesOf(form.areas),
    workerGender: chosenOf(wishes.workerGender, form.gender, offeredOf(genders, wishes.workerGender)),
    models:
      kind === 'for-people-using-abuse'
        ? wishes.models
        : chosenOf(wishes.models, form.models, offeredOf(models, wishes.models)),
  }
  return set(db, actor, serviceId, { what: 'works', why: form.why }, () => writeWorks(db, serviceId, works))
}

/** Search and the engine read all of this, so what is derived of it is written again in the same act. */
async function set(
  db: Tx,
  actor: Actor,
  serviceId: string,
  { what, why }: { readonly what: string; readonly why: string },
  write: () => Promise<void>,
): Promise<Done> {
  await changing(db, actor, { services: [serviceId], what, why }, async () => {
    await write()
    await refreshDerived(db, [serviceId])
  })
  await record(db, actor, { kind: 'directory.changed', detail: { service: serviceId, what } })
  return { done: true }
}
