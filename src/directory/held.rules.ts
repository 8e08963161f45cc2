import { blankPlace } from './blank-place.ts'
import type { OrganizationRecord, ServiceRecord } from './listing.ts'
import { accessFeatures, nothingSaid } from './practical.ts'

/** A record that was held before files were read for more than the listing has no offer. */
export type KeptService = Omit<ServiceRecord, 'offer'> & Partial<Pick<ServiceRecord, 'offer'>>

/** What is kept of a held record. */
export interface Kept {
  readonly service: KeptService | null
  readonly organization: OrganizationRecord | null
}

/** What a person says of a held record beside the decision. */
export interface Completion {
  readonly name?: string | undefined
  readonly organizationName?: string | undefined
}

/** What a held record lacks before it can be listed: a name of its own, a name of who offers it. */
export function lackOf({ service, organization }: Kept): readonly (keyof Completion)[] {
  if (service === null) return organization?.name === '' ? ['name'] : []
  return [
    ...(service.name === '' ? (['name'] as const) : []),
    ...(service.organization.name === '' ? (['organizationName'] as const) : []),
  ]
}

/** The record with what a person has said of it; null while something is still lacking. */
export function completed(kept: Kept, said: Completion): Kept | null {
  const { service, organization } = kept
  const named: Kept = {
    organization: organization === null ? null : called(organization, said.name),
    service:
      service === null
        ? null
        : {
            ...service,
            name: service.name || (said.name ?? ''),
            organization: called(service.organization, said.organizationName),
          },
  }
  return lackOf(named).length === 0 ? named : null
}

/** The service as it is listed: with its places where it is no secret and never was held as one, without any that says more. */
export function asDecided(service: KeptService, confidential: boolean): ServiceRecord {
  const offer = service.offer ?? nothingSaid
  if (!confidential) {
    // Why no place of one that was held as secret: it has no address any more; the next import brings it.
    const locations = service.confidential ? [] : service.locations
    return { ...service, confidential, locations, offer }
  }
  const { practical, times } = offer
  return {
    ...service,
    confidential,
    timesText: null,
    locations: service.locations.map(({ sourceId, region }) => ({ ...nowhere, sourceId, region })),
    offer: {
      ...offer,
      times: times
        .filter((each) => each.what === 'phone' && each.locationSource === null)
        .map((each) => ({ ...each, note: null })),
      practical: {
        ...practical,
        accessText: null,
        access: practical.access.filter((code) =>
          accessFeatures.some((each) => each.code === code && !each.building),
        ),
      },
    },
  }
}

function called(organization: OrganizationRecord, name: string | undefined): OrganizationRecord {
  if (organization.name !== '' || name === undefined) return organization
  const { standsIn: _standsIn, ...rest } = organization
  return { ...rest, name }
}

const nowhere = { ...blankPlace, confidential: true, kind: 'virtual' } as const
