import type { CapabilityStatement } from '@medplum/fhirtypes'

import type { Words } from '#platform/i18n'
import { parameters, resourceTypes } from './fhir-search.ts'
import { fhirVersion } from './fhir.ts'

/** What this server can do in FHIR, and no more: R4, read-only, three resources, no profile of anybody. */
export function capabilityStatement(t: Words, base: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-27',
    kind: 'instance',
    software: { name: 'Anydoor' },
    implementation: { description: t('exchange.fhir.capability.what'), url: base },
    fhirVersion,
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation: t('exchange.fhir.capability.how'),
        security: { cors: false, description: t('exchange.fhir.capability.security') },
        resource: resourceTypes.map((type) => ({
          type,
          documentation: t(`exchange.fhir.capability.${type}`),
          interaction: [{ code: 'read' as const }, { code: 'search-type' as const }],
          versioning: 'no-version' as const,
          readHistory: false,
          updateCreate: false,
          conditionalCreate: false,
          conditionalRead: 'not-supported' as const,
          conditionalUpdate: false,
          conditionalDelete: 'not-supported' as const,
          referencePolicy: ['literal' as const],
          searchParam: parameters[type].map(({ name, kind, definition }) => ({
            name,
            definition: `http://hl7.org/fhir/SearchParameter/${definition}`,
            type: kind,
          })),
        })),
      },
    ],
  }
}
