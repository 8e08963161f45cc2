import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing } from './change.actions.ts'
import type { EditorRefusal } from './editor.ts'
import { looksAfter } from './editor.store.ts'
import { changingOrganizations } from './organization-change.actions.ts'
import { phoneLines, spelledOut } from './reach.rules.ts'
import { type OrganizationForm, type ReachForm, reportParts } from './reach.ts'
import { organizationDetails, writeOrganization, writeReach } from './reach.store.ts'
import { serviceById } from './service.store.ts'
import type { ServiceDetail } from './service.ts'
import { carriesAddress, namesAddress } from './suggestion.rules.ts'

type Outcome<Field extends string> =
  | { readonly done: true }
  | EditorRefusal
  | { readonly refused: 'address'; readonly at: Field }

/** Says how people reach a service. Of a secret place no field takes an address, and its website, which is not shown, stays. */
export async function setReach(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: ReachForm,
): Promise<Outcome<'phones' | 'url' | 'how'>> {
  const service = await serviceById(db, serviceId)
  if (service === null || !(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  const kept = service.confidential ? { ...form, url: service.url ?? '' } : form
  const typed = { phones: kept.phones, url: service.confidential ? '' : spelledOut(kept.url), how: kept.how }
  for (const field of ['phones', 'url', 'how'] as const)
    if (carriesAddress(typed[field], service)) return { refused: 'address', at: field }
  await changing(db, actor, { services: [serviceId], what: 'reach', why: form.why }, () =>
    writeReach(db, serviceId, kept),
  )
  await record(db, actor, { kind: 'directory.changed', detail: { service: serviceId, what: 'reach' } })
  return { done: true }
}

/**
 * Says an organisation's own telephone, mail, website and what it must pass on. An entry of it can become secret any day, so
 * nothing that is new here may name an address, whether one is secret today or not.
 */
export async function setOrganization(
  db: Tx,
  actor: Actor,
  service: Pick<ServiceDetail, 'id' | 'organizationId'>,
  form: OrganizationForm,
): Promise<Outcome<'phones' | 'website' | (typeof reportParts)[number]>> {
  const { id, organizationId } = service
  const now = await organizationDetails(db, organizationId)
  if (now === null || !(await looksAfter(db, actor.partyId, id))) return { refused: 'missing' }
  const stood = { phones: phoneLines(now.phones), website: now.website ?? '', ...sentences(now.mustReport) }
  for (const field of ['phones', 'website', ...reportParts] as const) {
    const typed = field === 'website' ? spelledOut(form[field]) : form[field]
    if (form[field] !== stood[field] && namesAddress(typed)) return { refused: 'address', at: field }
  }
  const about = { organizations: [organizationId], what: 'organization', why: form.why }
  await changingOrganizations(db, actor, about, () => writeOrganization(db, organizationId, form))
  await record(db, actor, { kind: 'directory.changed', detail: { what: 'organization', of: organizationId } })
  return { done: true }
}

/** The three sentences by the names of their fields. */
export function sentences(
  mustReport: readonly string[] | null,
): Record<(typeof reportParts)[number], string> {
  const [goes = '', report = '', also = ''] = mustReport ?? []
  return { goes, report, also }
}
