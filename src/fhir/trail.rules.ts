import type { AuditEvent, Coding, Provenance } from '@medplum/fhirtypes'

import { systems } from '#exchange'
import { agencyReference, beside, idsOf } from './coding.rules.ts'
import { labelsOf, metaOf } from './label.rules.ts'
import { endsOf, type OtherGround, type ReferralSeen } from './seen.ts'
import { classesOf } from './service-request.rules.ts'
import type { TaskSeen } from './task-walk.rules.ts'

/** Where a referral came from: which agency made it, when, in which sealed letter. */
export function provenanceOf(seen: ReferralSeen, last: Pick<TaskSeen, 'number'>): Provenance {
  const { thread, first } = seen.file
  const ids = idsOf(thread.id)
  const { requester } = endsOf(seen)
  return {
    resourceType: 'Provenance',
    id: thread.id,
    meta: metaOf(['referral-abuse-service'], {
      demo: seen.demo,
      version: thread.version,
      at: thread.startedAt,
    }),
    target: [beside('ServiceRequest', ids.request), beside('Task', ids.task(last.number))],
    recorded: thread.startedAt.toISOString(),
    activity: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation',
          code: 'CREATE',
          display: 'create',
        },
      ],
    },
    agent: [
      {
        type: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
              code: 'author',
              display: 'Author',
            },
          ],
        },
        who: agencyReference(requester),
      },
    ],
    ...(first === null
      ? {}
      : {
          entity: [
            {
              role: 'source',
              what: { identifier: { system: systems.uri, value: `urn:uuid:${first.envelopeId}` } },
            },
          ],
        }),
  }
}

/** A line of the ledger about a referral. Who it was stays with the agency; the line says which agency. */
export interface TrailLine {
  readonly id: string
  readonly at: Date
  readonly kind: keyof typeof kinds
}

/** What is written of what: the action, the word of the REST hierarchy where there is one, and how it came out. */
const kinds = {
  'envelope.sent': { action: 'C', subtype: 'create', outcome: '0' },
  'envelope.opened': { action: 'R', subtype: 'read', outcome: '0' },
  'envelope.not-open': { action: 'R', subtype: 'read', outcome: '8' },
  'envelope.withdrawn': { action: 'U', subtype: 'update', outcome: '0' },
  'envelope.taken': { action: 'E', subtype: null, outcome: '0' },
  'referral.changed': { action: 'U', subtype: 'update', outcome: '0' },
} as const

const exported: Coding = {
  system: 'http://dicom.nema.org/resources/ontology/DCM',
  code: '110106',
  display: 'Export',
}
const rest: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  code: 'rest',
  display: 'RESTful Operation',
}

/**
 * One look or act. Where it rests on no permission, the purpose says on what: that is what stands in the place of a Consent
 * (standards.md 4.4).
 */
export function auditEventOf(seen: ReferralSeen, line: TrailLine): AuditEvent {
  const { action, subtype, outcome } = kinds[line.kind]
  const classes = classesOf((seen.permission?.items ?? []).map((kind) => ({ kind })))
  return {
    resourceType: 'AuditEvent',
    id: line.id,
    meta: { lastUpdated: line.at.toISOString(), security: labelsOf(classes, seen.demo) },
    type: subtype === null ? exported : rest,
    ...(subtype === null
      ? {}
      : {
          subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: subtype, display: subtype }],
        }),
    action,
    recorded: line.at.toISOString(),
    outcome,
    purposeOfEvent: [{ coding: [purposeOf(seen.ground)] }],
    agent: [{ who: agencyReference(seen.us), requestor: true }],
    source: { observer: agencyReference(seen.us) },
    entity: [
      {
        what: beside('ServiceRequest', idsOf(seen.file.thread.id).request),
        securityLabel: labelsOf(classes, seen.demo),
      },
    ],
  }
}

function purposeOf(ground: OtherGround | null): Coding {
  const system = systems.actReason
  switch (ground) {
    case 'legal':
      return { system, code: 'HLEGAL', display: 'legal' }
    case 'threat':
      return { system, code: 'THREAT', display: 'threat' }
    case 'break-glass':
      return { system, code: 'BTG', display: 'break the glass' }
    case null:
      return { system, code: 'COC', display: 'coordination of care' }
  }
}
