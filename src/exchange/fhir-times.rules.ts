import type { HealthcareServiceAvailableTime } from '@medplum/fhirtypes'

import type { Words } from '#platform/i18n'
import { said, text } from './fhir-coding.rules.ts'
import type { HsdsSchedule, HsdsService } from './hsds.ts'

/** The times of a service: what FHIR has a form for, and the rest in words. */
export interface TimesInFhir {
  readonly availableTime: readonly HealthcareServiceAvailableTime[]
  readonly inWords: readonly string[]
}

const dayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const fhirDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

interface Time {
  readonly schedule: HsdsSchedule
  /** Only of this place, where there is more than one. */
  readonly place: string | null
}

/**
 * A plain week becomes available times. What FHIR cannot say is put into words: every second week, a day of the month, one place
 * of several, what is only on the telephone while there are opening times too.
 */
export function timesInFhir(t: Words, service: HsdsService): TimesInFhir {
  const places = service.service_at_locations ?? []
  const times: readonly Time[] = [
    ...(service.schedules ?? []).map((schedule) => ({ schedule, place: null })),
    ...places.flatMap(({ location, schedules }) =>
      (schedules ?? []).map((schedule) => ({
        schedule,
        place: places.length > 1 ? said(location?.name) : null,
      })),
    ),
  ]
  const plain = times.filter(({ schedule, place }) => place === null && isPlainWeek(schedule))
  const open = plain.filter(({ schedule }) => !isPhone(schedule))
  const shown = open.length > 0 ? open : plain
  const told = times.filter((time) => !shown.includes(time) || isPhone(time.schedule) || hasNote(time))
  return {
    availableTime: shown.map(({ schedule }) => availableTime(schedule)),
    inWords: [...new Set(told.flatMap((time) => said(lineOf(t, time)) ?? []))],
  }
}

function availableTime(schedule: HsdsSchedule): HealthcareServiceAvailableTime {
  const from = clock(schedule.opens_at)
  const to = clock(schedule.closes_at)
  const daysOfWeek = weekdaysOf(schedule).flatMap((day) => fhirDays[day - 1] ?? [])
  if (from === '00:00' && (to === '24:00' || to === '23:59')) return { daysOfWeek, allDay: true }
  return {
    daysOfWeek,
    ...text('availableStartTime', from === null ? null : `${from}:00`),
    ...text('availableEndTime', to === null ? null : to === '24:00' ? '23:59:59' : `${to}:00`),
  }
}

/** Every week the same days, each named, with times that are times. */
function isPlainWeek(schedule: HsdsSchedule): boolean {
  if ((schedule.freq ?? 'WEEKLY') !== 'WEEKLY' || (schedule.interval ?? 1) !== 1) return false
  if (clock(schedule.opens_at) === '24:00') return false
  const times = [schedule.opens_at, schedule.closes_at].filter((each) => said(each) !== null)
  return weekdaysOf(schedule).length > 0 && times.every((each) => clock(each) !== null)
}

function isPhone({ attending_type: way }: HsdsSchedule): boolean {
  return /phone|text line|online|video/i.test(way ?? '')
}

function hasNote({ schedule }: Time): boolean {
  return said(schedule.description) !== null || said(schedule.notes) !== null
}

/** The numbers of the days, Monday 1; none where one of them is no plain day. */
function weekdaysOf({ byday }: HsdsSchedule): readonly number[] {
  const days = partsOf(byday).map((day) => dayCodes.indexOf(day) + 1)
  return days.every((day) => day > 0) ? [...new Set(days)].toSorted((a, b) => a - b) : []
}

function partsOf(byday: string | undefined): readonly string[] {
  return (byday ?? '')
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((day) => day !== '')
}

function clock(given: string | undefined): string | null {
  const found = /^([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?$/.exec(given?.trim() ?? '')
  if (found === null) return null
  const at = `${(found[1] ?? '').padStart(2, '0')}:${found[2]}`
  return at > '24:00' ? null : at
}

function lineOf(t: Words, { schedule, place }: Time): string {
  const { freq, opens_at: from, closes_at: to } = schedule
  const interval = Math.max(1, Math.floor(schedule.interval ?? 1))
  const notes = [said(schedule.description), said(schedule.notes)].filter((each) => each !== null)
  const days = daysInWords(t, schedule)
  const span =
    clock(from) !== null && clock(to) !== null
      ? t('directory.offer.span', { from: clock(from) ?? '', to: clock(to) ?? '' })
      : [said(from), said(to)].filter((each) => each !== null).join('–')
  const every =
    freq === 'MONTHLY'
      ? t('exchange.fhir.months', { count: interval })
      : interval > 1
        ? t('exchange.fhir.weeks', { count: interval })
        : ''
  const when = [every, days, span].filter((part) => part !== '').join(', ')
  const way = isPhone(schedule) ? t('exchange.fhir.phone') : ''
  const where = [place ?? '', way].filter((part) => part !== '').join(', ')
  const what = [when, ...notes].filter((part) => part !== '').join('. ')
  return where === '' || what === '' ? what : `${where}: ${what}`
}

function daysInWords(t: Words, schedule: HsdsSchedule): string {
  const days = weekdaysOf(schedule)
  if (days.length === 7) return t('directory.day.all')
  const run = days.length > 2 && days.every((day, i) => day === (days[0] ?? 0) + i)
  const name = (day: number | undefined) => t(`directory.day.${day ?? 1}`)
  if (run) return t('directory.day.run', { from: name(days[0]), to: name(days.at(-1)) })
  if (days.length > 0) return t.list(days.map(name))
  return t.list(partsOf(schedule.byday).map((part) => nthDay(t, part)))
}

/** `2TU` as the second Tuesday, `-1FR` as the last Friday; anything else as it came. */
function nthDay(t: Words, part: string): string {
  const found = /^(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(part)
  if (found === null) return part
  const day = t(`directory.day.${dayCodes.indexOf(found[2] ?? 'MO') + 1}`)
  return found[1] === undefined
    ? day
    : t(`exchange.fhir.nth.${found[1] === '-1' ? 'last' : found[1]}`, { day })
}
