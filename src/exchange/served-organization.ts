import type { Tx } from '#platform/db'
import type { HsdsOrganization } from './hsds.ts'
import { keyedList, lastOf, type ServedList } from './list.ts'
import { organizationsAt, organizationsCounted, servicesOf } from './list-organization.store.ts'
import type { ListQuery } from './list-query.ts'
import { listedOrganizations } from './listed.store.ts'
import { listItem, serviceItem } from './page.rules.ts'
import { servicesOfRows, termsOf } from './served-service.ts'

/** The list of organisations: with `full` everything of each, its services in short; with `full_service` these whole too. */
export async function organizationList(db: Tx, query: ListQuery): Promise<ServedList> {
  const filter = {
    search: query.search ?? null,
    modifiedAfter: query.modified_after ?? null,
    terms: await termsOf(db, query),
  }
  return keyedList(
    (at) => organizationsCounted(at, filter),
    async (at, which) => {
      const rows = await organizationsAt(at, filter, which)
      const slice = { total: null, last: lastOf(rows, which.limit) }
      if (query.minimal)
        return { ...slice, found: rows.map(({ id, modified }) => ({ id, last_modified: modified })) }
      const found = await listedOrganizations(at, { ids: rows.map((row) => row.row) })
      const nested =
        query.full || query.full_service
          ? await withServices(at, found, query.full_service)
          : found.map((each) => listItem(each))
      return { ...slice, found: nested }
    },
  )
}

/** One organisation with its services, in short or whole; or null. */
export async function organizationById(
  db: Tx,
  id: string,
  { fullService }: { readonly fullService: boolean },
): Promise<object | null> {
  const found = await listedOrganizations(db, { ids: [id] })
  return (await withServices(db, found.slice(0, 1), fullService))[0] ?? null
}

async function withServices(
  db: Tx,
  organizations: readonly HsdsOrganization[],
  whole: boolean,
): Promise<readonly object[]> {
  const rows = await servicesOf(
    db,
    organizations.map((each) => each.id),
  )
  const services = [
    ...(await servicesOfRows(db, [...rows.values()].flat(), whole ? 'whole' : 'fields')).values(),
  ]
  return organizations.map((each) => {
    const own = services.filter((service) => service.organization.id === each.id)
    if (own.length === 0) return each
    const shown = own.map(({ organization: _, ...rest }) => (whole ? rest : serviceItem(rest as never)))
    return { ...each, services: shown }
  })
}
