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
  if (Array.isArray(json)) return listed(json, '')
  if (!isObject(json)) return refuse('it holds neither a service nor a list of services')
  if (Array.isArray(json['contents'])) return withOrganizations(listed(json['contents'], 'contents'), json)
  if ('contents' in json) return refuse('its contents are not a list')
  if (Array.isArray(json['content'])) return listed(json['content'], 'content')
  if (Array.isArray(json['organizations'])) return listed(json['organizations'], 'organizations')
  if (Array.isArray(json['services']) && !('name' in json)) return listed(json['services'], 'services')
  if (looksLikeRecord(json)) return { ok: true, records: unfold(json, '$') }
  return refuse('it holds neither a service nor a list of services')
}

function listed(items: readonly unknown[], name: string): ReturnType<typeof recordsOf> {
  if (
    items.length > 0 &&
    !items.some((each) => isObject(each) && (pageIn(each) !== null || looksLikeRecord(each)))
  ) {
    return refuse('nothing in its list is a service or an organisation')
  }
  return { ok: true, records: items.flatMap((each, i) => unfold(each, `${name}[${i}]`)) }
}

/** A page of services may have beside it the organisations that list none. */
function withOrganizations(page: ReturnType<typeof recordsOf>, { organizations }: Json): typeof page {
  if (!page.ok || !Array.isArray(organizations)) return page
  const alone = organizations.map((json: unknown, i): RawRecord => {
    const path = `organizations[${i}]`
    return { path, json, isOrganization: true, organization: isObject(json) ? { json, path } : null }
  })
  return { ok: true, records: [...page.records, ...alone] }
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

function looksLikeRecord(json: Json): boolean {
  if (hasAny(json, ['reviewer_organization', 'reviewer_organization_id'])) return false
  if (hasAny(json, ['service', ...serviceKeys])) return true
  return hasAny(json, ['name']) && hasAny(json, ['id']) && !hasAny(json, otherKeys)
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

function refuse(why: string): { readonly ok: false; readonly refused: string } {
  return {
    ok: false,
    refused: `This is not an HSDS file: ${why}. HSDS 3.0, 3.1 or 3.2 and Open Referral UK 1.0 or 3.0, as JSON, can be read.`,
  }
}
