import type { HealthcareService, Location, Organization } from '@medplum/fhirtypes'

import type { Tx } from '#platform/db'
import type { WordsFor } from '#platform/i18n'
import { fhirId } from './fhir-coding.rules.ts'
import { packOf } from './fhir-label.rules.ts'
import { organizationInFhir } from './fhir-organization.rules.ts'
import { placeId, placeInFhir } from './fhir-place.rules.ts'
import { serviceInFhir } from './fhir-service.rules.ts'
import type { ResourceType } from './fhir-search.ts'
import { organizationsAbout, placesAbout, servicesChanged } from './fhir.store.ts'
import type { HsdsOrganization, HsdsService } from './hsds.ts'
import { everyListedService, listedOrganizations, listedServices } from './listed.store.ts'

/** What the directory says in FHIR. */
export type DirectoryResource = HealthcareService | Location | Organization

/** Whose words there are (each entry is told in its own country's), and whether all of it is invented. */
export interface InFhir {
  readonly wordsFor: WordsFor
  readonly demo: boolean
}

/** The resources of these ids, in their order; what is not listed is left out. At most 100 at a time. */
export async function resourcesOf(
  db: Tx,
  type: ResourceType,
  ids: readonly string[],
  words: InFhir,
): Promise<readonly DirectoryResource[]> {
  if (ids.length === 0) return []
  if (type === 'Location') return placesOf(db, ids, words)
  if (type === 'Organization') return organizationsIn(db, await listedOrganizations(db, { ids }), words)
  return servicesIn(db, await listedServices(db, { ids }), words)
}

/** Everything, a page at a time: organisations, then services with the places that were not there before. */
export async function* everythingInFhir(db: Tx, words: InFhir): AsyncGenerator<readonly DirectoryResource[]> {
  let after: string | null = null
  do {
    const page: readonly HsdsOrganization[] = await listedOrganizations(db, { after, limit: atOnce })
    yield await organizationsIn(db, page, words)
    after = page.length < atOnce ? null : (page.at(-1)?.id ?? null)
  } while (after !== null)
  const told = new Set<string>()
  for await (const page of everyListedService(db)) {
    yield await servicesIn(db, page, words)
    const ids = new Set(page.flatMap((service) => placeIdsOf(service)))
    const fresh = [...ids].filter((id) => !told.has(id))
    for (const id of fresh) told.add(id)
    yield await placesFrom(db, fresh, page, words)
  }
}

const atOnce = 500

async function servicesIn(
  db: Tx,
  services: readonly HsdsService[],
  { wordsFor, demo }: InFhir,
): Promise<readonly HealthcareService[]> {
  const changed = await servicesChanged(
    db,
    services.map((each) => each.id),
  )
  return services.map((each) =>
    serviceInFhir(wordsIn(wordsFor, each.organization), each, {
      demo,
      lastUpdated: changed.get(fhirId(each.id)) ?? null,
    }),
  )
}

async function organizationsIn(
  db: Tx,
  organizations: readonly HsdsOrganization[],
  { wordsFor, demo }: InFhir,
): Promise<readonly Organization[]> {
  const about = await organizationsAbout(
    db,
    organizations.map((each) => each.id),
  )
  return organizations.map((each) => {
    const known = about.get(fhirId(each.id))
    return organizationInFhir(wordsIn(wordsFor, each), each, {
      demo,
      sensitive: known?.sensitive ?? true,
      lastUpdated: known?.at ?? null,
    })
  })
}

async function placesOf(db: Tx, ids: readonly string[], words: InFhir): Promise<readonly Location[]> {
  const about = await placesAbout(db, ids)
  const services = await listedServices(db, { ids: [...new Set(about.map((each) => each.serviceId))] })
  return placesFrom(db, ids, services, words)
}

/** Places as one of these services tells them. */
async function placesFrom(
  db: Tx,
  ids: readonly string[],
  services: readonly HsdsService[],
  { demo }: InFhir,
): Promise<readonly Location[]> {
  const told = new Map(
    services.flatMap((service) =>
      (service.service_at_locations ?? []).flatMap(({ location }) =>
        location === undefined ? [] : [[placeId(location, service.id), { location, service }] as const],
      ),
    ),
  )
  return (await placesAbout(db, ids)).flatMap(({ id, organizationId, sensitive }) => {
    const place = told.get(id)
    if (place === undefined) return []
    const { location, service } = place
    return [placeInFhir(location, { serviceId: service.id, organizationId, sensitive, demo })]
  })
}

function wordsIn(wordsFor: WordsFor, organization: HsdsOrganization): ReturnType<WordsFor> {
  return wordsFor({ pack: packOf(organization.attributes) })
}

function placeIdsOf(service: HsdsService): readonly string[] {
  return (service.service_at_locations ?? []).flatMap(({ location }) =>
    location === undefined ? [] : [placeId(location, service.id)],
  )
}
