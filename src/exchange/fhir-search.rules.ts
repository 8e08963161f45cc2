import type {
  Condition,
  Given,
  Parameter,
  ResourceType,
  Search,
  SearchRefused,
  Span,
  Token,
} from './fhir-search.ts'
import { isUuid } from './derived-id.rules.ts'
import { keptOf } from './fhir-place.rules.ts'
import { parameters } from './fhir-search.ts'

/** The most resources a page has, how many it has when nobody says, and how many conditions and values a search may have. */
const bounds = { most: 100, usual: 50, conditions: 20, values: 100, word: 200 } as const

/** A search as read; `used` are the parameters that count, `ignored` those that this server does not know. */
export type SearchRead =
  | { readonly ok: true; readonly search: Search; readonly used: Given; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly refused: SearchRefused }

/**
 * Reads the parameters of a search (FHIR R4, 3.1.1). What is not known is left out and told, as the standard asks; with `strict` it
 * is refused. What is known and wrong is always refused: a filter that is dropped would give too much.
 */
export function readSearch(type: ResourceType, given: Given, strict: boolean): SearchRead {
  const conditions: Condition[] = []
  const used: (readonly [string, string])[] = []
  const ignored: string[] = []
  let count: number = bounds.usual
  let after: string | null = null
  for (const [key, value] of given) {
    if (value === '' || key === '_format' || key === '_pretty') continue
    const [name = '', modifier = null] = key.split(':', 2)
    const parameter = parameters[type].find((each) => each.name === name)
    if (key === '_count') {
      if (!/^\d{1,6}$/.test(value)) return refuse('parameter-wrong', key)
      count = Math.min(Number(value), bounds.most)
    } else if (key === '_after') {
      if (!endsPage(type, value)) return refuse('parameter-wrong', key)
      after = value.toLowerCase()
      continue
    } else if (parameter === undefined) {
      if (strict) return refuse('parameter-unknown', key)
      ignored.push(key)
      continue
    } else {
      const condition = conditionOf(parameter, modifier, value)
      if ('rule' in condition) return { ok: false, refused: condition }
      conditions.push(condition)
      if (conditions.length > bounds.conditions) return refuse('too-many', key)
    }
    used.push([key, value])
  }
  return { ok: true, search: { type, conditions, count, after }, used, ignored }
}

/** The format asked for, by `_format` or by what the client accepts; null when it is one that is not spoken here. */
export function formatAsked(format: string | null, accept: string | null): 'json' | null {
  if (format !== null && format !== '') return isJson(format) ? 'json' : null
  if (accept === null || accept.trim() === '') return 'json'
  return accept
    .split(',')
    .some((each) => isJson(each.split(';')[0] ?? '') || /^\s*(\*|text\/html)/.test(each))
    ? 'json'
    : null
}

function isJson(format: string): boolean {
  return /^\s*(json|(application|text)\/(fhir\+)?json|application\/\*|\*\/\*)\s*(;.*)?$/i.test(format)
}

function conditionOf(
  parameter: Parameter,
  modifier: string | null,
  value: string,
): Condition | SearchRefused {
  const { name, kind } = parameter
  const wrong: SearchRefused = { rule: 'parameter-wrong', parameter: name }
  if (modifier !== null && !modifierFits(parameter, modifier)) {
    return { rule: 'modifier-unknown', parameter: `${name}:${modifier}` }
  }
  const values = valuesOf(value)
  if (values.length === 0 || values.some((each) => each.length > bounds.word)) return wrong
  if (values.length > bounds.values) return { rule: 'too-many', parameter: name }
  if (kind === 'date') {
    const spans = values.map(spanOf)
    return spans.includes(null) ? wrong : { on: 'updated', spans: spans.filter((each) => each !== null) }
  }
  if (kind === 'string') {
    return {
      on: 'name',
      how: modifier === 'exact' || modifier === 'contains' ? modifier : 'starts',
      words: values,
    }
  }
  if (kind === 'reference') {
    const target = name === 'organization' ? 'Organization' : 'Location'
    return {
      on: name === 'organization' ? 'organization' : 'location',
      ids: values.flatMap((each) => idIn(each, target) ?? []),
    }
  }
  if (name === '_id') return { on: 'id', ids: values.filter(isId).map((each) => each.toLowerCase()) }
  if (name === 'active') {
    const codes = values.map((each) => tokenOf(each).code)
    if (!codes.every((code) => code === 'true' || code === 'false')) return wrong
    return { on: 'active', values: codes.map((code) => code === 'true') }
  }
  return { on: name === 'service-category' ? 'category' : 'type', tokens: values.map(tokenOf) }
}

function modifierFits({ name, kind }: Parameter, modifier: string): boolean {
  if (kind === 'string') return modifier === 'exact' || modifier === 'contains'
  return kind === 'reference' && modifier.toLowerCase() === name
}

/** Values between commas; a comma that belongs to a value has a backslash before it. */
function valuesOf(value: string): readonly string[] {
  return (value.match(/(?:\\.|[^,\\])+/gs) ?? [])
    .map((each) => each.replaceAll(/\\([\\,|$])/g, '$1').trim())
    .filter((each) => each !== '')
}

function tokenOf(value: string): Token {
  const at = value.lastIndexOf('|')
  if (at < 0) return { system: null, code: value }
  return { system: value.slice(0, at) || null, code: value.slice(at + 1) || null }
}

/** `Organization/x`, `x`, or an address that ends so. */
function idIn(value: string, target: string): string | null {
  const parts = value.split('/')
  const id = parts.at(-1) ?? ''
  const type = parts.at(-2)
  return isId(id) && (type === undefined || type === target) ? id.toLowerCase() : null
}

/** Whether a page of this resource can end with the id. */
function endsPage(type: ResourceType, id: string): boolean {
  return isUuid((type === 'Location' ? keptOf(id.toLowerCase()) : null) ?? id)
}

function isId(text: string): boolean {
  return /^[A-Za-z0-9\-.]{1,64}$/.test(text)
}

/** The time that a date stands for, with its prefix: `ge2026-11`, `2026-11-27`, `lt2026-11-27T10:00:00Z`. */
function spanOf(value: string): Span | null {
  const found = /^(eq|ne|gt|lt|ge|le|sa|eb)?(\d{4}(?:-\d\d(?:-\d\d(?:T.+)?)?)?)$/.exec(value)
  const days = found === null ? null : daysOf(found[2] ?? '')
  if (found === null || days === null) return null
  const [start, end] = days
  const spans: Readonly<Record<string, Span>> = {
    eq: { from: start, to: end, outside: false },
    ne: { from: start, to: end, outside: true },
    gt: { from: end, to: null, outside: false },
    sa: { from: end, to: null, outside: false },
    ge: { from: start, to: null, outside: false },
    lt: { from: null, to: start, outside: false },
    eb: { from: null, to: start, outside: false },
    le: { from: null, to: end, outside: false },
  }
  return spans[found[1] ?? 'eq'] ?? null
}

/** The first instant and the one after the last, of a year, a month, a day or an instant. */
function daysOf(date: string): readonly [string, string] | null {
  try {
    if (date.includes('T')) {
      // A plus in an address arrives as a blank.
      const at = Temporal.Instant.from(date.replaceAll(' ', '+'))
      const exact = /T\d\d:\d\d(:\d\d(\.\d)?)?/.exec(date) ?? []
      const width =
        exact[1] === undefined
          ? { minutes: 1 }
          : exact[2] === undefined
            ? { seconds: 1 }
            : { milliseconds: 1 }
      return [at.toString(), at.add(width).toString()]
    }
    const [year = '', month, day] = date.split('-')
    const first = Temporal.PlainDate.from(`${year}-${month ?? '01'}-${day ?? '01'}`, { overflow: 'reject' })
    const last = first.add(
      day === undefined ? (month === undefined ? { years: 1 } : { months: 1 }) : { days: 1 },
    )
    return [`${first.toString()}T00:00:00Z`, `${last.toString()}T00:00:00Z`]
  } catch {
    return null
  }
}

function refuse(rule: SearchRefused['rule'], parameter: string): SearchRead {
  return { ok: false, refused: { rule, parameter } }
}
