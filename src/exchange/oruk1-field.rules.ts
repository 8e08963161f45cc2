export type Json = Readonly<Record<string, unknown>>

/** What came of one part of a record: the part in HSDS, what was wrong, and which place of it stood where in the file. */
export interface Turning {
  readonly problems: { readonly rule: string; readonly at: string; readonly message: string }[]
  readonly moves: (readonly [hsds: string, file: string])[]
}

/** An object of the file and where it stands. */
export interface Part {
  readonly json: Json
  readonly at: string
}

/** Whether a JSON value is an object. */
export function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** Whether nothing is said: null, an empty text, an empty list. Real feeds write empty texts for what they do not know. */
export function isEmpty(json: unknown): boolean {
  if (json === undefined || json === null) return true
  return (typeof json === 'string' && json.trim() === '') || (Array.isArray(json) && json.length === 0)
}

/** A short text or number as text; empty for anything else. */
export function wordOf(json: unknown): string {
  if (typeof json === 'number') return String(json)
  return typeof json === 'string' ? json.trim() : ''
}

/** The first key of these that says something. */
export function keyIn(json: Json, keys: readonly string[]): string | null {
  return keys.find((key) => Object.hasOwn(json, key) && !isEmpty(json[key])) ?? null
}

/**
 * The objects under the first of these keys that says something: a list of them, or one in its place. Texts stand for
 * `textKey`; what is neither is noted and left out.
 */
export function partsOf(
  of: Part,
  keys: readonly string[],
  textKey: string,
  turning: Turning,
): readonly Part[] {
  const key = keyIn(of.json, keys)
  if (key === null) return []
  const given = of.json[key]
  const at = `${of.at}.${key}`
  if (!Array.isArray(given)) return partOf(given, at, textKey, turning)
  return given.flatMap((each: unknown, i) => partOf(each, `${at}[${i}]`, textKey, turning))
}

/** The object without these keys. */
export function without(json: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)))
}

/** Only what says something. */
export function said(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => !isEmpty(value)))
}

/** Notes a problem at a place of the file. */
export function problem({ problems }: Turning, rule: string, at: string, message: string): void {
  problems.push({ rule, at, message })
}

/** Where a place of the HSDS record stands in the file: by the longest way there that was written down. */
export function originIn(moves: Turning['moves']): (at: string) => string {
  const sorted = moves.toSorted(([a], [b]) => b.length - a.length)
  return (at) => {
    const move = sorted.find(
      ([hsds]) => at === hsds || at.startsWith(`${hsds}.`) || at.startsWith(`${hsds}[`),
    )
    return move === undefined ? at : `${move[1]}${at.slice(move[0].length)}`
  }
}

function partOf(json: unknown, at: string, textKey: string, turning: Turning): readonly Part[] {
  if (isObject(json)) return [{ json, at }]
  if (isEmpty(json)) return []
  const word = wordOf(json)
  const message = `This should be an object; ${word === '' ? 'it was left out' : 'its text was taken'}.`
  problem(turning, 'wrong-type', at, message)
  return word === '' ? [] : [{ json: { [textKey]: word }, at }]
}
