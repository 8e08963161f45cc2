import {
  isEmpty,
  isObject,
  type Json,
  keyIn,
  type Part,
  partsOf,
  problem,
  said,
  type Turning,
  wordOf,
} from './oruk1-field.rules.ts'

const eligibilityKeys = ['eligibilitys', 'eligibilities', 'eligibility']
const termKeys = [
  'link_taxonomy',
  'link_taxonomies',
  'service_taxonomys',
  'service_taxonomies',
  'taxonomys',
  'taxonomies',
]

/** The keys that this file reads. */
export const termsKeys = [...eligibilityKeys, ...termKeys]

/** What a part of a record comes to: fields of the service, and attributes. */
export interface Shares {
  readonly json: Json
  readonly attributes: readonly unknown[]
}

/** Whom a service is for, and what it is filed under, as HSDS fields. Several entries are for the widest of their ages. */
export function termsOf(of: Part, turning: Turning): Shares {
  const groups = partsOf(of, eligibilityKeys, 'eligibility', turning)
  const audience = partsOf(of, ['pc_targetAudience'], 'audienceType', turning)
  const terms = [
    ...partsOf(of, termKeys, 'taxonomy_id', turning).map((part) => termIn(part)),
    ...groups.flatMap((group) =>
      partsOf(group, termKeys, 'taxonomy_id', turning).map((part) => termIn(part)),
    ),
    ...audience.map(audienceIn),
    ...offeredIn(of, turning),
  ]
  const own = Array.isArray(of.json['attributes']) ? of.json['attributes'] : []
  for (const [i, { at, from }] of terms.entries()) {
    const to = `${of.at}.attributes[${own.length + i}]`
    turning.moves.push([to, at], [`${to}.taxonomy_term`, isObject(from['taxonomy']) ? `${at}.taxonomy` : at])
  }
  const words = eligibilityWords(groups, audience)
  if (groups[0] !== undefined)
    turning.moves.push([`${of.at}.eligibility_description`, `${groups[0].at}.eligibility`])
  else if (audience[0] !== undefined) turning.moves.push([`${of.at}.eligibility_description`, audience[0].at])
  const spoken = of.json['eligibility_description']
  return {
    json: said({ ...agesOf(of, groups, turning), eligibility_description: isEmpty(spoken) ? words : spoken }),
    attributes: [...own, ...terms.map(({ json }) => json)],
  }
}

/** An attribute, with what of the file it was made of. */
interface Term extends Part {
  readonly from: Json
}

function termIn({ json, at }: Part): Term {
  const term = isObject(json['taxonomy']) ? json['taxonomy'] : json
  const id = wordOf(term['id']) || wordOf(json['taxonomy_id'])
  return {
    at,
    from: json,
    json: said({
      id: json['id'],
      link_entity: 'service',
      taxonomy_term: said({
        id,
        code: /^\S+[:/]([^:/\s]+)$/.exec(id)?.[1] ?? id,
        name: term['name'] ?? term['taxonomy'] ?? json['name'] ?? id,
        taxonomy: term['vocabulary'] ?? json['vocabulary'] ?? vocabularyOf(id),
      }),
    }),
  }
}

/** `esdServiceTypes:508` and `http://id.esd.org.uk/service/508` name their list. */
function vocabularyOf(id: string): string {
  if (/^https?:\/\/id\.esd\.org\.uk\//i.test(id)) return 'esd'
  return /^([a-z]\w*):/i.exec(id)?.[1] ?? ''
}

function audienceIn({ json, at }: Part): Term {
  const name = nameOf({ json, at })
  return { at, from: json, json: { taxonomy_term: { id: json['id'], name, taxonomy: 'pc_targetAudience' } } }
}

const deliverables = [
  'advice',
  'assessment',
  'counselling',
  'equipment',
  'financial support',
  'information',
  'permission',
  'training',
]

function offeredIn(of: Part, turning: Turning): readonly Term[] {
  const key = keyIn(of.json, ['deliverable_type'])
  if (key === null) return []
  const at = `${of.at}.${key}`
  const names = textsOf(of.json[key])
  if (names.length === 0 || names.some((name) => !deliverables.includes(name.toLowerCase())))
    problem(turning, 'value-unknown', at, 'This is not one of the kinds of help that the standard lists.')
  return names.map((name) => ({
    at,
    from: {},
    json: { taxonomy_term: { name, taxonomy: 'oruk-deliverable-type' } },
  }))
}

/** The texts of a field that may be one text, several with commas between, or a list. */
export function textsOf(given: unknown): readonly string[] {
  const all = Array.isArray(given) ? given : [given]
  return all.flatMap((each) =>
    wordOf(each)
      .split(/\s*[,;|]\s*/)
      .filter((word) => word !== ''),
  )
}

function eligibilityWords(groups: readonly Part[], audience: readonly Part[]): string {
  const lines = groups.map(({ json }) => {
    const gender = wordOf(json['gender'])
    const any = /^(any|all|both|mixed|n\/?a|none|-)?$/i.test(gender)
    return [wordOf(json['eligibility']), any ? '' : `Gender: ${gender}`]
      .filter((each) => each !== '')
      .join('. ')
  })
  const whom = audience.map(nameOf).filter((each) => each !== '')
  const all = [...lines, whom.length === 0 ? '' : `For: ${whom.join(', ')}`]
  return [...new Set(all.filter((each) => each !== ''))].join('\n')
}

function nameOf({ json }: Part): string {
  return wordOf(json['audienceType']) || wordOf(json['name']) || wordOf(json['id'])
}

interface Ages {
  readonly min: number | null
  readonly max: number | null
  readonly at: string
}

function agesOf(of: Part, groups: readonly Part[], turning: Turning): Json {
  if (!isEmpty(of.json['minimum_age']) || !isEmpty(of.json['maximum_age'])) return {}
  const ages = groups.map((group) => agesIn(group, turning)).filter((each) => each !== null)
  if (ages.length === 0) return {}
  const lowest = ages.toSorted((a, b) => (a.min ?? 0) - (b.min ?? 0))[0]
  const highest = ages.toSorted((a, b) => (b.max ?? 200) - (a.max ?? 200))[0]
  turning.moves.push([`${of.at}.minimum_age`, `${lowest?.at}.minimum_age`])
  turning.moves.push([`${of.at}.maximum_age`, `${highest?.at}.maximum_age`])
  return said({ minimum_age: lowest?.min || undefined, maximum_age: highest?.max })
}

function agesIn({ json, at }: Part, turning: Turning): Ages | null {
  const min = yearsIn(json['minimum_age'])
  const max = yearsIn(json['maximum_age'])
  for (const [key, years] of [['minimum_age', min] as const, ['maximum_age', max] as const])
    if (years === 'unreadable')
      problem(turning, 'wrong-type', `${at}.${key}`, 'This should be a number of years; it was left out.')
  const low = min === 'unreadable' ? null : min
  const high = max === 'unreadable' ? null : max
  if (low === null && high === null) return null
  // Why: nought to nought, and a highest age beyond any person's, is how forms write that nothing was filled in.
  if (high === 0 && (low ?? 0) === 0) return null
  const top = high === null || high >= 110 ? null : high
  if (top !== null && low !== null && low > top) {
    problem(
      turning,
      'ages-unusable',
      `${at}.minimum_age`,
      'The lowest age is above the highest; both were left out.',
    )
    return null
  }
  return { min: low, max: top, at }
}

function yearsIn(given: unknown): number | null | 'unreadable' {
  if (isEmpty(given)) return null
  const found = /^(\d{1,3})(?:\.\d+)?\s*(\+|years?( old)?|yrs?)?$/i.exec(wordOf(given))
  return found === null ? 'unreadable' : Number(found[1])
}
