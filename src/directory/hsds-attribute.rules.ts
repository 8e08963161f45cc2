import { isObject, note, readSpots, readText, type Spot } from './hsds-field.rules.ts'

/** An HSDS attribute, flattened: what it belongs to, which term, which value, which words. */
export interface Attribute {
  readonly spot: Spot
  readonly taxonomy: string
  readonly code: string
  readonly term: string
  readonly value: string
  readonly label: string
}

/** The attributes of an object, in order. `value` is kept as it is written. */
export function attributesOf(spot: Spot): readonly Attribute[] {
  return readSpots(spot, 'attributes').map((each) => {
    const term = isObject(each.json['taxonomy_term']) ? each.json['taxonomy_term'] : {}
    const detail = isObject(term['taxonomy_detail']) ? term['taxonomy_detail'] : {}
    return {
      spot: each,
      taxonomy: wordOf(term['taxonomy']) || wordOf(detail['name']),
      code: wordOf(term['code']),
      term: wordOf(term['name']) || wordOf(term['term']),
      value: wordOf(each.json['value']),
      label: readText(each, 'label', 4_000) ?? '',
    }
  })
}

/** The attributes of one of Anydoor's own taxonomies (`anydoor-need`, …). */
export function inTaxonomy(attributes: readonly Attribute[], taxonomy: string): readonly Attribute[] {
  return attributes.filter((each) => each.taxonomy.toLowerCase() === taxonomy)
}

/** The term code where the value is left out: both ways of writing are in use. */
export function codeOf(attribute: Attribute): string {
  return (attribute.value || attribute.code || attribute.term).trim().toLowerCase()
}

/** The day that the first attribute of a taxonomy names, or null with a note. */
export function readDate(attributes: readonly Attribute[], taxonomy: string): string | null {
  const given = inTaxonomy(attributes, taxonomy)[0]
  if (given === undefined) return null
  if (isDay(given.value)) return given.value
  note(given.spot, 'date-unusable', 'value', 'This is not a date; it was left out.')
  return null
}

/** A day that is in the calendar. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

function wordOf(json: unknown): string {
  return typeof json === 'string' || typeof json === 'number' ? String(json) : ''
}
