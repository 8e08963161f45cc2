import { rangeInWords, sizeOf, stepOf, valueAt, type Facet, type Value } from './facet.ts'
import { reading, refuse, shown, type Reading } from './problem.ts'
import { intersectRuns, normalRuns, otherRuns, type Runs } from './runs.ts'
import { at, readList, readObject } from './shape.ts'

/** One of these values; none of these; or from `min` to `max`, both inclusive. */
export type Constraint =
  | readonly Value[]
  | { readonly not: readonly Value[] }
  | { readonly min?: Value; readonly max?: Value }

/** Every facet named must satisfy its constraint; `{}` holds everywhere. */
export type Condition = Readonly<Record<string, Constraint>>

/** Any one of the conditions suffices; an empty list holds nowhere. */
export type Clauses = readonly Condition[]

/** A value for every facet. */
export type Situation = Readonly<Record<string, Value>>

/** A situation in which a facet left out is unknown. */
export type PartialSituation = Readonly<Partial<Record<string, Value>>>

/** What a constraint leaves of one facet, in steps; `end` keeps the bounds that a remedy may move. */
export interface Limit {
  /** Index of the facet. */
  readonly facet: number
  readonly runs: Runs
  /** Present on `{ min, max }` constraints: which ends the file states. */
  readonly ends?: { readonly min: boolean; readonly max: boolean }
}

/** A condition as read: at most one limit a facet, in the order of the file. */
export type Clause = readonly Limit[]

/** Facets by id, and their indices. */
export interface FacetIndex {
  readonly facets: readonly Facet[]
  readonly byId: ReadonlyMap<string, number>
}

/** Looks facets up by id. */
export function facetIndex(facets: readonly Facet[]): FacetIndex {
  return { facets, byId: new Map(facets.map((facet, index) => [facet.id, index])) }
}

/** Reads one condition against the facets; the problem names the place and what would be right. */
export function readCondition(facets: readonly Facet[], json: unknown, place = 'condition'): Reading<Clause> {
  return reading((warn) => readClause(facetIndex(facets), json, place, warn))
}

/** Reads an OR of conditions against the facets; left out (undefined) it holds everywhere. */
export function readClauses(
  facets: readonly Facet[],
  json: unknown,
  place = 'clauses',
): Reading<readonly Clause[]> {
  return reading((warn) => clausesAt(facetIndex(facets), json, place, warn))
}

/** Reads a situation in which facets may be left out. */
export function readSituation(
  facets: readonly Facet[],
  json: unknown,
  place = 'situation',
): Reading<PartialSituation> {
  return reading(() => {
    const index = facetIndex(facets)
    const given = readObject(json, place)
    for (const [id, value] of Object.entries(given)) {
      const facet = facets[facetAt(index, id, place)]
      if (facet === undefined || stepOf(facet, value) >= 0) continue
      refuse(
        at(place, id),
        `${shown(value)} is not a value of this facet`,
        `should be ${rangeInWords(facet)}, or left out when unknown`,
      )
    }
    return given as PartialSituation
  })
}

/** Whether the clauses hold in a full situation. */
export function holds(facets: readonly Facet[], clauses: readonly Clause[], situation: Situation): boolean {
  return clauses.some((clause) =>
    clause.every(({ facet, runs }) => {
      const axis = facets[facet]
      return axis !== undefined && inRuns(runs, stepOf(axis, situation[axis.id]))
    }),
  )
}

/** Reads clauses inside a file; throws the problem. */
export function clausesAt(
  index: FacetIndex,
  json: unknown,
  place: string,
  warn: (line: string) => void,
): readonly Clause[] {
  if (json === undefined) return [[]]
  return readList(json, place).map((item, i) => readClause(index, item, at(place, i), warn))
}

function readClause(index: FacetIndex, json: unknown, place: string, warn: (line: string) => void): Clause {
  const clause: Limit[] = []
  for (const [id, constraint] of Object.entries(readObject(json, place))) {
    const number = facetAt(index, id, place)
    const facet = index.facets[number]
    if (facet !== undefined)
      clause.push({ facet: number, ...readConstraint(facet, constraint, at(place, id), warn) })
  }
  return clause
}

function facetAt(index: FacetIndex, id: string, place: string): number {
  const found = index.byId.get(id)
  if (found !== undefined) return found
  const known = index.facets.slice(0, 12).map((facet) => facet.id)
  return refuse(
    at(place, id),
    'is not a facet',
    `the facets are ${known.join(', ')}${index.facets.length > 12 ? ', …' : ''}`,
  )
}

function readConstraint(
  facet: Facet,
  json: unknown,
  place: string,
  warn: (line: string) => void,
): Omit<Limit, 'facet'> {
  if (Array.isArray(json)) return { runs: readValues(facet, json, place) }
  const given = readObject(json, place, ['not', 'min', 'max'])
  if ('not' in given) {
    if ('min' in given || 'max' in given)
      refuse(place, 'has "not" beside "min" or "max"', 'use one of the two')
    return {
      runs: otherRuns(
        readValues(facet, readList(given['not'], at(place, 'not')), at(place, 'not')),
        sizeOf(facet),
      ),
    }
  }
  if (!('min' in given) && !('max' in given))
    refuse(place, 'is an empty object', 'give "min", "max" or "not", or leave the facet out')
  return readRange(facet, given, place, warn)
}

function readValues(facet: Facet, list: readonly unknown[], place: string): Runs {
  const pairs: [number, number][] = []
  for (const [i, value] of list.entries()) {
    const step = stepOf(facet, value)
    if (step < 0)
      refuse(
        at(place, i),
        `${shown(value)} is not a value of facet ${facet.id}`,
        `should be ${rangeInWords(facet)}`,
      )
    pairs.push([step, step])
  }
  return normalRuns(pairs)
}

function readRange(
  facet: Facet,
  given: Readonly<Record<string, unknown>>,
  place: string,
  warn: (line: string) => void,
): Omit<Limit, 'facet'> {
  if (facet.kind === 'choice')
    refuse(place, `has min or max, but facet ${facet.id} has no order`, 'list its values instead')
  const last = sizeOf(facet) - 1
  const low = 'min' in given ? readBound(facet, given['min'], at(place, 'min')) : 0
  const high = 'max' in given ? readBound(facet, given['max'], at(place, 'max')) : last
  if ('min' in given && 'max' in given && low > high) {
    refuse(place, `min ${shown(given['min'])} is above max ${shown(given['max'])}`, 'swap them or mend one')
  }
  if (low < 0 || low > last || high < 0 || high > last) {
    warn(`${place}: reaches beyond ${rangeInWords(facet)}; what lies beyond is left out`)
  }
  const runs = intersectRuns([low, high], [0, last])
  return { runs, ends: { min: 'min' in given, max: 'max' in given } }
}

function readBound(facet: Facet, value: unknown, place: string): number {
  if (facet.kind === 'integer') {
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      refuse(place, `is ${shown(value)}`, 'should be a whole number')
    return value - facet.min
  }
  const step = stepOf(facet, value)
  if (step < 0)
    refuse(place, `${shown(value)} is not a value of facet ${facet.id}`, `should be ${rangeInWords(facet)}`)
  return step
}

/** Whether a step lies in the runs. */
export function inRuns(runs: Runs, step: number): boolean {
  for (let i = 0; i < runs.length; i += 2) {
    if (step >= (runs[i] ?? 0) && step <= (runs[i + 1] ?? -1)) return true
  }
  return false
}

/** Runs of a facet in the file's own words: one `{ min, max }` where the facet has an order, else the list. */
export function constraintOf(facet: Facet, runs: Runs): Constraint {
  const last = sizeOf(facet) - 1
  const [low = 0, high = -1] = runs
  if (facet.kind !== 'choice' && runs.length === 2) {
    return {
      ...(low > 0 || high === last ? { min: valueAt(facet, low) } : {}),
      ...(high < last ? { max: valueAt(facet, high) } : {}),
    }
  }
  const values: Value[] = []
  for (let i = 0; i < runs.length; i += 2) {
    for (let step = runs[i] ?? 0; step <= (runs[i + 1] ?? -1); step++) values.push(valueAt(facet, step))
  }
  return values
}
