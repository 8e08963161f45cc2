import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing } from './change.actions.ts'
import type { EditorRefusal } from './editor.ts'
import { looksAfter } from './editor.store.ts'
import { type ContactForm, type DetailForm, offeredTerms, type PayingForm } from './offer-edit.ts'
import { ledByOffered, type PeopleForm, type VisitForm } from './offer-edit.ts'
import { removeContact, writeContact, writeDetail, writePaying, writePeople } from './offer-edit.store.ts'
import { writeTerms, writeVisit } from './offer-edit.store.ts'
import { refreshDerived } from './matching.store.ts'
import { accessFeatures, ledByOf } from './practical.ts'
import { serviceById } from './service.store.ts'
import { carriesAddress } from './suggestion.rules.ts'
import { ownTerms } from './term.ts'
import { storeTerms } from './term.store.ts'
import type { SaidTimes } from './times.ts'
import { writeTimes } from './times.store.ts'

interface Done {
  readonly done: true
}

/** Says how people get in and what to bring; a confidential place keeps nothing that speaks of a building or an address. */
export async function setVisit(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: VisitForm,
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, serviceId)
  if (service === null) return { refused: 'missing' }
  if (carriesAddress(form.documents, service)) return { refused: 'address' }
  const building = (code: string) => accessFeatures.some((each) => each.code === code && each.building)
  const kept = service.confidential
    ? { ...form, accessText: '', access: form.access.filter((code) => !building(code)) }
    : form
  return set(db, actor, serviceId, 'visit', () => writeVisit(db, serviceId, kept), form.why)
}

/** Says what it costs, who pays and who gets a bill. */
export async function setPaying(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: PayingForm,
): Promise<Done | EditorRefusal | { readonly refused: 'address'; readonly at: 'fees' | 'insurers' }> {
  const service = await serviceById(db, serviceId)
  if (service === null) return { refused: 'missing' }
  for (const field of ['fees', 'insurers'] as const)
    if (carriesAddress(form[field], service)) return { refused: 'address', at: field }
  return set(db, actor, serviceId, 'paying', () => writePaying(db, serviceId, form), form.why)
}

/** Adds, changes or takes away a named contact. The ledger and the history say that it was, not who it is. */
export async function setContact(
  db: Tx,
  actor: Actor,
  at: { readonly serviceId: string; readonly contactId: string },
  form: ContactForm,
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, at.serviceId)
  if (service === null) return { refused: 'missing' }
  if (carriesAddress(`${form.name}\n${form.role}`, service)) return { refused: 'address' }
  const write = () =>
    form.act === 'remove'
      ? removeContact(db, at.serviceId, at.contactId)
      : writeContact(db, at.serviceId, at.contactId, form)
  return set(db, actor, at.serviceId, 'contact', write, form.why)
}

/**
 * Says when a service is open and when its telephone is answered. Work with people who use abuse has no times: they would tell
 * when a group meets. A confidential place has those of its telephone, without words.
 */
export async function setTimes(
  db: Tx,
  actor: Actor,
  serviceId: string,
  { said, why }: { readonly said: SaidTimes; readonly why: string },
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, serviceId)
  if (service === null) return { refused: 'missing' }
  if (service.kind === 'for-people-using-abuse') return { refused: 'no-group-times' }
  const telling = said.times.some((each) => each.what !== 'phone' || each.note !== null)
  if (service.confidential && (telling || said.text.trim() !== '')) return { refused: 'confidential-times' }
  if (carriesAddress([said.text, ...said.times.map((each) => each.note ?? '')].join('\n'), service))
    return { refused: 'address' }
  return set(db, actor, serviceId, 'times', () => writeTimes(db, serviceId, said), why)
}

/** Says what partners read beside the listing. History and ledger say that it changed, not what it says. */
export async function setDetail(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: DetailForm,
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, serviceId)
  if (service === null) return { refused: 'missing' }
  if (carriesAddress(form.detail, service)) return { refused: 'address' }
  return set(db, actor, serviceId, 'detail', () => writeDetail(db, serviceId, form), form.why)
}

/** Chooses terms of our own vocabulary; those of other lists stay. */
export async function setTerms(
  db: Tx,
  actor: Actor,
  serviceId: string,
  { terms, why }: { readonly terms: readonly string[]; readonly why: string },
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, serviceId)
  if (service === null) return { refused: 'missing' }
  const offered = offeredTerms(service.confidential).map((each) => each.code)
  const chosen = terms.filter((code) => offered.includes(code))
  const write = async () => {
    await storeTerms(db, ownTerms)
    await writeTerms(db, serviceId, chosen)
  }
  return set(db, actor, serviceId, 'terms', write, why)
}

/** Says who leads a service: people who have lived through abuse, and communities that it is led by and for. */
export async function setPeople(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: PeopleForm,
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, serviceId)
  if (service === null) return { refused: 'missing' }
  const offered = ledByOffered(service.wishes.ledBy)
  const kept = { ...form, ledBy: [...ledByOf(form.ledBy.filter((code) => offered.includes(code)))] }
  const write = async () => {
    await writePeople(db, serviceId, kept)
    await refreshDerived(db, [serviceId])
  }
  return set(db, actor, serviceId, 'people', write, form.why)
}

async function set(
  db: Tx,
  actor: Actor,
  serviceId: string,
  what: string,
  write: () => Promise<void>,
  why: string,
): Promise<Done | EditorRefusal> {
  if (!(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  await changing(db, actor, { services: [serviceId], what, why }, write)
  await record(db, actor, { kind: 'directory.changed', detail: { service: serviceId, what } })
  return { done: true }
}
