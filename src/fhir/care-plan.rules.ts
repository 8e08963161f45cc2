import type { CarePlan, CarePlanActivity } from '@medplum/fhirtypes'

import { said } from '#exchange'
import { agencyReference, beside, idsOf, ownSystem } from './coding.rules.ts'
import { labelsOf } from './label.rules.ts'
import type { AgencyNamed } from './seen.ts'

/** One step of what somebody planned: a service, and the referral that it became. */
export interface PlannedStep {
  readonly service: string
  /** The referral and the number of its Task that counts now; null: nothing was sent yet. */
  readonly sent: { readonly threadId: string; readonly task: number } | null
  /** It waits for another step or a day. */
  readonly waits: boolean
}

/** The steps of one file as a plan. Another person's steps are in a plan of their own; why a step waits is in none. */
export function carePlanOf(plan: {
  readonly id: string
  readonly caseId: string
  readonly us: AgencyNamed
  readonly at: Date
  readonly demo: boolean
  readonly steps: readonly PlannedStep[]
}): CarePlan {
  const activity = plan.steps.map(activityOf)
  return {
    resourceType: 'CarePlan',
    id: plan.id,
    meta: {
      lastUpdated: plan.at.toISOString(),
      security: labelsOf(['referral-abuse-service'], plan.demo),
    },
    status: 'active',
    intent: 'plan',
    subject: { type: 'Patient', identifier: { system: ownSystem('case'), value: `urn:uuid:${plan.caseId}` } },
    author: agencyReference(plan.us),
    ...(activity.length === 0 ? {} : { activity }),
  }
}

function activityOf({ service, sent, waits }: PlannedStep): CarePlanActivity {
  if (sent !== null) return { reference: beside('Task', idsOf(sent.threadId).task(sent.task)) }
  const text = said(service)
  return {
    detail: {
      kind: 'ServiceRequest',
      status: waits ? 'on-hold' : 'not-started',
      ...(text === null ? {} : { code: { text } }),
    },
  }
}
