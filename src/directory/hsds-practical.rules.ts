import { codeOf, inTaxonomy, type Attribute } from './hsds-attribute.rules.ts'
import { note, readNumber, readSpot, readSpots, readText, type Spot } from './hsds-field.rules.ts'
import { accessFeatures, billed, type Billed, type Practical } from './practical.ts'
import { plainText, shortened } from './plain-text.rules.ts'
import { isOwnTerm, sameTerm } from './term.ts'

/** Getting in, what to bring, who gets the bill. Of a confidential place nothing is kept that speaks of a building. */
export function readPractical(
  spot: Spot,
  attributes: readonly Attribute[],
  confidential: boolean,
): Practical {
  return {
    ...readAccess(spot, attributes, confidential),
    documents: readDocuments(spot, attributes),
    insurers: inTaxonomy(attributes, 'anydoor-insurer').flatMap((each) => wordsOf(each, 120) || []),
    diagnosisToPay: yesNo(attributes, 'anydoor-diagnosis-to-pay'),
    billTo: readBillTo(attributes),
    survivorLed: yesNo(attributes, 'anydoor-survivor-led'),
  }
}

/** What the cost options say in words, where nothing else does. */
export function costWords(spot: Spot): string | null {
  const lines = readSpots(spot, 'cost_options', 'option').flatMap((each) => {
    const amount = readText(each, 'amount_description', 300) ?? amountOf(each)
    const words = [readText(each, 'option', 300), amount].filter(Boolean)
    return words.length === 0 ? [] : [words.join(': ')]
  })
  return lines.length === 0 ? null : shortened([...new Set(lines)].join('. '), 1_000)
}

const signs: Readonly<Record<string, string>> = { GBP: '£', USD: '$', EUR: '€' }

/** A sum as people write it; none at all is said by the words, or not. */
function amountOf(spot: Spot): string | null {
  const amount = readNumber(spot, 'amount')
  if (amount === null || amount <= 0) return null
  const currency = (readText(spot, 'currency', 10) ?? '').toUpperCase()
  const sum = amount.toFixed(2).replace(/\.00$/, '')
  return Object.hasOwn(signs, currency) ? `${signs[currency]}${sum}` : `${sum} ${currency}`.trim()
}

/** The terms of a service: our own by code, other taxonomies by what says the same, a brought-in list by its code. */
export function readTerms(attributes: readonly Attribute[]): readonly string[] {
  const own = inTaxonomy(attributes, 'anydoor-term').flatMap((each) => {
    if (isOwnTerm(codeOf(each))) return [codeOf(each)]
    note(
      each.spot,
      'term-unknown',
      'value',
      'This is not one of the terms of our vocabulary; it was left out.',
    )
    return []
  })
  const others = attributes.flatMap((each) => {
    if (/open[ -]?eligibility/i.test(each.taxonomy))
      return sameTerm(`open-eligibility:${each.code.toLowerCase()}`) ?? []
    return /^(esd|lga)/i.test(each.taxonomy) && each.code !== '' ? [`lga:${each.code.toLowerCase()}`] : []
  })
  return [...new Set([...own, ...others])]
}

function readAccess(
  spot: Spot,
  attributes: readonly Attribute[],
  confidential: boolean,
): Pick<Practical, 'access' | 'accessText'> {
  const coded = inTaxonomy(attributes, 'anydoor-access').flatMap((each) => {
    if (accessFeatures.some(({ code }) => code === codeOf(each))) return [codeOf(each)]
    note(each.spot, 'access-unknown', 'value', 'This is not one of the access features; it was left out.')
    return []
  })
  const own = inTaxonomy(attributes, 'anydoor-access-words').flatMap((each) => wordsOf(each, 4_000) || [])
  const told = placesOf(spot)
    .flatMap((place) => readSpots(place, 'accessibility', 'description'))
    .flatMap(accessWords)
  const said = own.length > 0 ? own : told
  // Why not of our own words: whoever wrote them has said by codes what they mean.
  const meant = told.flatMap((words) =>
    own.length > 0 ? [] : accessFeatures.filter(({ reads }) => reads.test(words)).map(({ code }) => code),
  )
  const all = [...new Set([...coded, ...meant])]
  if (!confidential)
    return { access: all, accessText: said.length === 0 ? null : [...new Set(said)].join('. ') }
  const kept = all.filter((code) => accessFeatures.some((each) => each.code === code && !each.building))
  if (kept.length < all.length || said.length > 0) {
    note(
      spot,
      'confidential-access',
      'attributes',
      'What was said about the building of a confidential place was left out.',
    )
  }
  return { access: kept, accessText: null }
}

/** ORUK writes `accessibility.accessibility`, HSDS `description` and `details`. */
function accessWords(each: Spot): readonly string[] {
  const words = ['description', 'accessibility', 'details'].flatMap((key) => readText(each, key, 500) ?? [])
  return words.length === 0 ? [] : [[...new Set(words)].join(': ')]
}

function placesOf(spot: Spot): readonly Spot[] {
  const linked = readSpots(spot, 'service_at_locations').flatMap((each) => readSpot(each, 'location') ?? [])
  return [spot, ...linked, ...readSpots(spot, 'locations')]
}

function readDocuments(spot: Spot, attributes: readonly Attribute[]): Practical['documents'] {
  if (inTaxonomy(attributes, 'anydoor-documents').some((each) => codeOf(each) === 'none')) return []
  const lines = readSpots(spot, 'required_documents', 'document').flatMap(
    (each) => readText(each, 'document', 300) ?? [],
  )
  if (lines.length === 0) return null
  return [...new Set(lines)].filter(
    (line) => !/^(none|nothing|no documents?)( needed| required)?\.?$/i.test(line),
  )
}

function readBillTo(attributes: readonly Attribute[]): Billed | null {
  const given = inTaxonomy(attributes, 'anydoor-bill-to')[0]
  if (given === undefined) return null
  const found = billed.find((each) => each === codeOf(given))
  if (found === undefined)
    note(given.spot, 'value-unknown', 'value', `This is not one of ${billed.join(', ')}; it was left out.`)
  return found ?? null
}

function yesNo(attributes: readonly Attribute[], taxonomy: string): boolean | null {
  const given = inTaxonomy(attributes, taxonomy)[0]
  if (given === undefined) return null
  if (['yes', 'true'].includes(codeOf(given))) return true
  if (['no', 'false'].includes(codeOf(given))) return false
  note(given.spot, 'value-unknown', 'value', 'This is neither yes nor no; it was left out.')
  return null
}

function wordsOf(each: Attribute, longest: number): string {
  return each.spot.clean(plainText(each.label || each.value, longest).text)
}
