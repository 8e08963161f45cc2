import { z } from 'zod'

// A text of FHIR is never empty; nor is a list. What we do not read stays as it came.
const text = z.string().regex(/\S/)
const many = <T extends z.ZodType>(each: T) => z.array(each).nonempty().optional()
const Id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)
const dateTime = z.string().regex(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/)
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
const Identifier = z.looseObject({ system: text.optional(), value: text.optional() })
const Coding = z.looseObject({ system: text.optional(), code: text.optional(), display: text.optional() })
const Concept = z.looseObject({ coding: many(Coding), text: text.optional() })
const Reference = z.looseObject({
  reference: text.optional(),
  type: text.optional(),
  identifier: Identifier.optional(),
  display: text.optional(),
})
const Period = z.looseObject({ start: dateTime.optional(), end: dateTime.optional() })
const resource = {
  id: Id.optional(),
  meta: z
    .looseObject({ versionId: Id.optional(), lastUpdated: instant.optional(), security: many(Coding) })
    .optional(),
  identifier: many(Identifier),
}

const Provision = z.looseObject({
  type: z.enum(['deny', 'permit']).optional(),
  period: Period.optional(),
  dataPeriod: Period.optional(),
  actor: many(z.looseObject({ role: Concept, reference: Reference })),
  action: many(Concept),
  securityLabel: many(Coding),
  purpose: many(Coding),
  class: many(Coding),
  code: many(Concept),
  data: many(z.looseObject({ meaning: text, reference: Reference })),
  get provision() {
    return many(Provision)
  },
})
export type Provision = z.output<typeof Provision>

export const ConsentIn = z.looseObject({
  ...resource,
  resourceType: z.literal('Consent'),
  status: z.enum(['draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error']),
  scope: Concept,
  category: z.array(Concept).nonempty(),
  patient: Reference.optional(),
  dateTime: dateTime.optional(),
  policyRule: Concept.optional(),
  provision: Provision.optional(),
})
export type ConsentIn = z.output<typeof ConsentIn>

const requestStatus = z.enum([
  'draft',
  'active',
  'on-hold',
  'revoked',
  'completed',
  'entered-in-error',
  'unknown',
])
const Annotation = z.looseObject({ text })
const ServiceRequestIn = z.looseObject({
  ...resource,
  resourceType: z.literal('ServiceRequest'),
  status: requestStatus,
  intent: text,
  priority: z.enum(['routine', 'urgent', 'asap', 'stat']).optional(),
  category: many(Concept),
  code: Concept.optional(),
  subject: Reference,
  requester: Reference.optional(),
  performer: many(Reference),
  reasonCode: many(Concept),
  supportingInfo: many(Reference),
  note: many(Annotation),
})

const ContactDetail = z.looseObject({
  name: text.optional(),
  telecom: many(z.looseObject({ system: text.optional(), value: text.optional() })),
})

const TaskIn = z.looseObject({
  ...resource,
  resourceType: z.literal('Task'),
  // Base FHIR knows more than the guide; what the guide leaves out is read, and no move of ours.
  status: z.enum([
    'draft',
    'requested',
    'received',
    'accepted',
    'rejected',
    'ready',
    'cancelled',
    'in-progress',
    'on-hold',
    'failed',
    'completed',
    'entered-in-error',
  ]),
  statusReason: Concept.optional(),
  businessStatus: Concept.optional(),
  intent: text,
  focus: Reference.optional(),
  for: Reference.optional(),
  requester: Reference.optional(),
  owner: Reference.optional(),
  note: many(Annotation),
  output: many(
    z.looseObject({
      type: Concept,
      valueString: text.optional(),
      valueDate: dateTime.optional(),
      valueDateTime: dateTime.optional(),
      valuePositiveInt: z.int().min(1).max(2_147_483_647).optional(),
      valueCodeableConcept: Concept.optional(),
      valueContactDetail: ContactDetail.optional(),
    }),
  ),
})
const PatientIn = z.looseObject({
  ...resource,
  resourceType: z.literal('Patient'),
  name: many(z.looseObject({ text: text.optional(), family: text.optional(), given: many(text) })),
  telecom: many(z.looseObject({ system: text.optional(), value: text.optional() })),
})

/** The resources that we read; every other one is kept whole. */
export const read = { Consent: ConsentIn, ServiceRequest: ServiceRequestIn, Task: TaskIn, Patient: PatientIn }

/** Any resource at all, as it came. */
export const AnyResource = z.looseObject({ resourceType: z.string().regex(/^[A-Z][A-Za-z]{1,63}$/) })
export type AnyResource = z.output<typeof AnyResource>

/** A file of resources; each is read by itself. */
export const BundleIn = z.looseObject({
  ...resource,
  identifier: Identifier.optional(),
  resourceType: z.literal('Bundle'),
  type: z.enum([
    'document',
    'message',
    'transaction',
    'transaction-response',
    'batch',
    'batch-response',
    'history',
    'searchset',
    'collection',
  ]),
  entry: many(z.looseObject({ fullUrl: text.optional(), resource: AnyResource.optional() })),
})
