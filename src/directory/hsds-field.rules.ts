import { createHash } from 'node:crypto'
import { dayIn } from './day.rules.ts'
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

/** Notes a problem at a key of the object, once. */
export function note(spot: Spot, rule: string, key: string, message: string): void {
  const at = key === '' ? spot.at : `${spot.at}.${key}`
  const { problems } = spot
  if (problems.length >= mostProblems) return
  if (problems.some((each) => each.rule === rule && each.at === at)) return
  problems.push({ rule, at, message })
  if (problems.length === mostProblems)
    problems.push({
      rule: 'more-problems',
      at: spot.at,
      message: 'There are more problems than are listed here.',
    })
}

/** A text field as plain text; an empty one counts as absent, a list of texts as one text. */
export function readText(spot: Spot, key: string, longest?: number): string | null {
  const given = textIn(spot, key)
  if (given === null) return null
  const read = plainText(given, longest)
  if (read.html) note(spot, 'html-removed', key, 'HTML was turned into plain text.')
  if (read.cut) note(spot, 'too-long', key, 'The text was too long; its end was cut off.')
  const text = spot.clean(read.text)
  return text === '' ? null : text
}

/**
 * An id, as it is given: its letters, spaces and signs are nobody's to mend. Only what could not be stored is taken out, and
 * one that leads to a secret address is replaced by a figure made of it, the same at each import.
 */
export function readId(spot: Spot, key: string): string | null {
  const given = spot.json[key]
  if (isAbsent(given)) return null
  const only: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given
  if (typeof only !== 'string' && typeof only !== 'number') {
    note(spot, 'wrong-type', key, 'This should be a text; it was left out.')
    return null
  }
  const id = storable(String(only))
  if (id.trim() === '') return null
  if (id !== only && typeof only === 'string')
    note(spot, 'id-mended', key, 'The id held characters that cannot be stored; they were taken out.')
  if (spot.clean(id) !== id) return `secret:${figureOf(id)}`
  if (id.length <= longestId) return id
  note(spot, 'id-too-long', key, 'The id is very long; its end was replaced by a figure made of the whole.')
  return `${id.slice(0, longestId - 65).toWellFormed()}~${figureOf(id)}`
}

/**
 * The objects of a list field. One object or text in its place counts as a list of one; `textKey` is what a bare text stands
 * for. What is neither is noted and left out.
 */
export function readSpots(spot: Spot, key: string, textKey?: string): readonly Spot[] {
  const given = spot.json[key]
  if (isAbsent(given)) return []
  if (!Array.isArray(given)) {
    const one = objectFor(given, textKey)
    const message = one === null ? 'it was left out' : 'it was taken as a list of one'
    note(spot, 'wrong-type', key, `This should be a list; ${message}.`)
    return one === null ? [] : [{ ...spot, json: one, at: `${spot.at}.${key}` }]
  }
  return given.flatMap((json: unknown, i) => {
    const at = `${key}[${i}]`
    if (isObject(json)) return [{ ...spot, json, at: `${spot.at}.${at}` }]
    if (isAbsent(json)) return []
    const one = objectFor(json, textKey)
    const message = one === null ? 'it was left out' : 'its text was taken'
    note(spot, 'wrong-type', at, `This should be an object; ${message}.`)
    return one === null ? [] : [{ ...spot, json: one, at: `${spot.at}.${at}` }]
  })
}

/** An object field, or null; of a list with objects, its first. */
export function readSpot(spot: Spot, key: string): Spot | null {
  const given = spot.json[key]
  if (isAbsent(given)) return null
  if (isObject(given)) return { ...spot, json: given, at: `${spot.at}.${key}` }
  const first = Array.isArray(given) ? given.findIndex(isObject) : -1
  const message = first === -1 ? 'it was left out' : 'the first of its list was taken'
  if (!Array.isArray(given) || given.length > 0)
    note(spot, 'wrong-type', key, `This should be an object; ${message}.`)
  return first === -1
    ? null
    : {
        ...spot,
        json: (given as readonly unknown[])[first] as Spot['json'],
        at: `${spot.at}.${key}[${first}]`,
      }
}

/** A number field; one written as text is taken, with a sign of money before it or "years" and the like behind it. */
export function readNumber(spot: Spot, key: string): number | null {
  const given = spot.json[key]
  if (isAbsent(given)) return null
  if (typeof given === 'number' && Number.isFinite(given)) return given
  const text = typeof given === 'string' ? plainText(given, 60).text : ''
  const exact = /^-?\d{1,15}(\.\d{1,15})?$/.exec(text)
  if (exact !== null) return Number(text)
  const loose =
    /^[£$€]?\s?(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,15}(?:\.\d{1,15})?)\s?(\+|years?( old)?|yrs?)?\.?$/i.exec(
      text,
    )
  note(
    spot,
    'wrong-type',
    key,
    `This should be a number; ${loose === null ? 'it was left out' : 'the number in it was taken'}.`,
  )
  return loose === null ? null : Number((loose[1] ?? '').replaceAll(',', ''))
}

/** Whether nothing is there: an empty text, an empty object and an empty list count as nothing. */
export function isAbsent(json: unknown): boolean {
  if (json === undefined || json === null) return true
  return typeof json === 'string' && json.trim() === ''
}

/** A day as YYYY-MM-DD, or null with a note. Other ways of writing are read where only one day can be meant. */
export function readDay(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 60)
  if (text === null) return null
  const found = dayIn(text)
  if (found === null) note(spot, 'date-unusable', key, 'This is not a date; it was left out.')
  else if (!text.startsWith(found))
    note(spot, 'date-rewritten', key, 'The date was written in another way; it was read all the same.')
  return found
}

/** An instant as ISO text in UTC, or null with a note. */
export function readInstant(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 60)
  if (text === null) return null
  const at = new Date(/^\d{4}-\d\d-\d\d \d/.test(text) ? text.replace(' ', 'T') : text)
  if (/^(19|2\d)\d{2}-\d{2}-\d{2}/.test(text) && !Number.isNaN(at.getTime())) return at.toISOString()
  const day = dayIn(text)
  if (day === null) {
    note(spot, 'date-unusable', key, 'This is not a date and time; it was left out.')
    return null
  }
  note(spot, 'date-rewritten', key, 'The date was written in another way; it was read all the same.')
  return `${day}T00:00:00.000Z`
}

const longestId = 400
const mostProblems = 500

/** The text at a key as it is given, with a note where it is no text. */
function textIn(spot: Spot, key: string): string | null {
  const given = spot.json[key]
  if (isAbsent(given)) return null
  if (typeof given === 'string') return given
  if (typeof given === 'number') return String(given)
  const texts = Array.isArray(given) ? given.filter((each) => typeof each === 'string') : []
  const message = texts.length === 0 ? 'it was left out' : 'the texts of its list were put together'
  if (!Array.isArray(given) || given.length > 0)
    note(spot, 'wrong-type', key, `This should be a text; ${message}.`)
  return texts.length === 0 ? null : texts.join('\n')
}

function objectFor(json: unknown, textKey: string | undefined): Spot['json'] | null {
  if (isObject(json)) return json
  if (textKey === undefined || (typeof json !== 'string' && typeof json !== 'number')) return null
  return { [textKey]: json }
}

function storable(id: string): string {
  return id.toWellFormed().replaceAll('\0', '')
}

function figureOf(id: string): string {
  return createHash('sha256').update(id.toLowerCase()).digest('hex')
}
