import type { KeptJson, KeptObject } from '#directory'
import { derivedId, isUuid } from './derived-id.rules.ts'

/** What HSDS 3.1 says a field is: a text, a number, an id, a web address, a list of objects or one object, with their fields. */
type Shape = 'text' | 'number' | 'id' | 'web' | { readonly list: Fields } | { readonly object: Fields }
interface Fields {
  readonly [field: string]: Shape
}

const url: Fields = { label: 'text', url: 'web' }
const funding: Fields = { source: 'text' }
const language: Fields = { name: 'text', code: 'text', note: 'text' }
const program: Fields = { name: 'text', alternate_name: 'text', description: 'text' }
const term: Fields = {
  code: 'text',
  name: 'text',
  description: 'text',
  parent_id: 'id',
  taxonomy: 'text',
  taxonomy_detail: { object: { name: 'text', description: 'text', uri: 'web', version: 'text' } },
  language: 'text',
  term_uri: 'web',
}

/** Fields that the standard asks for: without them the object is left out. */
const needed: ReadonlyMap<Fields, readonly string[]> = new Map([
  [url, ['url']],
  [program, ['name', 'description']],
])

/** The fields of HSDS 3.1 that are kept beside, by what they belong to. Any other kept field is the source's own. */
export const shapes = {
  service: {
    program: { object: program },
    program_id: 'id',
    additional_urls: { list: url },
    interpretation_services: 'text',
    wait_time: 'text',
    fees: 'text',
    accreditations: 'text',
    licenses: 'text',
    funding: { list: funding },
    cost_options: {
      list: {
        valid_from: 'text',
        valid_to: 'text',
        option: 'text',
        currency: 'text',
        amount: 'number',
        amount_description: 'text',
      },
    },
  },
  organization: {
    additional_websites: { list: url },
    tax_status: 'text',
    tax_id: 'text',
    year_incorporated: 'number',
    legal_status: 'text',
    logo: 'text',
    uri: 'web',
    parent_organization_id: 'id',
    funding: { list: funding },
    programs: { list: program },
    organization_identifiers: {
      list: { identifier_scheme: 'text', identifier_type: 'text', identifier: 'text' },
    },
  },
  location: {
    url: 'web',
    alternate_name: 'text',
    external_identifier: 'text',
    external_identifier_type: 'text',
    languages: { list: language },
  },
  attribute: {
    link_type: 'text',
    value: 'text',
    label: 'text',
    taxonomy_term: { object: term },
  },
  phones: { type: 'text', languages: { list: language } },
  languages: { note: 'text' },
  service_areas: { description: 'text', extent: 'text', extent_type: 'text', uri: 'text' },
  required_documents: { uri: 'web' },
  schedules: {
    valid_from: 'text',
    valid_to: 'text',
    dtstart: 'text',
    timezone: 'number',
    until: 'text',
    count: 'number',
    wkst: 'text',
    schedule_link: 'web',
    notes: 'text',
  },
  capacities: {
    maximum: 'number',
    unit: { object: { name: 'text', scheme: 'text', identifier: 'text', uri: 'web' } },
  },
} as const satisfies Readonly<Record<string, Fields>>

/** What of some kept fields the standard takes, in its shape; ids that are none are made of what they stand in. */
export function fitted(kept: KeptObject, fields: Fields, seed: string): Readonly<Record<string, unknown>> {
  const pairs = Object.entries(fields).flatMap(([key, shape]) => {
    const value = kept[key]
    const fit = value === undefined ? undefined : fitOne(value, shape, `${seed}/${key}`)
    return fit === undefined ? [] : [[key, fit] as const]
  })
  return Object.fromEntries(pairs)
}

function fitOne(value: KeptJson, shape: Shape, seed: string): unknown {
  if (shape === 'text')
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  if (shape === 'number') return numberOf(value)
  if (shape === 'id') return typeof value === 'string' && isUuid(value) ? value : undefined
  if (shape === 'web') return typeof value === 'string' && isWeb(value) ? value : undefined
  if ('object' in shape) return fitObject(value, shape.object, seed)
  if (!isList(value)) return undefined
  const items = value.flatMap((each, i) => fitObject(each, shape.list, `${seed}[${i}]`) ?? [])
  return items.length === 0 ? undefined : items
}

function fitObject(value: KeptJson, fields: Fields, seed: string): object | undefined {
  if (typeof value !== 'object' || isList(value)) return undefined
  const fit = fitted(value, fields, seed)
  if (Object.keys(fit).length === 0 || needed.get(fields)?.some((key) => !(key in fit))) return undefined
  const id = value['id']
  // Terms, taxonomies and units: what the standard asks for and the source leaves out is said with what there is.
  const name = 'name' in fields ? { name: fit['name'] ?? fit['code'] ?? 'unnamed' } : {}
  const description =
    'description' in fields && fields !== program
      ? { description: fit['description'] ?? name.name ?? '' }
      : {}
  return {
    id: typeof id === 'string' && isUuid(id) ? id : derivedId('kept', seed, JSON.stringify(fit)),
    ...name,
    ...description,
    ...fit,
  }
}

function numberOf(value: KeptJson): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function isWeb(text: string): boolean {
  return /^https?:\/\/[^\s<>"']+$/i.test(text) && URL.canParse(text)
}

function isList(value: KeptJson): value is readonly KeptJson[] {
  return Array.isArray(value)
}
