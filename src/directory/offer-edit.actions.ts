import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing } from './change.actions.ts'
import type { EditorRefusal } from './editor.ts'
import { looksAfter } from './editor.store.ts'
import type { ContactForm, PayingForm, VisitForm } from './offer-edit.ts'
import { removeContact, writeContact, writePaying, writeVisit } from './offer-edit.store.ts'
import { accessFeatures } from './practical.ts'
import { serviceById } from './service.store.ts'

interface Done {
  readonly done: true
}

/** Says how people get in and what to bring; a confidential place keeps nothing that speaks of a building. */
export async function setVisit(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: VisitForm,
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, serviceId)
  if (service === null) return { refused: 'missing' }
  const building = (code: string) => accessFeatures.some((each) => each.code === code && each.building)
  const kept = service.confidential
    ? { ...form, accessText: '', access: form.access.filter((code) => !building(code)) }
    : form
  return set(db, actor, serviceId, 'visit', () => writeVisit(db, serviceId, kept))
}

/** Says who pays and who gets a bill. */
export function setPaying(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: PayingForm,
): Promise<Done | EditorRefusal> {
  return set(db, actor, serviceId, 'paying', () => writePaying(db, serviceId, form))
}

/** Adds, changes or takes away a named contact. The ledger and the history say that it was, not who it is. */
export function setContact(
  db: Tx,
  actor: Actor,
  at: { readonly serviceId: string; readonly contactId: string },
  form: ContactForm,
): Promise<Done | EditorRefusal> {
  return set(db, actor, at.serviceId, 'contact', () =>
    form.act === 'remove'
      ? removeContact(db, at.serviceId, at.contactId)
      : writeContact(db, at.serviceId, at.contactId, form),
  )
}

async function set(
  db: Tx,
  actor: Actor,
  serviceId: string,
  what: string,
  write: () => Promise<void>,
): Promise<Done | EditorRefusal> {
  if (!(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  await changing(db, actor, { services: [serviceId], what }, write)
  await record(db, actor, { kind: 'directory.changed', detail: { service: serviceId, what } })
  return { done: true }
}
