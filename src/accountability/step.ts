import type { Context } from 'hono'

import type { FieldErrors, FormValues, MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import type { DateValue } from '#platform/ui'

import { lookAt } from './thread.actions.ts'
import type { Thread } from './thread.ts'

/** Opens the file of the address; null answers like a missing page. */
export function threadFrom(c: Context<MemberEnv>): Promise<Thread | null> {
  return lookAt(c.var.db, c.var.actor, c.req.param('thread') ?? '')
}

/** One field as it was typed; empty when it was not. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}

/** Every value of one field. */
export function listOf(values: FormValues, name: string): readonly string[] {
  return [values[name] ?? []].flat()
}

/** A date as typed in its three boxes, or as read. */
export function dateOf(values: FormValues, name: string): DateValue {
  const [year, month, day] = textOf(values, name).split('-')
  if (day !== undefined) return { day, month, year }
  return {
    day: textOf(values, `${name}-day`),
    month: textOf(values, `${name}-month`),
    year: textOf(values, `${name}-year`),
  }
}

/** What was read, back in the form it was typed in. */
export function asTyped(
  data: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): FormValues {
  const pairs = Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'object' ? [...value] : String(value ?? ''),
  ])
  return Object.fromEntries(pairs) as FormValues
}

/** Today where the agency is. */
export function today(zone: string): string {
  return Temporal.Now.plainDateISO(zone).toString()
}

/** A day that has not come yet, at the field that names it: nobody told or saw something tomorrow. */
export function notYet(t: Words, day: string): FieldErrors | null {
  return day > today(t.timeZone) ? { on: t('accountability.day-to-come') } : null
}

/** The end of a day where the agency is: what is due that day is late only after it. */
export function endOfDay(day: string, zone: string): Date {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone: zone })
  return new Date(next.epochMilliseconds - 1000)
}
