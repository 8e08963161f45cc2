import { isDeepStrictEqual } from 'node:util'

type Json = Readonly<Record<string, unknown>>

/**
 * What one JSON value says beyond another. `set` puts a value in the place of `was` and does nothing where somebody has
 * changed that since; items of lists are known by their ids.
 */
export interface Remainder {
  readonly set?: unknown
  readonly was?: unknown
  readonly drop?: true
  readonly keys?: Readonly<Record<string, Remainder>>
  readonly items?: Readonly<Record<string, Remainder>>
  readonly add?: readonly (readonly [at: number, value: unknown])[]
  /** The ids of a list in their order, where it is another one. */
  readonly order?: readonly string[]
  /** Of lists that share no id: item by item, while there are as many as there were. */
  readonly each?: readonly (Remainder | null)[]
}

/** What must be kept beside `part` so that both together are `whole`; null when nothing. */
export function remainderOf(whole: unknown, part: unknown): Remainder | null {
  if (isDeepStrictEqual(whole, part)) return null
  const found = compare(whole, part)
  return isDeepStrictEqual(withRemainder(part, found), whole) ? found : { set: whole, was: part }
}

/** `part` with what was kept beside it. What somebody changed in `part` meanwhile stands. */
export function withRemainder(part: unknown, kept: Remainder): unknown {
  if ('set' in kept) return isDeepStrictEqual(part, kept.was) ? kept.set : part
  if (kept.keys !== undefined && isObject(part)) return withKeys(part, kept.keys)
  if (Array.isArray(part)) return withItems(part as readonly unknown[], kept)
  return part
}

function compare(whole: unknown, part: unknown): Remainder {
  if (isObject(whole) && isObject(part)) {
    const keys: Record<string, Remainder> = {}
    for (const key of Object.keys(whole)) {
      const found = key in part ? remainderOf(whole[key], part[key]) : { set: whole[key] }
      if (found !== null) keys[key] = found
    }
    for (const key of Object.keys(part)) if (!(key in whole)) keys[key] = { drop: true, was: part[key] }
    return { keys }
  }
  if (isList(whole) && isList(part)) return compareLists(whole, part)
  return { set: whole, was: part }
}

function compareLists(whole: readonly Json[], part: readonly Json[]): Remainder {
  const before = new Map(part.map((each) => [each['id'], each]))
  const after = new Set(whole.map((each) => each['id']))
  if (whole.length === part.length && !part.some((each) => after.has(each['id'])))
    return { each: whole.map((each, i) => remainderOf(each, part[i])) }
  const items: Record<string, Remainder> = {}
  const add: [number, unknown][] = []
  for (const [i, each] of whole.entries()) {
    const found = before.get(each['id'])
    const differs = found === undefined ? null : remainderOf(each, found)
    if (found === undefined) add.push([i, each])
    else if (differs !== null) items[String(each['id'])] = differs
  }
  for (const each of part) if (!after.has(each['id'])) items[String(each['id'])] = { drop: true, was: each }
  const common = (list: readonly Json[], other: ReadonlySet<unknown>) =>
    list.map((each) => String(each['id'])).filter((id) => other.has(id))
  const order = common(whole, new Set(before.keys()))
  return {
    ...(Object.keys(items).length === 0 ? {} : { items }),
    ...(add.length === 0 ? {} : { add }),
    ...(isDeepStrictEqual(order, common(part, after)) ? {} : { order }),
  }
}

function withKeys(part: Json, keys: Readonly<Record<string, Remainder>>): Json {
  const result: Record<string, unknown> = { ...part }
  for (const [key, kept] of Object.entries(keys)) {
    if (forbidden.has(key)) continue
    if (kept.drop === true) {
      if (isDeepStrictEqual(result[key], kept.was)) delete result[key]
      continue
    }
    const value = withRemainder(result[key], kept)
    if (value !== undefined) result[key] = value
  }
  return result
}

function withItems(
  part: readonly unknown[],
  { items = {}, add = [], order = [], each }: Remainder,
): readonly unknown[] {
  if (each !== undefined)
    return each.length === part.length
      ? part.map((one, i) => (each[i] ? withRemainder(one, each[i]) : one))
      : part
  const result = part.flatMap((each) => {
    const kept = isObject(each) ? items[String(each['id'])] : undefined
    if (kept === undefined) return [each]
    if (kept.drop === true) return isDeepStrictEqual(each, kept.was) ? [] : [each]
    return [withRemainder(each, kept)]
  })
  // Items that somebody has added since come after the others.
  const place = new Map(order.map((id, i) => [id, i]))
  const placeOf = (one: unknown) => (isObject(one) ? place.get(String(one['id'])) : undefined) ?? order.length
  if (order.length > 0) result.sort((a, b) => placeOf(a) - placeOf(b))
  for (const [at, value] of add) result.splice(Math.min(at, result.length), 0, value)
  return result
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** A list of objects with ids of their own. */
function isList(json: unknown): json is readonly Json[] {
  if (!Array.isArray(json) || !json.every((each) => isObject(each) && typeof each['id'] === 'string'))
    return false
  return new Set(json.map((each: Json) => each['id'])).size === json.length
}
