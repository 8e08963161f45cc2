import type { HsdsService, HsdsServiceAtLocation } from './hsds.ts'

/** A page of a list as HSDS 3.1 and Open Referral UK 3.0 have it. */
export interface Page {
  readonly total_items: number
  readonly total_pages: number
  readonly page_number: number
  readonly size: number
  readonly first_page: boolean
  readonly last_page: boolean
  readonly empty: boolean
  readonly contents: readonly object[]
}

/** The envelope around what one page holds. A list of nothing has one page, which is the first and the last. */
export function pageOf(contents: readonly object[], total: number, page: number, perPage: number): Page {
  const pages = Math.max(1, Math.ceil(total / perPage))
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page === pages,
    empty: contents.length === 0,
    contents,
  }
}

/** What a list shows of an object: its texts and numbers, and one by one the objects that it has exactly one of. */
export function listItem<T extends object>(whole: T, ones: readonly (keyof T)[] = []): Partial<T> {
  return Object.fromEntries(
    Object.entries(whole).flatMap(([key, value]: [string, unknown]) => {
      if (typeof value !== 'object' || value === null) return [[key, value] as const]
      return ones.includes(key as keyof T) ? [[key, listItem(value as object)] as const] : []
    }),
  ) as Partial<T>
}

/** A service in a list: one-to-one fields, its organisation and programme among them. */
export function serviceItem(service: HsdsService & { readonly program?: unknown }): object {
  return listItem(service, ['organization', 'program'])
}

/** A service at one of its places, whole; null where the service has no such place. */
export function atPlace(
  service: HsdsService,
  linkId: string,
): (HsdsServiceAtLocation & { service: object }) | null {
  const { service_at_locations: places, ...rest } = service
  const link = places?.find((each) => each.id.toLowerCase() === linkId.toLowerCase())
  return link === undefined ? null : { ...link, service: rest }
}

/** The same in a list. */
export function placeItem(link: HsdsServiceAtLocation & { readonly service: object }): object {
  return { ...listItem(link, ['location']), service: serviceItem(link.service as HsdsService) }
}

/**
 * Puts back what Open Referral UK 3.0 took over from an older HSDS: the names of an area served, of access and of a term under
 * their own keys (standards.md 2.2). Nothing is taken away.
 */
export function withPutBack(json: unknown, key = ''): unknown {
  if (Array.isArray(json)) return json.map((each) => withPutBack(each, key))
  if (typeof json !== 'object' || json === null) return json
  const inner: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(json)) inner[name] = withPutBack(value, name)
  if (key === 'service_areas' && 'name' in inner) inner['service_area'] = inner['name']
  if (key === 'accessibility' && 'description' in inner) inner['accessibility'] = inner['description']
  if (key === 'taxonomy_term' && 'name' in inner) inner['term'] = inner['name']
  return inner
}
