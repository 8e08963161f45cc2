import {
  note,
  readDay,
  readId,
  readNumber,
  readSpot,
  readSpots,
  readText,
  type Spot,
} from './hsds-field.rules.ts'
import { shortened } from './plain-text.rules.ts'
import type { Kind } from './listing.ts'
import type { ServiceTime } from './practical.ts'

/** Times as rows where a week says it all, and the rest in words. */
export interface ReadTimes {
  readonly times: readonly ServiceTime[]
  readonly text: string | null
}

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/**
 * The times of a service and of its places. None for work with people who use abuse: they would tell when a group meets.
 * Of a confidential place only the telephone's, without words.
 */
export function readTimes(spot: Spot, kind: Kind, confidential: boolean): ReadTimes {
  const own = readSpots(spot, 'schedules', 'description').map((each) => ({ each, locationSource: null }))
  const links = readSpots(spot, 'service_at_locations').flatMap((link) => {
    const place = readSpot(link, 'location')
    const id = place === null ? null : readId(place, 'id')
    const spots = [
      ...readSpots(link, 'schedules', 'description'),
      ...(place === null ? [] : readSpots(place, 'schedules', 'description')),
    ]
    return spots.map((each) => ({ each, locationSource: id }))
  })
  const all = [...own, ...links]
  if (all.length === 0) return { times: [], text: null }
  if (kind === 'for-people-using-abuse') {
    note(
      spot,
      'no-group-times',
      'schedules',
      'Services for people who use abuse are listed without group times; the times were left out.',
    )
    return { times: [], text: null }
  }
  const read = all.map(({ each, locationSource }) => readOne(each, locationSource))
  const times = read.flatMap((each) => each.times)
  const lines = [...new Set(read.flatMap((each) => each.line ?? []))]
  if (!confidential) return { times: once(times), text: shortened(lines.join('\n'), 2_000) || null }
  const phone = times.filter((each) => each.what === 'phone' && each.locationSource === null)
  if (phone.length < times.length || lines.length > 0 || phone.some((each) => each.note !== null)) {
    note(
      spot,
      'confidential-times',
      'schedules',
      'Of a confidential place only the hours of its telephone are listed; the rest was left out.',
    )
  }
  return { times: once(phone.map((each) => ({ ...each, note: null }))), text: null }
}

function readOne(
  spot: Spot,
  locationSource: string | null,
): { readonly times: readonly ServiceTime[]; readonly line: string | null } {
  const words = [readText(spot, 'description', 500), lastDay(spot)].filter(Boolean).join(', ') || null
  const byday = readText(spot, 'byday', 60)
  const from = readText(spot, 'opens_at', 20)
  const to = readText(spot, 'closes_at', 20)
  const [opens, closes] = [clock(from), clock(to)]
  const weekdays = (byday ?? '')
    .toUpperCase()
    .split(/[\s,]+/)
    .map((day) => (/^[A-Z]+$/.test(day) ? days.indexOf(day.slice(0, 2)) + 1 : 0))
  const weekly = (readText(spot, 'freq', 20) ?? 'WEEKLY').toUpperCase() === 'WEEKLY'
  const everyWeek = weekly && (readNumber(spot, 'interval') ?? 1) === 1
  const hours = [from, to].filter((each) => each !== null).length
  const clear = hours === 2 ? opens !== null && closes !== null && opens !== closes : hours === 0
  if (everyWeek && clear && weekdays.every((day) => day > 0)) {
    const what = /phone|text line|online|video/i.test(readText(spot, 'attending_type', 60) ?? '')
      ? 'phone'
      : 'open'
    return {
      line: null,
      times: weekdays.map((weekday) => ({ what, weekday, opens, closes, note: words, locationSource })),
    }
  }
  const said = capital([dayNames(byday), hoursSaid(opens ?? from, closes ?? to)].filter(Boolean).join(' '))
  const plain =
    words === null || (hours > 0 && !/\d/.test(words)) ? [said, words].filter(Boolean).join(', ') : words
  if (byday !== null || hours > 0)
    note(
      spot,
      'times-in-words',
      byday === null ? 'opens_at' : 'byday',
      'These times are no plain week; they are kept in words.',
    )
  return { times: [], line: plain === '' ? null : plain }
}

/** Days as people say them: MO is Monday, 2TU the second Tuesday of the month. Other words stay as they are. */
function dayNames(byday: string | null): string {
  const names = (byday ?? '').split(/\s*,\s*/).map((each) => {
    const found = /^(-?[1-5])?([A-Z]{2})$/i.exec(each)
    const name = dayWords[days.indexOf((found?.[2] ?? '').toUpperCase())]
    if (found === null || name === undefined) return each
    return found[1] === undefined ? name : `${nth[found[1]] ?? found[1]} ${name} of the month`
  })
  return names.filter((each) => each !== '').join(', ')
}

/** What we put together ourselves begins as a sentence does; words of a file stay as they are. */
function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

const dayWords = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const nth: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  '-1': 'last',
}

function hoursSaid(from: string | null, to: string | null): string {
  if (from !== null && to !== null) return `${from}–${to}`
  if (from !== null) return `from ${from}`
  return to === null ? '' : `until ${to}`
}

/** Times that end are said to end; nobody knows here what day it is. */
function lastDay(spot: Spot): string | null {
  const last = readDay(spot, 'valid_to')
  if (last === null) return null
  return `until ${new Date(last).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })}`
}

function clock(text: string | null): string | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)(:|Z|[+-]|\s|$)/.exec(text ?? '')
  return found === null ? null : `${(found[1] ?? '').padStart(2, '0')}:${found[2]}`
}

function once(times: readonly ServiceTime[]): readonly ServiceTime[] {
  return [...new Map(times.map((each) => [JSON.stringify(each), each])).values()]
}
