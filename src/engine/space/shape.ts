import { refuse, shown } from './problem.ts'

/** Reads an object and refuses keys that the format does not have. */
export function readObject(
  json: unknown,
  place: string,
  keys?: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    refuse(place, `is ${shown(json)}`, 'should be an object { … }')
  if (keys !== undefined) {
    for (const key of Object.keys(json)) {
      if (!keys.includes(key))
        refuse(at(place, key), 'is not known here', `should be one of ${keys.join(', ')}`)
    }
  }
  return json as Readonly<Record<string, unknown>>
}

/** Reads a list; `least` items at least. */
export function readList(json: unknown, place: string, least = 0): readonly unknown[] {
  if (!Array.isArray(json)) refuse(place, `is ${shown(json)}`, 'should be a list [ … ]')
  if (json.length < least) refuse(place, 'is empty', `should hold at least ${least === 1 ? 'one' : least}`)
  return json
}

/** Reads an id: small letters, digits, dots and hyphens, at most 200 characters. */
export function readId(json: unknown, place: string): string {
  if (typeof json !== 'string' || json.length > 200 || !/^[a-z0-9][a-z0-9.-]*$/.test(json)) {
    refuse(
      place,
      `${shown(json)} is not an id`,
      'use small letters, digits, dots and hyphens, starting with a letter or digit',
    )
  }
  return json
}

/** Reads an optional text. */
export function readText(json: unknown, place: string): string | undefined {
  if (json === undefined) return undefined
  if (typeof json !== 'string') refuse(place, `is ${shown(json)}`, 'should be a text')
  return json
}

/** Reads an optional yes or no. */
export function readFlag(json: unknown, place: string, otherwise: boolean): boolean {
  if (json === undefined) return otherwise
  if (typeof json !== 'boolean') refuse(place, `is ${shown(json)}`, 'should be true or false')
  return json
}

/** Reads an optional number of at least 0. */
export function readAmount(json: unknown, place: string, otherwise: number): number {
  if (json === undefined) return otherwise
  if (typeof json !== 'number' || !Number.isFinite(json) || json < 0) {
    refuse(place, `is ${shown(json)}`, 'should be a number of at least 0')
  }
  return json
}

/** Reads a whole number that a double holds exactly. */
export function readWhole(json: unknown, place: string): number {
  if (typeof json !== 'number' || !Number.isSafeInteger(json))
    refuse(place, `is ${shown(json)}`, 'should be a whole number')
  return json
}

/** The place of a key inside a place, as it is written in error lines. */
export function at(place: string, key: string | number): string {
  if (typeof key === 'number') return `${place}[${key}]`
  const name = /^[\w.-]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60))
  return place === '' ? name : `${place}.${name}`
}
