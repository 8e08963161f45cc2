import areasFile from './postcode-areas.json' with { type: 'json' }

type AreaRow = readonly [town: string, region: string, latitude: number, longitude: number]

/** Every postcode area by its letters: main town, region, rough middle. */
export const postcodeAreas = areasFile.areas as unknown as Readonly<Record<string, AreaRow>>

/** The middles of the areas as the database takes them. */
export const areaMiddles = JSON.stringify(
  Object.fromEntries(
    Object.entries(postcodeAreas).map(([letters, [, , lat, long]]) => [letters, [lat, long]]),
  ),
)

/** What of a postcode we go by: its first part. The rest is dropped before anything else happens. */
export interface Outcode {
  readonly outcode: string
  readonly letters: string
}

/** The first part of a UK postcode, whole or alone (LS6 2AB, ls6), or null. */
export function outcodeOf(text: string): Outcode | null {
  const found = /^\s*([a-z]{1,2})(\d[a-z\d]?)(\s*\d[a-z]{2})?\s*$/i.exec(text)
  if (found === null) return null
  const letters = (found[1] ?? '').toUpperCase()
  return { outcode: `${letters}${(found[2] ?? '').toUpperCase()}`, letters }
}

/** The first three figures of a ZIP code, or null. */
export function zip3Of(text: string): string | null {
  return /^\s*(\d{3})(\d{2}(-\d{4})?)?\s*$/.exec(text)?.[1] ?? null
}

/** A name as the database compares it: small letters and figures, anything else a dash. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
}

/** A plain name as one would write it: "milton-keynes" is "Milton Keynes". */
export function spokenName(plain: string): string {
  const words = plain.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return words.join(' ')
}

/** A postcode area by its main town; null when there is none. */
export function areaOfTown(name: string): string | null {
  return byTown.get(plainName(name)) ?? null
}

/** Quarter degrees around a point that hold everything within so many miles, and some that is further. */
export function cellsAround(
  [latitude, longitude]: readonly [number, number],
  miles: number,
): readonly string[] {
  const up = miles / milesPerDegree
  const aside = up / Math.max(0.1, Math.cos(((Math.abs(latitude) + up) * Math.PI) / 180))
  const cells: string[] = []
  for (let y = Math.floor((latitude - up) * 4); y <= Math.floor((latitude + up) * 4); y += 1) {
    for (let x = Math.floor((longitude - aside) * 4); x <= Math.floor((longitude + aside) * 4); x += 1) {
      cells.push(`${y}/${x}`)
    }
  }
  return cells
}

const milesPerDegree = (3958.8 * Math.PI) / 180
const byTown = new Map(Object.entries(postcodeAreas).map(([letters, [town]]) => [plainName(town), letters]))

/** Every main town, as names are compared. */
export const townNames: readonly string[] = [...byTown.keys()]
