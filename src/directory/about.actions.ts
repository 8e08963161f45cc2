import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { type AboutForm, genders, models, type WorksForm } from './about.ts'
import { asksIfSecret, chosenOf, languagesOf, needsOffered, offeredOf, tellsPlace } from './about.rules.ts'
import { writeAbout, writeSecret, writeWorks } from './about.store.ts'
import { changing } from './change.actions.ts'
import type { EditorRefusal } from './editor.ts'
import { looksAfter } from './editor.store.ts'
import { speaksOfUsing } from './hsds-kind.rules.ts'
import { refreshDerived } from './matching.store.ts'
import { linesOf } from './offer-edit.ts'
import { serviceById } from './service.store.ts'
import { carriesAddress, namesAddress } from './suggestion.rules.ts'

interface Done {
  readonly done: true
}

/** The page asks whether the place has to stay secret, or says what comes first if so. */
interface AskedIfSecret {
  readonly refused: 'secret-unsaid' | 'secret-place-open'
  readonly at: 'secret'
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
): Promise<Done | EditorRefusal | At<(typeof worded)[number]> | AskedIfSecret> {
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
  const asked = asksIfSecret(service, form)
  if (asked && form.secret === undefined) return { refused: 'secret-unsaid', at: 'secret' }
  if (asked && form.secret === 'yes') {
    for (const field of worded) if (namesAddress(form[field])) return { refused: 'address', at: field }
    if (tellsPlace(service)) return { refused: 'secret-place-open', at: 'secret' }
  }
  const offered = needsOffered(service.kind, service.needs)
  const needs = [...chosenOf(service.needs, form.needs, offered)]
  const said = asked ? { secret: form.secret } : {}
  return set(db, actor, serviceId, { what: 'about', why: form.why, said }, async () => {
    await writeAbout(db, serviceId, { ...form, needs })
    if (asked && form.secret === 'yes') await writeSecret(db, serviceId)
  })
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
  {
    what,
    why,
    said,
  }: {
    readonly what: string
    readonly why: string
    readonly said?: { readonly secret?: AboutForm['secret'] }
  },
  write: () => Promise<void>,
): Promise<Done> {
  await changing(db, actor, { services: [serviceId], what, why }, async () => {
    await write()
    await refreshDerived(db, [serviceId])
  })
  await record(db, actor, { kind: 'directory.changed', detail: { service: serviceId, what, ...said } })
  return { done: true }
}
