import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing } from './change.actions.ts'
import type { EditorRefusal } from './editor.ts'
import { looksAfter } from './editor.store.ts'
import { changingOrganizations } from './organization-change.actions.ts'
import type { ServiceDetail } from './service.ts'
import type { FieldSetHere, OrganizationFieldSetHere } from './set-here.ts'
import { letFileSay, letFileSayOfOrganization, organizationSetHereOf, setHereOf } from './set-here.store.ts'

/** Lets the next file say a field again that was set here. What stands stays until then. */
export async function followFile(
  db: Tx,
  actor: Actor,
  serviceId: string,
  field: FieldSetHere,
): Promise<{ readonly done: true } | EditorRefusal> {
  if (!(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  if (!(await setHereOf(db, serviceId)).some((each) => each.field === field)) return { done: true }
  const fields = [{ field: 'set_here', before: field, after: null }]
  await changing(db, actor, { services: [serviceId], what: 'set-here', fields }, () =>
    letFileSay(db, serviceId, [field]),
  )
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { what: 'set-here', service: serviceId, field },
  })
  return { done: true }
}

/** The same of a detail of the organisation whose entry this is. */
export async function followFileOfOrganization(
  db: Tx,
  actor: Actor,
  { id, organizationId }: Pick<ServiceDetail, 'id' | 'organizationId'>,
  field: OrganizationFieldSetHere,
): Promise<{ readonly done: true } | EditorRefusal> {
  if (!(await looksAfter(db, actor.partyId, id))) return { refused: 'missing' }
  const set = await organizationSetHereOf(db, organizationId)
  if (!set.some((each) => each.field === field)) return { done: true }
  const fields = [{ field: 'set_here', before: field, after: null }]
  await changingOrganizations(db, actor, { organizations: [organizationId], what: 'set-here', fields }, () =>
    letFileSayOfOrganization(db, organizationId, field),
  )
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { what: 'set-here', of: organizationId, field },
  })
  return { done: true }
}
