import { attributesOf, inTaxonomy } from './hsds-attribute.rules.ts'
import { isObject } from './hsds-field.rules.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * A record as its source knows it. An entry whose own id is no UUID goes out under another one and says its own in an attribute
 * (`anydoor-source-id`); here it takes that back, before anything looks at ids, so that it meets the row that it came from.
 */
export function withSourceIds(record: Json): Json {
  const organization = record['organization']
  const links = record['service_at_locations']
  return {
    ...withOwnId(record),
    ...(isObject(organization) ? { organization: withOwnId(organization) } : {}),
    ...(Array.isArray(links) ? { service_at_locations: links.map(withPlace) } : {}),
    ...(Array.isArray(record['locations']) ? { locations: record['locations'].map(ofObject) } : {}),
  }
}

function withPlace(link: unknown): unknown {
  return isObject(link) && isObject(link['location'])
    ? { ...link, location: withOwnId(link['location']) }
    : link
}

function ofObject(json: unknown): unknown {
  return isObject(json) ? withOwnId(json) : json
}

function withOwnId(json: Json): Json {
  if (!Array.isArray(json['attributes'])) return json
  const spot = { json, at: '', problems: [], clean: (text: string) => text }
  const said = inTaxonomy(attributesOf(spot), 'anydoor-source-id')[0]?.value.trim() ?? ''
  return said === '' ? json : { ...json, id: said }
}
