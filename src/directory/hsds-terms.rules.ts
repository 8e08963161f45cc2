import { languageCode } from './language.rules.ts'
import { needByCode, type Pack } from './facet.ts'
import { codeOf, inTaxonomy, type Attribute } from './hsds-attribute.rules.ts'
import { note, readInstant, readNumber, readSpots, readText, type Spot } from './hsds-field.rules.ts'
import { attributesOf } from './hsds-attribute.rules.ts'
import { plainText } from './plain-text.rules.ts'
import { capacityStates, type Capacity, costs, type Wishes } from './listing.ts'
import { ledByOf } from './practical.ts'
import type { Threshold } from './threshold.ts'
import { conditionInWords, forbiddenIn, readConditionText } from './threshold.rules.ts'

/** The clauses of a service: one attribute each, taxonomy `anydoor-threshold`; else its ages. */
export function readThresholds(
  spot: Spot,
  attributes: readonly Attribute[],
  of: {
    readonly sector: string
    readonly pack: Pack
    readonly owner: string
    readonly reviewedOn: string | null
  },
): readonly Threshold[] {
  const clauses = inTaxonomy(attributes, 'anydoor-threshold').flatMap((each) => {
    const read = readConditionText(each.value)
    if (!read.ok) {
      note(
        each.spot,
        'threshold-unreadable',
        'value',
        `Who this service is for could not be read: ${placeOnly(read.message)}.`,
      )
      return []
    }
    if (read.warnings.length > 0)
      note(
        each.spot,
        'threshold-clamped',
        'value',
        'A limit reached beyond what the facet can be; it was cut.',
      )
    const closed = forbiddenIn(read.condition, of.sector, of.pack)
    return [
      {
        condition: read.condition,
        sentence: each.label || `${conditionInWords(read.condition, of.pack).join('. ') || 'Everyone'}.`,
        source: 'the service, in its directory entry',
        owner: of.owner,
        reviewedOn: of.reviewedOn,
        soft: each.code.toLowerCase() === 'soft',
        forbiddenRule: closed.rule,
        forbiddenFacets: closed.facets,
      },
    ]
  })
  return clauses.length > 0 ? clauses : agesAsThreshold(spot, of)
}

/** Need codes of one taxonomy (`anydoor-need`, `anydoor-after`); unknown ones are noted and left out. */
export function readNeeds(attributes: readonly Attribute[], taxonomy: string): readonly string[] {
  const codes = inTaxonomy(attributes, taxonomy).flatMap((each) => {
    const code = codeOf(each)
    if (needByCode(code) !== null) return [code]
    note(
      each.spot,
      'need-unknown',
      'value',
      'This is not one of the needs that this directory knows; it was left out.',
    )
    return []
  })
  return [...new Set(codes)]
}

/** Whether one of the yes/no attributes says yes. */
export function saysYes(attributes: readonly Attribute[], taxonomy: string): boolean {
  return inTaxonomy(attributes, taxonomy).some((each) => ['yes', 'true', 'self'].includes(codeOf(each)))
}

/** What a person may prefer: `anydoor-wish` attributes (term code = which wish, value), languages, areas, costs. */
export function readWishes(spot: Spot, attributes: readonly Attribute[]): Wishes {
  const wishes = inTaxonomy(attributes, 'anydoor-wish')
  const of = (code: string) =>
    wishes
      .filter((each) => each.code.toLowerCase() === code)
      .map((each) => plainText(each.value, 80).text.toLowerCase())
      .filter((value) => value !== '')
  for (const each of wishes) {
    if (!wishCodes.includes(each.code.toLowerCase())) {
      note(
        each.spot,
        'wish-unknown',
        'taxonomy_term.code',
        `This is not one of ${wishCodes.join(', ')}; it was left out.`,
      )
    }
  }
  const languages = readSpots(spot, 'languages', 'name').flatMap(
    (each) =>
      readText(each, 'code', 35) ?? readText(each, 'name', 60) ?? readText(each, 'language', 60) ?? [],
  )
  const areas = readSpots(spot, 'service_areas', 'name').flatMap(
    (each) => readText(each, 'name', 200) ?? readText(each, 'service_area', 200) ?? [],
  )
  const cost = costs.find((each) => of('cost').includes(each))
  return {
    languages: [...new Set(languages.map(languageCode))],
    ledBy: ledByOf(of('led-by')),
    workerGender: of('worker-gender'),
    areas,
    models: of('model'),
    remote: yesOrNo(of('remote')),
    cost: cost ?? costOf(spot),
    needsNoPublicFunds: yesOrNo(of('needs-no-public-funds')),
  }
}

/** Room and wait: the first `capacities` entry, with `anydoor-capacity` and `anydoor-wait` attributes of its own. */
export function readCapacity(spot: Spot): Capacity | null {
  const given = readSpots(spot, 'capacities')[0]
  if (given === undefined) return null
  const attributes = attributesOf(given)
  const counted = inTaxonomy(attributes, 'anydoor-places').every((each) => codeOf(each) !== 'not-said')
  const places = counted ? readNumber(given, 'available') : null
  const asOf = readInstant(given, 'updated')
  if (asOf === null) {
    note(given, 'capacity-undated', 'updated', 'Room and wait without a date were left out.')
    return null
  }
  const whole = places === null || places < 0 ? null : Math.min(Math.floor(places), 1_000_000)
  const [from, to] = readWait(attributes)
  return {
    state: readState(attributes, whole),
    places: whole,
    waitWeeks: from,
    waitWeeksTo: to,
    note: readText(given, 'description', 500),
    asOf,
  }
}

const wishCodes: readonly string[] = [
  'led-by',
  'worker-gender',
  'model',
  'remote',
  'cost',
  'needs-no-public-funds',
]

function readState(attributes: readonly Attribute[], places: number | null): Capacity['state'] {
  const given = inTaxonomy(attributes, 'anydoor-capacity')[0]
  const state = given === undefined ? undefined : capacityStates.find((each) => each === codeOf(given))
  if (state !== undefined) return state
  if (given !== undefined) {
    note(given.spot, 'value-unknown', 'value', `This is not one of ${capacityStates.join(', ')}.`)
  }
  if (places === null) return 'ask-first'
  return places > 0 ? 'has-room' : 'none'
}

function readWait(attributes: readonly Attribute[]): readonly [number | null, number | null] {
  const given = inTaxonomy(attributes, 'anydoor-wait')[0]
  if (given === undefined) return [null, null]
  const [from = NaN, to = from] = given.value.split('-').map(Number)
  if (from >= 0 && to >= from && to < 1_000) return [from, to]
  note(
    given.spot,
    'wait-unusable',
    'value',
    'A wait is a number of weeks, or two with a hyphen between; it was left out.',
  )
  return [null, null]
}

function agesAsThreshold(
  spot: Spot,
  of: { readonly owner: string; readonly reviewedOn: string | null; readonly pack: Pack },
): readonly Threshold[] {
  const min = readNumber(spot, 'minimum_age')
  const max = readNumber(spot, 'maximum_age')
  if (min === null && max === null) return []
  const from = Math.round((min ?? 0) * 12)
  const to = max === null ? 1319 : Math.min(1319, Math.floor(max) * 12 + 11)
  if (from < 0 || from > to) {
    note(spot, 'ages-unusable', 'minimum_age', 'The lowest age is above the highest; both were left out.')
    return []
  }
  const condition = { age: { ...(from > 0 ? { min: from } : {}), ...(to < 1319 ? { max: to } : {}) } }
  if (Object.keys(condition.age).length === 0) return []
  return [
    {
      condition,
      sentence: `${conditionInWords(condition, of.pack).join('. ')}.`,
      source: 'the ages of its directory entry',
      owner: of.owner,
      reviewedOn: of.reviewedOn,
      soft: false,
      forbiddenRule: null,
      forbiddenFacets: [],
    },
  ]
}

function costOf(spot: Spot): Wishes['cost'] {
  const amounts = readSpots(spot, 'cost_options', 'option').map((each) => readNumber(each, 'amount'))
  if (amounts.length === 0) return null
  if (amounts.every((each) => each === 0)) return 'free'
  return amounts.some((each) => each !== null && each > 0) ? 'paid' : null
}

function yesOrNo(values: readonly string[]): boolean | null {
  if (values.includes('yes') || values.includes('true')) return true
  return values.includes('no') || values.includes('false') ? false : null
}

// Why: a message may name the place and the facet, never a value out of the file.
function placeOnly(message: string): string {
  return message.startsWith('the condition is not JSON') ? message : (message.split(':')[0] ?? message)
}
