import type { Bundle, Resource, ServiceRequest, Task } from '@medplum/fhirtypes'

import { labelsOfAll } from '#exchange'
import { consentOf } from './consent.rules.ts'
import { agencyReference } from './coding.rules.ts'
import { patientOf } from './patient.rules.ts'
import type { AgencyNamed, ReferralSeen } from './seen.ts'
import { serviceRequestOf } from './service-request.rules.ts'
import { questionTasksOf, taskOf } from './task.rules.ts'
import { tasksOf } from './task-walk.rules.ts'
import { provenanceOf } from './trail.rules.ts'

/**
 * A referral as one side sees it, in FHIR: the ServiceRequest first, then its Tasks, the person, the permission, where it came from.
 * Empty for an ask: it is about nobody, and a ServiceRequest has to be about somebody.
 */
export function resourcesOf(seen: ReferralSeen): readonly Resource[] {
  const tasks = tasksOf(seen)
  const last = tasks.at(-1)
  if (seen.file.thread.kind === 'ask' || last === undefined) return []
  const consent = consentOf(seen)
  return [
    serviceRequestOf(seen, last),
    ...tasks.map((task) => taskOf(seen, task, task === last)),
    ...questionTasksOf(seen, tasks),
    patientOf(seen),
    ...(consent === null ? [] : [consent]),
    provenanceOf(seen, last),
  ]
}

/** Resources as one file; it carries the highest confidentiality of what is in it, and every other label. */
export function bundleOf(resources: readonly Resource[], base: string): Bundle {
  const security = labelsOfAll(resources.map((each) => each.meta))
  return {
    resourceType: 'Bundle',
    meta: { security },
    type: 'collection',
    entry: resources.map((resource) => ({
      fullUrl: `${base}/${resource.resourceType}/${resource.id ?? ''}`,
      resource,
    })),
  }
}

/**
 * Between two systems we are the platform in the middle (Gravity, indirect): the order that we place is our own, based on the
 * source's, and so is the Task, which is a part of the source's.
 */
export function fillerOf(
  order: { readonly request: ServiceRequest; readonly task: Task },
  source: { readonly request: string; readonly task: string },
  platform: AgencyNamed,
): { readonly request: ServiceRequest; readonly task: Task } {
  const id = `${order.request.id ?? ''}.filler`
  return {
    request: {
      ...order.request,
      id,
      intent: 'filler-order',
      basedOn: [{ reference: source.request }],
    },
    task: {
      ...order.task,
      id: `${order.task.id ?? ''}.filler`,
      intent: 'filler-order',
      requester: agencyReference(platform),
      focus: { reference: `ServiceRequest/${id}` },
      partOf: [{ reference: source.task }],
    },
  }
}
