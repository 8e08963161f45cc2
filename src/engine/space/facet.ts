/** A value of a facet: a whole number on integer facets, else one of the listed ids. */
export type Value = string | number

/** An axis whose values are all whole numbers from `min` to `max`, both inclusive. */
export interface IntegerFacet {
  readonly id: string
  readonly label?: string
  readonly kind: 'integer'
  readonly min: number
  readonly max: number
}

/** An axis with listed values; `ordered` ones are listed from low to high. */
export interface ListedFacet {
  readonly id: string
  readonly label?: string
  readonly kind: 'choice' | 'ordered'
  readonly values: readonly string[]
}

/** One axis of a situation. */
export type Facet = IntegerFacet | ListedFacet

/** How many values the facet has. */
export function sizeOf(facet: Facet): number {
  return facet.kind === 'integer' ? facet.max - facet.min + 1 : facet.values.length
}

/** The place of a value on its facet, counted in steps from 0; -1 when the facet does not have it. */
export function stepOf(facet: Facet, value: unknown): number {
  if (facet.kind !== 'integer') return typeof value === 'string' ? (placesOf(facet).get(value) ?? -1) : -1
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return -1
  return value < facet.min || value > facet.max ? -1 : value - facet.min
}

/** The value at a place on the facet; the inverse of `stepOf`. */
export function valueAt(facet: Facet, step: number): Value {
  if (facet.kind === 'integer') return facet.min + step
  const value = facet.values[step]
  if (value === undefined) throw new RangeError(`facet ${facet.id} has no value at ${step}`)
  return value
}

/** Says what the facet can be, for an error line. */
export function rangeInWords(facet: Facet): string {
  if (facet.kind === 'integer') return `a whole number from ${facet.min} to ${facet.max}`
  const shown = facet.values.slice(0, 8).join(', ')
  return facet.values.length > 8 ? `one of ${shown}, … (${facet.values.length} values)` : `one of ${shown}`
}

const places = new WeakMap<ListedFacet, ReadonlyMap<string, number>>()

// Why remembered: a facet may list 100,000 values, and every constraint looks some of them up.
function placesOf(facet: ListedFacet): ReadonlyMap<string, number> {
  const known = places.get(facet)
  if (known !== undefined) return known
  const made = new Map(facet.values.map((value, step) => [value, step]))
  places.set(facet, made)
  return made
}
