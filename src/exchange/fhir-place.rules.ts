import type { Address, Location } from '@medplum/fhirtypes'

import { fhirId, identifiersOf, list, said, text } from './fhir-coding.rules.ts'
import { isKept, metaOf } from './fhir-label.rules.ts'
import type { HsdsAddress, HsdsLocation } from './hsds.ts'

/** What is known of a place beside what it says. */
export interface AboutPlace {
  readonly serviceId: string
  readonly organizationId: string | null
  readonly sensitive: boolean
  readonly demo: boolean
}

/** The only words about a place that is kept secret, as HSDS has them (standards.md 1.5). */
export const keptPlaceName = 'Address kept confidential'

/** The id of a place as a service names it. One that is kept secret goes by the service, so that nothing else has its id. */
export function placeId(location: HsdsLocation, serviceId: string): string {
  return isKept(location) ? `kept-${fhirId(serviceId)}` : fhirId(location.id)
}

/** The service of a kept place, by the place's id; null for any other id. */
export function keptOf(id: string): string | null {
  return id.startsWith('kept-') ? id.slice('kept-'.length) : null
}

/**
 * A place. A confidential one is a kind of place, not one: it has neither address nor point, and nothing that the hub may say
 * of it goes into the resource but its name.
 */
export function placeInFhir(location: HsdsLocation, about: AboutPlace): Location {
  const { organizationId, demo } = about
  const kept = isKept(location)
  const frame = {
    resourceType: 'Location' as const,
    id: placeId(location, about.serviceId),
    meta: metaOf({
      sensitivity: kept ? 'kept-place' : about.sensitive ? 'sensitive' : 'open',
      demo,
    }),
    status: 'active' as const,
    ...(organizationId === null
      ? {}
      : { managingOrganization: { reference: `Organization/${fhirId(organizationId)}` } }),
  }
  if (kept) return { ...frame, mode: 'kind', name: keptPlaceName }
  return {
    ...frame,
    mode: 'instance',
    identifier: identifiersOf(location.id, location.attributes),
    ...text('name', location.name),
    ...text(
      'description',
      [said(location.description), said(location.transportation)].filter(Boolean).join('\n\n'),
    ),
    ...addressIn(location.addresses?.[0]),
    ...pointOf(location),
  }
}

function addressIn(address: HsdsAddress | undefined): Pick<Location, 'address'> {
  if (address === undefined) return {}
  const lines = [said(address.address_1), said(address.address_2)].filter((line) => line !== null)
  const parts: Address = {
    ...list('line', lines),
    ...text('city', address.city),
    ...text('district', address.region),
    ...text('state', address.state_province),
    ...text('postalCode', address.postal_code),
    ...text('country', address.country),
  }
  if (Object.keys(parts).length === 0) return {}
  return {
    address: { use: 'work', ...(address.address_type === 'postal' ? { type: 'postal' } : {}), ...parts },
  }
}

function pointOf({ latitude, longitude }: HsdsLocation): Pick<Location, 'position'> {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return {}
  return { position: { longitude: longitude ?? 0, latitude: latitude ?? 0 } }
}
