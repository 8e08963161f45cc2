import { clausesAt, facetIndex, type FacetIndex } from './condition.ts'
import type { Facet } from './facet.ts'
import { reading, refuse, shown, type Reading } from './problem.ts'
import { at, readAmount, readFlag, readId, readList, readObject, readText, readWhole } from './shape.ts'
import { sharesAt, type Shares } from './shares.ts'
import type { Agency, Need, Pathway, PathwayKind, Service, System } from './system.ts'

/** The most that is read of each list; beyond it a file is refused, so that memory stays bounded. */
const MOST = {
  facets: 200,
  values: 100_000,
  needs: 10_000,
  agencies: 200_000,
  services: 1_000_000,
  pathways: 2_000_000,
} as const

const KEYS = [
  'name',
  'facets',
  'possible',
  'weights',
  'weightsFrom',
  'needs',
  'agencies',
  'services',
  'pathways',
  'maxHandoffs',
  'withinWeeks',
]
const WEEKS: readonly number[] = [0, 2, 6, 18, 52]

/** Reads a service system from parsed JSON; the first problem found names its place and what would be right. */
export function readSystem(json: unknown): Reading<System> {
  return reading((warn) => {
    const warnings: string[] = []
    const note = (line: string) => {
      warnings.push(line)
      warn(line)
    }
    const file = readObject(json, '', KEYS)
    const facets = listAt(file, 'facets', 1).map((item, i) => readFacet(item, at('facets', i)))
    refuseTwins(facets, 'facets')
    const index = facetIndex(facets)
    const possible = clausesAt(index, file['possible'], 'possible', note)
    const weights = readWeights(index, file['weights'])
    const needs = listAt(file, 'needs', 1).map((item, i) => readNeed(index, item, at('needs', i), note))
    refuseTwins(needs, 'needs')
    scaleExtremes(needs, 'importance')
    const rest = readRest({ file, index, needs, note })
    const name = readText(file['name'], 'name')
    const weightsFrom = readText(file['weightsFrom'], 'weightsFrom')
    const system = { facets, possible, weights, needs, ...rest, warnings }
    return {
      ...system,
      ...(name === undefined ? {} : { name }),
      ...(weightsFrom === undefined ? {} : { weightsFrom }),
    }
  })
}

interface Context {
  readonly file: Readonly<Record<string, unknown>>
  readonly index: FacetIndex
  readonly needs: readonly Need[]
  readonly note: (line: string) => void
}

function readRest({
  file,
  index,
  needs,
  note,
}: Context): Pick<System, 'agencies' | 'services' | 'pathways' | 'maxHandoffs' | 'withinWeeks'> {
  const list = listAt(file, 'services', 0)
  const agencies =
    file['agencies'] === undefined
      ? agenciesNamed(list)
      : listAt(file, 'agencies', 0).map((item, i) => readAgency(item, at('agencies', i)))
  refuseTwins(agencies, 'agencies')
  scaleExtremes(agencies, 'arrivals')
  const names = { index, needs: indexOf(needs), agencies: indexOf(agencies) }
  const services = list.map((item, i) => readService(names, item, at('services', i), note))
  refuseTwins(services, 'services')
  for (const [i, service] of services.entries()) {
    if (names.agencies.has(service.id))
      refuse(
        at(at('services', i), 'id'),
        `${service.id} is also the id of an agency`,
        'ids are unique over agencies and services together',
      )
  }
  const places = { ...names, services: indexOf(services) }
  const pathways = (file['pathways'] === undefined ? [] : listAt(file, 'pathways', 0)).map((item, i) =>
    readPathway(places, item, at('pathways', i), note),
  )
  const maxHandoffs = file['maxHandoffs'] === undefined ? 2 : readWhole(file['maxHandoffs'], 'maxHandoffs')
  if (maxHandoffs < 0 || maxHandoffs > 100)
    refuse('maxHandoffs', `is ${maxHandoffs}`, 'should be a whole number from 0 to 100')
  const weeks =
    file['withinWeeks'] === undefined
      ? WEEKS
      : readList(file['withinWeeks'], 'withinWeeks').map((item, i) => readGiven(item, at('withinWeeks', i)))
  if (weeks.length > 100) refuse('withinWeeks', `holds ${weeks.length} figures`, 'give at most 100')
  return { agencies, services, pathways, maxHandoffs, withinWeeks: weeks }
}

function readFacet(json: unknown, place: string): Facet {
  const given = readObject(json, place, ['id', 'label', 'kind', 'min', 'max', 'values'])
  const id = readId(given['id'], at(place, 'id'))
  const label = labelled(given, place)
  const kind = given['kind']
  if (kind === 'integer') {
    if (given['values'] !== undefined)
      refuse(at(place, 'values'), 'does not belong to an integer facet', 'give min and max')
    const min = readWhole(given['min'], at(place, 'min'))
    const max = readWhole(given['max'], at(place, 'max'))
    if (min > max) refuse(place, `min ${min} is above max ${max}`, 'swap them or mend one')
    if (!Number.isSafeInteger(max - min + 1))
      refuse(place, 'has more values than can be counted', 'use a coarser unit')
    return { id, ...label, kind, min, max }
  }
  if (kind !== 'choice' && kind !== 'ordered')
    refuse(at(place, 'kind'), `is ${shown(kind)}`, 'should be integer, choice or ordered')
  if (given['min'] !== undefined || given['max'] !== undefined)
    refuse(place, `has min or max, but is ${kind}`, 'list its values')
  const values = readList(given['values'], at(place, 'values'), 1).map((value, i) =>
    readId(value, at(at(place, 'values'), i)),
  )
  if (values.length > MOST.values)
    refuse(at(place, 'values'), `holds ${values.length}`, `at most ${MOST.values} are read`)
  refuseTwins(
    values.map((value) => ({ id: value })),
    at(place, 'values'),
  )
  return { id, ...label, kind, values }
}

function readWeights(index: FacetIndex, json: unknown): readonly (Shares | null)[] {
  const weights: (Shares | null)[] = index.facets.map(() => null)
  if (json === undefined) return weights
  for (const [id, given] of Object.entries(readObject(json, 'weights'))) {
    const number = index.byId.get(id)
    const facet = number === undefined ? undefined : index.facets[number]
    if (number === undefined || facet === undefined)
      refuse(
        at('weights', id),
        'is not a facet',
        `the facets are ${index.facets.map((f) => f.id).join(', ')}`,
      )
    weights[number] = sharesAt(facet, given, at('weights', id))
  }
  return weights
}

function readNeed(index: FacetIndex, json: unknown, place: string, warn: (line: string) => void): Need {
  const given = readObject(json, place, ['id', 'label', 'arises', 'importance'])
  const importance = readAmount(given['importance'], at(place, 'importance'), 1)
  if (importance === 0) refuse(at(place, 'importance'), 'is 0', 'should be above 0')
  return {
    id: readId(given['id'], at(place, 'id')),
    ...labelled(given, place),
    arises: clausesAt(index, given['arises'], at(place, 'arises'), warn),
    importance,
  }
}

function readAgency(json: unknown, place: string): Agency {
  const given = readObject(json, place, ['id', 'label', 'sector', 'door', 'arrivals'])
  const sector = readText(given['sector'], at(place, 'sector'))
  return {
    id: readId(given['id'], at(place, 'id')),
    ...labelled(given, place),
    ...(sector === undefined ? {} : { sector }),
    door: readFlag(given['door'], at(place, 'door'), true),
    arrivals: readAmount(given['arrivals'], at(place, 'arrivals'), 1),
  }
}

/** Agencies left out: every agency that a service names, in that order, each a door. */
function agenciesNamed(services: readonly unknown[]): Agency[] {
  const ids = new Set<string>()
  for (const [i, item] of services.entries()) {
    const place = at('services', i)
    ids.add(readId(readObject(item, place)['agency'], at(place, 'agency')))
  }
  return [...ids].map((id) => ({ id, door: true, arrivals: 1 }))
}

interface Names {
  readonly index: FacetIndex
  readonly needs: ReadonlyMap<string, number>
  readonly agencies: ReadonlyMap<string, number>
}

const SERVICE_KEYS = [
  'id',
  'label',
  'agency',
  'meets',
  'accepts',
  'selfReferral',
  'open',
  'waitWeeks',
  'after',
  'fixed',
]

function readService(names: Names, json: unknown, place: string, warn: (line: string) => void): Service {
  const given = readObject(json, place, SERVICE_KEYS)
  const id = readId(given['id'], at(place, 'id'))
  const meets = readNames(names.needs, given['meets'], at(place, 'meets'), 'need', 1)
  const after =
    given['after'] === undefined ? [] : readNames(names.needs, given['after'], at(place, 'after'), 'need', 0)
  if (after.some((need) => meets.includes(need)))
    warn(`${at(place, 'after')}: service ${id} waits for a need that it meets itself`)
  return {
    id,
    ...labelled(given, place),
    agency: readName(names.agencies, given['agency'], at(place, 'agency'), 'agency'),
    meets,
    accepts: clausesAt(names.index, given['accepts'], at(place, 'accepts'), warn),
    selfReferral: readFlag(given['selfReferral'], at(place, 'selfReferral'), false),
    open: readFlag(given['open'], at(place, 'open'), true),
    waitWeeks: readAmount(given['waitWeeks'], at(place, 'waitWeeks'), 0),
    after,
    fixed:
      given['fixed'] === undefined
        ? []
        : readNames(names.index.byId, given['fixed'], at(place, 'fixed'), 'facet', 0),
  }
}

function readPathway(
  names: Names & { readonly services: ReadonlyMap<string, number> },
  json: unknown,
  place: string,
  warn: (line: string) => void,
): Pathway {
  const given = readObject(json, place, ['from', 'to', 'kind', 'when'])
  const kind = given['kind']
  if (kind !== 'warm' && kind !== 'referral' && kind !== 'signpost')
    refuse(at(place, 'kind'), `is ${shown(kind)}`, 'should be warm, referral or signpost')
  return {
    from: readName(names.agencies, given['from'], at(place, 'from'), 'agency'),
    to: readTarget(names, given['to'], at(place, 'to')),
    kind: kind satisfies PathwayKind,
    when: clausesAt(names.index, given['when'], at(place, 'when'), warn),
  }
}

function readTarget(
  names: Names & { readonly services: ReadonlyMap<string, number> },
  json: unknown,
  place: string,
): Pathway['to'] {
  const service = typeof json === 'string' ? names.services.get(json) : undefined
  if (service !== undefined) return { service }
  const agency = typeof json === 'string' ? names.agencies.get(json) : undefined
  if (agency !== undefined) return { agency }
  return refuse(place, `${shown(json)} leads nowhere`, 'should be the id of a service or an agency')
}

function readNames(
  known: ReadonlyMap<string, number>,
  json: unknown,
  place: string,
  what: string,
  least: number,
): readonly number[] {
  return [
    ...new Set(readList(json, place, least).map((item, i) => readName(known, item, at(place, i), what))),
  ]
}

function readName(known: ReadonlyMap<string, number>, json: unknown, place: string, what: string): number {
  const found = typeof json === 'string' ? known.get(json) : undefined
  if (found !== undefined) return found
  const ids = [...known.keys()]
  const some = ids.slice(0, 8).join(', ')
  const mend =
    ids.length === 0
      ? `the file names no ${what}`
      : `should be the id of ${what === 'agency' ? 'an' : 'a'} ${what}, such as ${some}${ids.length > 8 ? ', …' : ''}`
  return refuse(place, `${shown(json)} is not ${what === 'agency' ? 'an' : 'a'} ${what}`, mend)
}

function readGiven(json: unknown, place: string): number {
  if (json === null || json === undefined)
    refuse(place, `is ${shown(json)}`, 'should be a number of at least 0')
  return readAmount(json, place, 0)
}

function labelled(given: Readonly<Record<string, unknown>>, place: string): { readonly label?: string } {
  const label = readText(given['label'], at(place, 'label'))
  return label === undefined ? {} : { label }
}

function listAt(
  file: Readonly<Record<string, unknown>>,
  key: keyof typeof MOST,
  least: number,
): readonly unknown[] {
  if (file[key] === undefined) refuse(key, 'is missing', 'should be a list [ … ]')
  const list = readList(file[key], key, least)
  if (list.length > MOST[key]) refuse(key, `holds ${list.length}`, `at most ${MOST[key]} are read`)
  return list
}

function indexOf(items: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  return new Map(items.map((item, i) => [item.id, i]))
}

function refuseTwins(items: readonly { readonly id: string }[], place: string): void {
  const seen = new Set<string>()
  for (const [i, { id }] of items.entries()) {
    if (seen.has(id)) refuse(at(place, i), `${id} stands there twice`, 'each id is used once')
    seen.add(id)
  }
}

/** Only ratios of these count; the largest and smallest doubles would pass beyond what a double can hold when multiplied. */
function scaleExtremes<K extends string>(items: readonly { readonly [key in K]: number }[], key: K): void {
  const largest = items.reduce((most, item) => Math.max(most, item[key]), 0)
  if (largest === 0 || (largest < 1e100 && largest > 1e-100)) return
  for (const item of items as { [key in K]: number }[]) item[key] = (item[key] / largest) as (typeof item)[K]
}
