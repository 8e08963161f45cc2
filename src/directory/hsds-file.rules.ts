import { isObject } from './hsds-field.rules.ts'
import type { RawRecord } from './import.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Finds the records of a file of HSDS 3 or of a UK profile, as JSON: one service, a page, a list of either, organisations with
 * their services. Records of the older UK profile are handed on as they stand.
 */
export function recordsOf(
  text: string,
):
  | { readonly ok: true; readonly records: readonly RawRecord[] }
  | { readonly ok: false; readonly refused: string } {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return refuse('it is not JSON')
  }
  const isList = Array.isArray(json)
  const top: Json | null = isList ? { '': json } : isObject(json) ? json : null
  if (top === null) return refuse('it holds neither a service nor a list of services')
  const keys = new Map(Object.entries(top).map(([key, value]) => [key, Array.isArray(value)]))
  const shape = jsonShapeOf({ root: isList ? 'list' : 'object', keys, whole: true })
  if (!shape.ok) return shape
  if (shape.lists === null)
    return looksLikeRecord(json) ? { ok: true, records: unfold(json, '$') } : shape.nothing
  const lists = shape.lists.map((key) => ({ key, items: top[key] as readonly unknown[] }))
  const [main] = lists
  if (main !== undefined && main.items.length > 0 && !main.items.some(looksLikeRecord)) return shape.nothing
  return {
    ok: true,
    records: lists.flatMap(({ key, items }, nth) =>
      items.flatMap((each, i) => recordsOfItem(each, `${key}[${i}]`, nth > 0)),
    ),
  }
}

/** Which lists of a file hold its records, the main one first; null: the file is one record. And what to say when none is in them. */
export type JsonShape =
  | { readonly ok: true; readonly lists: readonly string[] | null; readonly nothing: Refused }
  | Refused

interface Refused {
  readonly ok: false
  readonly refused: string
}

/** Tells from what stands at the top of a file which of its lists are records; a list at the top has no key. */
export function jsonShapeOf(top: {
  readonly root: 'list' | 'object' | 'other'
  readonly keys: ReadonlyMap<string, boolean>
  readonly whole: boolean
}): JsonShape {
  if (!top.whole) return refuse('it is not JSON')
  const nothing = refuse('nothing in its list is a service or an organisation')
  const of = (...lists: readonly string[]): JsonShape => ({ ok: true, lists, nothing })
  if (top.root === 'list') return of('')
  const { keys } = top
  // A page of services may have beside it the organisations that list none.
  if (keys.get('contents') === true)
    return keys.get('organizations') === true ? of('contents', 'organizations') : of('contents')
  if (keys.has('contents')) return refuse('its contents are not a list')
  if (keys.get('content') === true) return of('content')
  if (keys.get('organizations') === true) return of('organizations')
  if (keys.get('services') === true && !keys.has('name')) return of('services')
  const neither = refuse('it holds neither a service nor a list of services')
  return top.root === 'object' ? { ok: true, lists: null, nothing: neither } : neither
}

/** The records of one item of a list: itself, or what is inside it. `alone`: an organisation that lists no service. */
export function recordsOfItem(json: unknown, path: string, alone: boolean): readonly RawRecord[] {
  if (!alone) return unfold(json, path)
  return [{ path, json, isOrganization: true, organization: isObject(json) ? { json, path } : null }]
}

/** Whether a value can be a service or an organisation, or a page of them. */
export function looksLikeRecord(json: unknown): json is Json {
  if (!isObject(json)) return false
  if (pageIn(json) !== null) return true
  if (hasAny(json, ['reviewer_organization', 'reviewer_organization_id'])) return false
  if (hasAny(json, ['service', ...serviceKeys])) return true
  return hasAny(json, ['name']) && hasAny(json, ['id']) && !hasAny(json, otherKeys)
}

function unfold(json: unknown, path: string, depth = 0): readonly RawRecord[] {
  if (!isObject(json)) return [{ path, json, isOrganization: false, organization: null }]
  const page = depth > 2 ? null : pageIn(json)
  if (page !== null)
    return page.items.flatMap((each, i) => unfold(each, `${path}.${page.key}[${i}]`, depth + 1))
  const services = json['services']
  if (Array.isArray(services) && services.length > 0) {
    return services.map((each: unknown, i) => ({
      path: `${path}.services[${i}]`,
      json: each,
      isOrganization: false,
      organization: { json, path },
    }))
  }
  if (isOrganization(json)) return [{ path, json, isOrganization: true, organization: { json, path } }]
  const own = isObject(json['service']) && !('name' in json) ? serviceAtLocation(json['service'], json) : json
  const organization = own['organization']
  return [
    {
      path,
      json: own,
      isOrganization: false,
      organization: isObject(organization) ? { json: organization, path: `${path}.organization` } : null,
    },
  ]
}

/** A service told from one of its places: the place is read with it. */
function serviceAtLocation(service: Json, link: Json): Json {
  return isObject(link['location']) ? { ...service, service_at_locations: [link] } : service
}

/** A feed that was saved page by page may lie in one list. */
function pageIn(json: Json): { readonly key: string; readonly items: readonly unknown[] } | null {
  const key = ['contents', 'content'].find((each) => Array.isArray(json[each]))
  if (key === undefined || hasAny(json, ['id', 'name'])) return null
  return { key, items: json[key] as readonly unknown[] }
}

function isOrganization(json: Json): boolean {
  return !hasAny(json, serviceKeys) && hasAny(json, ['services', ...organizationKeys])
}

const serviceKeys = [
  'status',
  'organization',
  'organization_id',
  'service_at_locations',
  'program_id',
  'program',
  'eligibilitys',
  'regular_schedules',
  'link_taxonomy',
  'deliverable_type',
  'attending_type',
  'attending_access',
]
const organizationKeys = [
  'website',
  'legal_status',
  'tax_status',
  'year_incorporated',
  'parent_organization_id',
  'organization_identifiers',
  'locations',
  'programs',
  'logo',
]
// Places, terms and taxonomies have an id and a name too.
const otherKeys = ['location_type', 'taxonomy', 'version', 'parent_id', 'term_uri']

function hasAny(json: Json, keys: readonly string[]): boolean {
  return keys.some((key) => key in json)
}

function refuse(why: string): Refused {
  return {
    ok: false,
    refused: `This is not an HSDS file: ${why}. HSDS 3.0, 3.1 or 3.2 and Open Referral UK 1.0 or 3.0, as JSON, can be read.`,
  }
}
