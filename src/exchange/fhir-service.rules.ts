import type {
  CodeableConcept,
  HealthcareService,
  Location,
  Organization,
  Reference,
} from '@medplum/fhirtypes'

import { needByCode, ownTermLabel } from '#directory'
import type { Words } from '#platform/i18n'
import { capacityInFhir } from './fhir-capacity.rules.ts'
import {
  concept,
  fhirId,
  identifiersOf,
  inWords,
  list,
  ownConcept,
  said,
  saidIn,
  systems,
  telecomOf,
  text,
} from './fhir-coding.rules.ts'
import { eligibilityInFhir } from './fhir-eligibility.rules.ts'
import { isSensitive, metaOf, sectorOf } from './fhir-label.rules.ts'
import { sectorText } from './fhir-organization.rules.ts'
import { placeId } from './fhir-place.rules.ts'
import { characteristicsInFhir, costInFhir, detailsInFhir } from './fhir-practical.rules.ts'
import { timesInFhir } from './fhir-times.rules.ts'
import type { HsdsService } from './hsds.ts'

/** What is known of a service beside what it says. */
export interface AboutService {
  readonly demo: boolean
  readonly lastUpdated: string | null
}

/** A service as a HealthcareService of FHIR R4 (standards.md 3, last column). */
export function serviceInFhir(t: Words, service: HsdsService, about: AboutService): HealthcareService {
  const times = timesInFhir(t, service)
  const exceptions = [said(service.alert), ...times.inWords].filter((line) => line !== null)
  return {
    resourceType: 'HealthcareService',
    id: fhirId(service.id),
    meta: metaOf({ ...about, sensitivity: isSensitive(service) ? 'sensitive' : 'open' }),
    ...list('extension', capacityInFhir(t, service)),
    identifier: identifiersOf(service.id, service.attributes),
    active: service.status === 'active',
    providedBy: referenceTo<Organization>('Organization', service.organization.id, service.organization.name),
    category: categoriesOf(t, service),
    ...list('type', typesOf(service)),
    ...list(
      'location',
      (service.service_at_locations ?? []).flatMap(({ location }) =>
        location === undefined ? [] : [referenceTo<Location>('Location', placeId(location, service.id))],
      ),
    ),
    ...text('name', service.name),
    ...text('comment', commentOf(t, service)),
    ...text('extraDetails', detailsInFhir(t, service)),
    ...list('telecom', telecomOf({ phones: service.phones, email: service.email, web: service.url })),
    ...list('coverageArea', areasOf(service)),
    ...list('serviceProvisionCode', costInFhir(service)),
    ...list('eligibility', eligibilityInFhir(t, service)),
    ...list('program', programOf(service)),
    ...list('characteristic', characteristicsInFhir(t, service)),
    ...list('communication', languagesOf(service)),
    ...list('referralMethod', routesOf(service)),
    ...(routeCodes(service).includes('route.walk-in') ? { appointmentRequired: false } : {}),
    ...list('availableTime', times.availableTime),
    ...text('availabilityExceptions', exceptions.join('\n')),
  }
}

function referenceTo<T extends Organization | Location>(
  type: T['resourceType'],
  id: string,
  name?: string,
): Reference<T> {
  return { reference: `${type}/${fhirId(id)}`, ...text('display', name) }
}

/** The broad category: the sector, and whom it is listed for. */
function categoriesOf(t: Words, service: HsdsService): CodeableConcept[] {
  const sector = sectorOf(service.organization.attributes)
  const kind = saidIn(service.attributes, 'anydoor-kind')[0]?.value
  return [
    ...ownConcept('anydoor-sector', sector, sectorText(t, sector)),
    ...(kind === undefined ? [] : ownConcept('anydoor-kind', kind, kindText(t, kind))),
  ]
}

function kindText(t: Words, kind: string): string {
  const key = `exchange.fhir.kind.${kind}`
  return t.has(key) ? t(key) : kind
}

/** What it does: our terms of kinds, and the needs that it meets. */
function typesOf(service: HsdsService): CodeableConcept[] {
  return [
    ...saidIn(service.attributes, 'anydoor-term')
      .filter((each) => each.value.startsWith('kind.'))
      .flatMap((each) => ownConcept('anydoor-term', each.value, ownTermLabel(each.value) ?? each.name)),
    ...saidIn(service.attributes, 'anydoor-need').flatMap((each) =>
      ownConcept('anydoor-need', each.value, needByCode(each.value)?.label ?? each.name),
    ),
  ]
}

/** The description, by what other name it goes, and what it costs. */
function commentOf(t: Words, service: HsdsService): string {
  const other = said(service.alternate_name)
  const parts = [
    said(service.description),
    other === null ? null : t('exchange.fhir.also-called', { name: other }),
    said(service.fees_description),
  ]
  return parts.filter((part) => part !== null).join('\n\n')
}

/** Where it works, in words: the guide's way where there is no boundary to refer to. */
function areasOf(service: HsdsService): Reference<Location>[] {
  return (service.service_areas ?? []).flatMap(({ name }): Reference<Location>[] => {
    const display = typeof name === 'string' ? said(name) : null
    return display === null ? [] : [{ display }]
  })
}

function programOf(service: HsdsService): CodeableConcept[] {
  const program: unknown = (service as { readonly program?: unknown }).program
  if (typeof program !== 'object' || program === null || !('name' in program)) return []
  return typeof program.name === 'string' ? inWords(program.name) : []
}

function languagesOf(service: HsdsService): CodeableConcept[] {
  return (service.languages ?? []).flatMap(({ code, name }): CodeableConcept[] => {
    const words = typeof name === 'string' ? said(name) : null
    if (typeof code === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(code))
      return [concept(systems.language, code, words ?? code)]
    return inWords(words ?? (typeof code === 'string' ? code : null))
  })
}

function routeCodes(service: HsdsService): readonly string[] {
  const terms = saidIn(service.attributes, 'anydoor-term').map((each) => each.value)
  const yes = (taxonomy: 'anydoor-self-referral' | 'anydoor-consultation') =>
    saidIn(service.attributes, taxonomy)[0]?.value
  const self = yes('anydoor-self-referral')
  return [
    ...new Set([
      ...(self === 'yes' ? ['route.self'] : self === 'no' ? ['route.professional'] : []),
      ...(yes('anydoor-consultation') === 'yes' ? ['route.consultation'] : []),
      ...terms.filter((code) => code.startsWith('route.')),
    ]),
  ]
}

/** How somebody comes to it: terms of ours, as the example codes only tell by which machine. */
function routesOf(service: HsdsService): CodeableConcept[] {
  return routeCodes(service).flatMap((code) => ownConcept('anydoor-term', code, ownTermLabel(code) ?? code))
}
