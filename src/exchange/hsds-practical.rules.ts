import { conditionInWords } from '#directory'
import type { Condition } from '#engine/space'
import { derivedId } from './derived-id.rules.ts'
import type { HsdsAttribute } from './hsds.ts'
import { given } from './hsds-organization.rules.ts'
import type { ListedService, ListedTerm } from './listed.ts'
import { attributesFor, termOf } from './taxonomy.rules.ts'

/** Languages with their code where they have one, and a name that people read. */
export function languagesIn(languages: readonly string[], parentId: string) {
  return languages.map((language) => {
    const id = derivedId('language', parentId, language)
    return isLanguageCode(language)
      ? { id, code: language, name: nameOfLanguage(language) }
      : { id, name: language }
  })
}

/** Room and wait. The standard asks for a number of free places; where nobody has told it, an attribute says so. */
export function capacitiesIn({ capacity }: ListedService, parentId: string) {
  if (capacity === null) return []
  const id = derivedId('service_capacity', parentId)
  const { own } = attributesFor('service_capacity', id)
  const { state, places, waitWeeks, waitWeeksTo } = capacity
  return [
    {
      id,
      unit: { id: derivedId('unit', 'places'), name: 'places' },
      available: places ?? (state === 'has-room' ? 1 : 0),
      ...given('description', capacity.note),
      updated: new Date(capacity.asOf).toISOString(),
      attributes: [
        own('anydoor-capacity', state),
        ...(places === null ? [own('anydoor-places', 'not-said')] : []),
        ...(waitWeeks === null
          ? []
          : [
              own(
                'anydoor-wait',
                'weeks',
                waitWeeksTo === null ? `${waitWeeks}` : `${waitWeeks}-${waitWeeksTo}`,
              ),
            ]),
      ],
    },
  ]
}

/** A free service says so in the standard's own words too; other amounts are not ours to know. */
export function costsIn({ cost }: ListedService, parentId: string) {
  return cost === 'free' ? [{ id: derivedId('cost_option', parentId, 'free'), amount: 0 }] : []
}

/** What to bring. */
export function documentsIn({ documents }: ListedService, parentId: string) {
  return (documents ?? []).map((document) => ({
    id: derivedId('required_document', parentId, document),
    document,
  }))
}

/** Everything a service says that HSDS has no field for, as terms of our own taxonomies. */
export function attributesIn(listed: ListedService, id: string): readonly HsdsAttribute[] {
  const { own } = attributesFor('service', id)
  const yesNo = (taxonomy: Parameters<typeof own>[0], answer: boolean | null) =>
    answer === null ? [] : [own(taxonomy, answer ? 'yes' : 'no')]
  return [
    own('anydoor-kind', listed.kind),
    ...listed.needs.map((code) => own('anydoor-need', code)),
    ...listed.afterNeeds.map((code) => own('anydoor-after', code)),
    ...listed.fixedFacets.map((code) => own('anydoor-fixed', code)),
    ...yesNo('anydoor-self-referral', listed.selfReferral),
    ...yesNo('anydoor-consultation', listed.consultation),
    ...listed.thresholds.map(({ condition, sentence, soft }) =>
      own(
        'anydoor-threshold',
        soft ? 'soft' : 'hard',
        JSON.stringify(condition),
        sentence ?? sentenceOf(condition, listed),
      ),
    ),
    ...wishesIn(listed, id),
    ...listed.access.map((code) => own('anydoor-access', code)),
    ...(listed.accessText === null ? [] : [own('anydoor-access-words', 'words', 'words', listed.accessText)]),
    ...(listed.documents?.length === 0 ? [own('anydoor-documents', 'none')] : []),
    ...listed.insurers.map((name) => own('anydoor-insurer', 'insurer', 'insurer', name)),
    ...yesNo('anydoor-diagnosis-to-pay', listed.diagnosisToPay),
    ...(listed.billTo === null ? [] : [own('anydoor-bill-to', listed.billTo)]),
    ...yesNo('anydoor-survivor-led', listed.survivorLed),
    ...listed.terms.flatMap((term) => termsIn(term, listed.confidential, id)),
    // The mark is with the place; a service that lists none bears it itself.
    ...(listed.confidential && !listed.hasKeptPlace
      ? [own('location-privacy', 'address-confidential', 'location-privacy:address-confidential')]
      : []),
  ]
}

/** The same words that the reader makes where a clause brings none. */
function sentenceOf(condition: Condition, { organization }: ListedService): string {
  return `${conditionInWords(condition, organization.pack).join('. ') || 'Everyone'}.`
}

function wishesIn(listed: ListedService, id: string): readonly HsdsAttribute[] {
  const { own } = attributesFor('service', id)
  const wish = (code: string, values: readonly string[]) =>
    values.map((value) => own('anydoor-wish', code, value))
  const yesNo = (answer: boolean | null) => (answer === null ? [] : [answer ? 'yes' : 'no'])
  return [
    ...wish('led-by', listed.ledBy),
    ...wish('worker-gender', listed.workerGender),
    ...wish('model', listed.models),
    ...wish('remote', yesNo(listed.remote)),
    ...wish('cost', listed.cost === null ? [] : [listed.cost]),
    ...wish('needs-no-public-funds', yesNo(listed.needsNoPublicFunds)),
  ]
}

/** A term of ours, and the terms of other taxonomies that say the same; one of a list that was brought in, under its own code. */
function termsIn(term: ListedTerm, confidential: boolean, id: string): readonly HsdsAttribute[] {
  const attributes = attributesFor('service', id)
  const others = term.sameAs.flatMap((same) => {
    const code = /^open-eligibility:(.+)$/.exec(same)?.[1]
    // Why: whoever reads "shelter" must take the place for a secret one, and an office for homeless people is none.
    if (code === undefined || (!confidential && code.includes('shelter'))) return []
    return [attributes.term(termOf('Open Eligibility', code), code)]
  })
  if (term.taxonomy === 'anydoor') {
    const own = termOf('anydoor-term', term.code, term.label)
    return [attributes.term(own, term.code), ...others]
  }
  const [list = '', ...rest] = term.code.split(':')
  const code = rest.join(':')
  return [
    attributes.term(
      { ...termOf(list.toUpperCase(), code, term.label), ...given('term_uri', term.uri) },
      code,
    ),
    ...others,
  ]
}

function isLanguageCode(text: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(text)
}

function nameOfLanguage(code: string): string {
  return names.of(code) ?? code
}

const names = new Intl.DisplayNames(['en'], { type: 'language' })
