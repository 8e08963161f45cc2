import { z } from 'zod'

import { resourceTypes } from './fhir-search.ts'

/** A resource of the directory as it came in: what we know is checked, everything else is kept as it is. */
export type ReadResource = z.output<typeof Read>

/** What is wrong with a resource: where, and which rule. Never a value. */
export interface ReadProblem {
  readonly at: string
  readonly rule: string
}

/**
 * Reads a HealthcareService, a Location or an Organization of FHIR R4, whoever wrote it. Narrow on purpose: it knows the elements
 * that the directory uses. Elements that it does not know, extensions among them, stay; written back, nothing is lost.
 */
export function readResource(
  json: unknown,
):
  | { readonly ok: true; readonly resource: ReadResource }
  | { readonly ok: false; readonly problems: readonly ReadProblem[] } {
  const read = Read.safeParse(json)
  if (read.success) return { ok: true, resource: read.data }
  return {
    ok: false,
    problems: read.error.issues.map(({ path, code }) => ({ at: path.join('.'), rule: code })),
  }
}

/** The resource as text again. */
export function writeResource(resource: ReadResource): string {
  return JSON.stringify(resource)
}

// A text of FHIR is never empty; nor is a list.
const text = z.string().regex(/\S/)
const many = <T extends z.ZodType>(each: T) => z.array(each).nonempty().optional()
const Id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)
const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?$/)
const Coding = z.looseObject({ system: text.optional(), code: text.optional(), display: text.optional() })
const Concept = z.looseObject({ coding: many(Coding), text: text.optional() })
const Reference = z.looseObject({ reference: text.optional(), display: text.optional() })
const ContactPoint = z.looseObject({
  system: z.enum(['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other']).optional(),
  value: text.optional(),
})
const Address = z.looseObject({ line: many(text), city: text.optional(), postalCode: text.optional() })
const days = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
const resource = {
  id: Id.optional(),
  meta: z.looseObject({ lastUpdated: Instant.optional(), security: many(Coding) }).optional(),
  identifier: many(z.looseObject({ system: text.optional(), value: text.optional() })),
}
const [service, location, organization] = resourceTypes

const Read = z.discriminatedUnion('resourceType', [
  z.looseObject({
    ...resource,
    resourceType: z.literal(service),
    active: z.boolean().optional(),
    providedBy: Reference.optional(),
    category: many(Concept),
    type: many(Concept),
    location: many(Reference),
    name: text.optional(),
    comment: text.optional(),
    extraDetails: text.optional(),
    telecom: many(ContactPoint),
    coverageArea: many(Reference),
    eligibility: many(z.looseObject({ code: Concept.optional(), comment: text.optional() })),
    communication: many(Concept),
    referralMethod: many(Concept),
    availableTime: many(
      z.looseObject({
        daysOfWeek: many(days),
        allDay: z.boolean().optional(),
        availableStartTime: Time.optional(),
        availableEndTime: Time.optional(),
      }),
    ),
    availabilityExceptions: text.optional(),
  }),
  z.looseObject({
    ...resource,
    resourceType: z.literal(location),
    status: z.enum(['active', 'suspended', 'inactive']).optional(),
    mode: z.enum(['instance', 'kind']).optional(),
    name: text.optional(),
    description: text.optional(),
    telecom: many(ContactPoint),
    address: Address.optional(),
    position: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional(),
    managingOrganization: Reference.optional(),
  }),
  z.looseObject({
    ...resource,
    resourceType: z.literal(organization),
    active: z.boolean().optional(),
    name: text.optional(),
    alias: many(text),
    type: many(Concept),
    telecom: many(ContactPoint),
    address: many(Address),
    partOf: Reference.optional(),
  }),
])
