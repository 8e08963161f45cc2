import { dayIn } from '#directory'

import {
  type Json,
  keyIn,
  type Part,
  partsOf,
  said,
  type Turning,
  without,
  wordOf,
} from './oruk1-field.rules.ts'

const regularKeys = ['regular_schedules', 'regular_schedule']
const holidayKeys = ['holiday_schedules', 'holiday_schedule']

/** The keys that this file reads. */
export const timeKeys = [...regularKeys, ...holidayKeys]

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The opening times of a service or place as HSDS schedules: the plain weeks, and the holidays in words. */
export function schedulesOf(of: Part, turning: Turning): readonly Json[] {
  const regular = partsOf(of, regularKeys, 'description', turning).map(regularIn)
  const holidays = partsOf(of, holidayKeys, 'description', turning).map(({ json, at }) => ({
    at,
    json: holidayIn(json),
  }))
  const all = [...regular, ...holidays]
  for (const [i, { at }] of all.entries()) turning.moves.push([`${of.at}.schedules[${i}]`, at])
  return all.map(({ json }) => json)
}

function regularIn({ json, at }: Part): Part {
  const weekday = dayOf(json['weekday'])
  const byday = dayOf(json['byday']) ?? weekday
  return {
    at,
    json: said({
      ...without(json, ['weekday', 'valid_until']),
      byday: byday ?? json['byday'] ?? json['weekday'],
      freq: wordOf(json['freq']).toUpperCase() || (byday === null ? undefined : 'WEEKLY'),
      opens_at: clockOf(json['opens_at']),
      closes_at: clockOf(json['closes_at']),
      valid_to: json['valid_to'] ?? json['valid_until'],
    }),
  }
}

/** Monday is 1 in the profile; feeds write names, and several days in one field. */
function dayOf(given: unknown): string | null {
  const words = wordOf(given)
    .split(/[\s,;/|]+/)
    .filter((each) => each !== '')
  const codes = words.map((word) => {
    if (/^[1-7]$/.test(word)) return days[Number(word) - 1] ?? ''
    const code = word.slice(0, 2).toUpperCase()
    return /^[a-z]{2,9}$/i.test(word) && days.includes(code) ? code : ''
  })
  return codes.length > 0 && codes.every((code) => code !== '') ? codes.join(',') : null
}

/** HH:MM of 9, 0900, 9.30pm, 9am, 09:00:00Z; anything else stays as it is, for the reader to say so. */
function clockOf(given: unknown): unknown {
  const found =
    /^(\d{1,2})(?:[:.h]?(\d\d))?(?:[:.]\d\d(?:\.\d+)?)?\s*([ap])?\.?m?\.?(?:\s*(?:Z|[+-]\d\d:?\d\d))?$/i.exec(
      wordOf(given),
    )
  if (found === null) return given
  const [, hour = '', minute = '00', half] = found
  const late = half?.toLowerCase() === 'p' && Number(hour) < 12 ? 12 : 0
  const early = half?.toLowerCase() === 'a' && Number(hour) === 12 ? -12 : 0
  const whole = Number(hour) + late + early
  return whole === 24 && minute === '00' ? '23:59' : `${String(whole).padStart(2, '0')}:${minute}`
}

function holidayIn(json: Json): Json {
  const closed = json['closed'] === true || /^(true|yes|1|closed)$/i.test(wordOf(json['closed']))
  const [from, to] = [daySaid(json['start_date']), daySaid(json['end_date'])]
  const when = to === '' || to === from ? `on ${from}` : `from ${from} to ${to}`
  const hours = [wordOf(clockOf(json['opens_at'])), wordOf(clockOf(json['closes_at']))]
    .filter(Boolean)
    .join('–')
  const state = closed ? 'Closed' : ['Holidays', hours].filter(Boolean).join(': ')
  const words = from === '' ? state : `${state} ${when}`
  const own = keyIn(json, ['description'])
  return said({ id: json['id'], description: own === null ? words : json['description'] })
}

/** A day as people write it; a text that is no day stays as it is. */
function daySaid(given: unknown): string {
  const text = wordOf(given).slice(0, 40)
  const day = dayIn(text, true)
  if (day === null) return text
  const how = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', how)
}
