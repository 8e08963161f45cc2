import { isEmpty, type Json, type Part, problem, said, type Turning, wordOf } from './oruk1-field.rules.ts'
import { type Shares, textsOf } from './oruk1-terms.rules.ts'

/** The keys that this file reads. */
export const comingKeys = ['attending_type', 'attending_access', 'pc_attendingAccess_additionalInfo']

const attending: Readonly<Record<string, string>> = {
  phone: 'By telephone',
  online: 'Online',
  venue: 'At a venue',
  'home visit': 'At home',
}
const access: Readonly<Record<string, string>> = {
  referral: 'By referral',
  appointment: 'By appointment',
  membership: 'For members',
  'drop-in': 'Without an appointment',
  'drop in': 'Without an appointment',
}

/** How one comes: in words, as wishes and routes where the value says it, and as attributes, word by word. */
export function comingOf(of: Part, turning: Turning): Shares {
  const ways = known(of, 'attending_type', attending, turning)
  const doors = known(of, 'attending_access', access, turning)
  const more = wordOf(of.json['pc_attendingAccess_additionalInfo'])
  const own = of.json['application_process']
  const lines = [
    wordOf(own),
    [...doors.words, ...ways.words].map((each) => `${each}.`).join(' '),
    more,
  ].filter((line) => line !== '')
  if (more !== '' && isEmpty(own))
    turning.moves.push([`${of.at}.application_process`, `${of.at}.pc_attendingAccess_additionalInfo`])
  const remote = ways.codes.includes('phone') || ways.codes.includes('online')
  const attributes = [
    ...(remote ? [attribute('anydoor-wish', 'remote', 'yes')] : []),
    ...(doors.codes.some((code) => code.startsWith('drop'))
      ? [attribute('anydoor-self-referral', '', 'yes')]
      : []),
    ...ways.given.map((name) => ({ taxonomy_term: { name, taxonomy: 'oruk-attending-type' } })),
    ...doors.given.map((name) => ({ taxonomy_term: { name, taxonomy: 'oruk-attending-access' } })),
  ]
  return { json: said({ application_process: lines.join('\n') }), attributes }
}

interface Known {
  readonly given: readonly string[]
  readonly codes: readonly string[]
  readonly words: readonly string[]
}

function known(of: Part, key: string, values: Readonly<Record<string, string>>, turning: Turning): Known {
  const given = textsOf(of.json[key])
  const found = given.map((each) =>
    each
      .toLowerCase()
      .replace(/[_\s]+/g, ' ')
      .trim(),
  )
  if (found.some((each) => !Object.hasOwn(values, each)))
    problem(
      turning,
      'value-unknown',
      `${of.at}.${key}`,
      `This is not one of ${Object.keys(values).join(', ')}; it was kept in words.`,
    )
  return {
    given,
    codes: found,
    words: found.map((each, i) => (Object.hasOwn(values, each) ? values[each] : given[i]) ?? ''),
  }
}

function attribute(taxonomy: string, code: string, value: string): Json {
  return said({ value, taxonomy_term: said({ code, name: code || taxonomy, taxonomy }) })
}
