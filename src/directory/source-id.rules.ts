import { attributesOf, inTaxonomy } from './hsds-attribute.rules.ts'
import { isObject } from './hsds-field.rules.ts'
import type { RecordSource } from './import.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The records of a source under the ids of where they came from. An entry whose own id is no UUID goes out under another one and
 * says its own in an attribute (`anydoor-source-id`); here it takes that back, before anything looks at ids, so that it meets the
 * row that it came from.
 */
export function underSourceIds({ format, open }: RecordSource): RecordSource {
  return {
    format,
    open: async function* () {
      for await (const { json, organization, ...raw } of open()) {
        yield {
          ...raw,
          json: isObject(json) ? withSourceIds(json) : json,
          organization:
            organization === null ? null : { ...organization, json: withSourceIds(organization.json) },
        }
      }
    },
  }
}

function withSourceIds(record: Json): Json {
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
