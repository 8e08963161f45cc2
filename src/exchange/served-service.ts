import { whereAbouts } from '#directory'
import type { Tx } from '#platform/db'
import { isUuid } from './derived-id.rules.ts'
import type { TermAsked } from './having.store.ts'
import type { HsdsService } from './hsds.ts'
import { keyedList, lastOf, type ServedList } from './list.ts'
import { placesAt, placesCounted, serviceOfPlace } from './list-place.store.ts'
import type { ListQuery } from './list-query.ts'
import { modifiedOf, servicesAt, servicesCounted, type ServiceFilter } from './list-service.store.ts'
import { taxonomies, termAsked } from './list-term.store.ts'
import type { ListedParts } from './listed.ts'
import { listedServices } from './listed.store.ts'
import { atPlace, placeItem, serviceItem } from './page.rules.ts'

/** The list of services. Without `full` an entry has its one-to-one fields only, with `minimal` its id and date. */
export async function serviceList(db: Tx, query: ListQuery, pack: 'uk' | 'us'): Promise<ServedList> {
  const filter = await filterOf(db, query, pack)
  return keyedList(
    (at) => servicesCounted(at, filter),
    async (at, which) => {
      const rows = await servicesAt(at, filter, which)
      const slice = { total: rows[0]?.total ?? null, last: lastOf(rows, which.limit) }
      if (query.minimal)
        return { ...slice, found: rows.map(({ id, modified }) => ({ id, last_modified: modified })) }
      const ids = rows.map((row) => row.row)
      const whole = await servicesOfRows(at, ids, query.full ? 'whole' : 'fields')
      const found = rows.flatMap(({ id, modified }) => {
        const service = whole.get(id)
        if (service === undefined) return []
        const dated = { ...service, last_modified: modified }
        return [query.full ? dated : serviceItem(dated)]
      })
      return { ...slice, found }
    },
  )
}

/** One service with all that belongs to it, or null. */
export async function serviceById(db: Tx, id: string): Promise<object | null> {
  const [service] = await listedServices(db, { ids: [id] })
  return service === undefined ? null : ((await dated(db, [service]))[0] ?? null)
}

/** The list of services at their places. */
export async function placeList(db: Tx, query: ListQuery, pack: 'uk' | 'us'): Promise<ServedList> {
  const filter = await filterOf(db, query, pack)
  return keyedList(
    (at) => placesCounted(at, filter),
    async (at, which) => {
      const links = await placesAt(at, filter, which)
      const rows = [...new Set(links.map((link) => link.service))]
      const whole = await dated(at, await inBatches(at, rows, query.full ? 'whole' : 'places'))
      const byLink = new Map(
        whole.flatMap((service) =>
          (service.service_at_locations ?? []).map((link) => [link.id, service] as const),
        ),
      )
      const found = links.flatMap(({ id }) => {
        const service = byLink.get(id)
        const link = service === undefined ? null : atPlace(service, id)
        return link === null ? [] : [query.full ? link : placeItem(link)]
      })
      return { total: links[0]?.total ?? null, last: lastOf(links, which.limit), found }
    },
  )
}

/** One service at one of its places, or null. */
export async function placeById(db: Tx, id: string): Promise<object | null> {
  const row = await serviceOfPlace(db, id)
  if (row === null) return null
  const [service] = await dated(db, await listedServices(db, { ids: [row] }))
  return service === undefined ? null : atPlace(service, id)
}

/** Whole services, by the ids under which they go out in small letters. */
export async function servicesOfRows(
  db: Tx,
  rows: readonly string[],
  parts: ListedParts,
): Promise<ReadonlyMap<string, HsdsService>> {
  return new Map((await inBatches(db, rows, parts)).map((each) => [each.id.toLowerCase(), each]))
}

/** What a parameter asks for: a term, and any term of a taxonomy. */
export async function termsOf(db: Tx, query: ListQuery): Promise<readonly (TermAsked | null)[]> {
  const { taxonomy_term_id: term, taxonomy_id: taxonomy } = query
  const asked: (TermAsked | null)[] = []
  if (term !== undefined) asked.push(await termAsked(db, term))
  if (taxonomy !== undefined) {
    const found = (await taxonomies(db)).find((each) => each.id === taxonomy.toLowerCase())
    asked.push(found === undefined ? null : { taxonomy: found.name, code: null, row: null })
  }
  return asked
}

async function filterOf(db: Tx, query: ListQuery, pack: 'uk' | 'us'): Promise<ServiceFilter> {
  const { postcode, proximity } = query
  return {
    search: query.search ?? null,
    organization: query.organization_id ?? null,
    modifiedAfter: query.modified_after ?? null,
    terms: await termsOf(db, query),
    near:
      postcode === undefined
        ? undefined
        : { place: await whereAbouts(db, postcode, pack), metres: proximity ?? null },
    minimumAge: query.minimum_age ?? null,
    maximumAge: query.maximum_age ?? null,
    day: query.day ?? null,
    opensFrom: query.start_time ?? null,
    closesBy: query.end_time ?? null,
  }
}

// The projection gives at most a thousand at a time.
async function inBatches(
  db: Tx,
  rows: readonly string[],
  parts: ListedParts,
): Promise<readonly HsdsService[]> {
  const all: HsdsService[] = []
  for (let from = 0; from < rows.length; from += atOnce)
    all.push(...(await listedServices(db, { ids: rows.slice(from, from + atOnce) }, parts)))
  return all
}

async function dated(db: Tx, services: readonly HsdsService[]): Promise<readonly HsdsService[]> {
  const dates = await modifiedOf(db, services.map((each) => each.id).filter(isUuid))
  return services.map((each) => {
    const modified = dates.get(each.id.toLowerCase())
    return modified === undefined ? each : { ...each, last_modified: modified }
  })
}

const atOnce = 500
