import type { Identifier, Organization } from '@medplum/fhirtypes'

import { ownTermLabel } from '#directory'
import type { Words } from '#platform/i18n'
import {
  fhirId,
  identifiersOf,
  list,
  ownConcept,
  said,
  saidIn,
  telecomOf,
  text,
} from './fhir-coding.rules.ts'
import { metaOf, sectorOf, sensitiveSectors } from './fhir-label.rules.ts'
import type { HsdsOrganization } from './hsds.ts'

/** What is known of an organisation beside what it says. */
export interface AboutOrganization {
  /** It has a listed service that is a refuge. */
  readonly sensitive: boolean
  readonly demo: boolean
  readonly lastUpdated: string | null
}

/** An organisation. FHIR has no field for a description: it is the resource's narrative, with what the agency must report. */
export function organizationInFhir(
  t: Words,
  organization: HsdsOrganization,
  about: AboutOrganization,
): Organization {
  const sector = sectorOf(organization.attributes)
  const { demo, lastUpdated } = about
  return {
    resourceType: 'Organization',
    id: fhirId(organization.id),
    meta: metaOf({
      sensitivity: about.sensitive || sensitiveSectors.has(sector) ? 'sensitive' : 'open',
      demo,
      lastUpdated,
    }),
    ...narrativeOf(organization),
    identifier: [
      ...identifiersOf(organization.id, organization.attributes),
      ...identifiersBeside(organization),
    ],
    active: true,
    type: ownConcept('anydoor-sector', sector, sectorText(t, sector)),
    name: said(organization.name) ?? fhirId(organization.id),
    ...list(
      'alias',
      [said(organization.alternate_name)].filter((each) => each !== null),
    ),
    ...list(
      'telecom',
      telecomOf({
        phones: organization.phones,
        email: organization.email,
        web: organization.website,
      }),
    ),
    ...parentOf(organization),
  }
}

/** The sector in words; a code nobody knows as it came. */
export function sectorText(t: Words, sector: string): string {
  const key = `exchange.fhir.sector.${sector}`
  return ownTermLabel(`sector.${sector}`) ?? (t.has(key) ? t(key) : sector)
}

function narrativeOf(organization: HsdsOrganization): Pick<Organization, 'text'> {
  const reports = saidIn(organization.attributes, 'anydoor-report').map((each) => each.label)
  const paragraphs = [...organization.description.split(/\n+/), ...reports].flatMap(
    (each) => said(each) ?? [],
  )
  if (paragraphs.length === 0) return {}
  const inside = paragraphs.map((each) => `<p>${escaped(each)}</p>`).join('')
  return {
    text: { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>` },
  }
}

function escaped(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

// What the hub carries beside: HSDS organization_identifiers and parent_organization_id.
function identifiersBeside(organization: HsdsOrganization): Identifier[] {
  const beside: unknown = (organization as { readonly organization_identifiers?: unknown })
    .organization_identifiers
  if (!Array.isArray(beside)) return []
  return beside.flatMap((each: unknown): Identifier[] => {
    if (typeof each !== 'object' || each === null) return []
    const of = (key: string) => {
      const given: unknown = (each as Readonly<Record<string, unknown>>)[key]
      return typeof given === 'string' ? said(given) : null
    }
    const value = of('identifier')
    const scheme = of('identifier_scheme')
    if (value === null) return []
    const system = scheme === null ? null : (schemes[scheme.toUpperCase()] ?? (isUri(scheme) ? scheme : null))
    const type = of('identifier_type') ?? scheme
    return [{ ...(type === null ? {} : { type: { text: type } }), ...text('system', system), value }]
  })
}

const schemes: Readonly<Record<string, string>> = {
  'GB-ODS': 'https://fhir.nhs.uk/Id/ods-organization-code',
  'US-NPI': 'http://hl7.org/fhir/sid/us-npi',
  NPI: 'http://hl7.org/fhir/sid/us-npi',
}

function isUri(scheme: string): boolean {
  return /^(https?:\/\/|urn:)\S+$/i.test(scheme)
}

/** The parent by its identifier: it may be listed nowhere here, and every reference must lead somewhere. */
function parentOf(organization: HsdsOrganization): Pick<Organization, 'partOf'> {
  const id: unknown = (organization as { readonly parent_organization_id?: unknown }).parent_organization_id
  const value = typeof id === 'string' ? said(id) : null
  if (value === null) return {}
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
  return {
    partOf: {
      identifier: uuid
        ? { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${value.toLowerCase()}` }
        : { value },
    },
  }
}
