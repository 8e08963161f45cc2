import type { Tx } from '#platform/db'
import type { ServedList } from './list.ts'
import type { ListName, ListQuery } from './list-query.ts'
import { termById } from './list-term.store.ts'
import { organizationById, organizationList } from './served-organization.ts'
import { placeById, placeList, serviceById, serviceList } from './served-service.ts'
import { taxonomyById, taxonomyList, termList } from './vocabulary-list.ts'

/** What stands behind one name of the two standards: a list, and one object by its id. */
export interface Resource {
  readonly list: (db: Tx, query: ListQuery, pack: 'uk' | 'us') => Promise<ServedList>
  readonly byId: (db: Tx, id: string, query: Pick<ListQuery, 'full_service'>) => Promise<object | null>
}

/** Every resource of the two open APIs. */
export const resources: Readonly<Record<ListName, Resource>> = {
  services: { list: serviceList, byId: serviceById },
  organizations: {
    list: organizationList,
    byId: (db, id, query) => organizationById(db, id, { fullService: query.full_service }),
  },
  service_at_locations: { list: placeList, byId: placeById },
  taxonomies: { list: async (_, query) => taxonomyList(query), byId: taxonomyById },
  taxonomy_terms: { list: termList, byId: termById },
}
