import type { Problem } from './import.ts'
import { plainText } from './plain-text.rules.ts'

/** A JSON object of the file, where it stands, and the problems found in its record so far. */
export interface Spot {
  readonly json: Readonly<Record<string, unknown>>
  readonly at: string
  readonly problems: Problem[]
  /** Rewrites every text before it is kept: takes out what leads to a confidential place. */
  readonly clean: (text: string) => string
}

/** Whether a JSON value is an object. */
export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** Notes a problem at a key of the object. */
export function note(spot: Spot, rule: string, key: string, message: string): void {
  spot.problems.push({ rule, at: key === '' ? spot.at : `${spot.at}.${key}`, message })
}

/** A text field as plain text; an empty one counts as absent. */
export function readText(spot: Spot, key: string, longest?: number): string | null {
  const given = spot.json[key]
  if (given === undefined || given === null || given === '') return null
  if (typeof given !== 'string' && typeof given !== 'number') {
    note(spot, 'wrong-type', key, 'This should be a text; it was left out.')
    return null
  }
  const read = plainText(String(given), longest)
  if (read.html) note(spot, 'html-removed', key, 'HTML was turned into plain text.')
  if (read.cut) note(spot, 'too-long', key, 'The text was too long; its end was cut off.')
  const text = spot.clean(read.text)
  return text === '' ? null : text
}

/** The objects of a list field; what is not an object is noted and left out. */
export function readSpots(spot: Spot, key: string): readonly Spot[] {
  const given = spot.json[key]
  if (given === undefined || given === null || given === '') return []
  if (!Array.isArray(given)) {
    note(spot, 'wrong-type', key, 'This should be a list; it was left out.')
    return []
  }
  return given.flatMap((json: unknown, i) => {
    if (isObject(json)) return [{ ...spot, json, at: `${spot.at}.${key}[${i}]` }]
    note(spot, 'wrong-type', `${key}[${i}]`, 'This should be an object; it was left out.')
    return []
  })
}

/** An object field, or null. */
export function readSpot(spot: Spot, key: string): Spot | null {
  const given = spot.json[key]
  if (given === undefined || given === null || given === '') return null
  if (isObject(given)) return { ...spot, json: given, at: `${spot.at}.${key}` }
  note(spot, 'wrong-type', key, 'This should be an object; it was left out.')
  return null
}

/** A number field; numbers written as text are taken. */
export function readNumber(spot: Spot, key: string): number | null {
  const given = spot.json[key]
  if (given === undefined || given === null || given === '') return null
  const number = typeof given === 'string' ? Number(given.trim()) : given
  if (typeof number === 'number' && Number.isFinite(number)) return number
  note(spot, 'wrong-type', key, 'This should be a number; it was left out.')
  return null
}

/** A mail address, or null with a note. */
export function readEmail(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 320)
  if (text === null || /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+$/.test(text)) return text
  note(spot, 'email-unusable', key, 'This is not a mail address; it was left out.')
  return null
}

/** A web address: http or https only; one without a scheme is completed and noted. */
export function readWebAddress(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 2_000)
  if (text === null) return null
  const bare = !/^[a-z][a-z0-9+.-]*:/i.test(text)
  const url = URL.parse(bare ? `https://${text}` : text)
  const usable =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.hostname.includes('.') &&
    !/\s/.test(text) &&
    url.username === ''
  if (!usable) {
    note(spot, 'web-address-unusable', key, 'This is not a web address; it was left out.')
    return null
  }
  if (bare) note(spot, 'web-address-completed', key, 'The web address had no https://; it was added.')
  return url.href
}

/** A day as YYYY-MM-DD, or null with a note. */
export function readDay(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 40)
  if (text === null) return null
  const day = text.slice(0, 10)
  if (/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(day) && isoDay(day) === day) return day
  note(spot, 'date-unusable', key, 'This is not a date; it was left out.')
  return null
}

/** An instant as ISO text in UTC, or null with a note. */
export function readInstant(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 60)
  if (text === null) return null
  const at = new Date(text)
  if (/^(19|2\d)\d{2}-\d{2}-\d{2}/.test(text) && !Number.isNaN(at.getTime())) return at.toISOString()
  note(spot, 'date-unusable', key, 'This is not a date and time; it was left out.')
  return null
}

function isoDay(day: string): string | null {
  const at = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString().slice(0, 10)
}
