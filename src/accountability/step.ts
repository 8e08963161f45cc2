import type { Context } from 'hono'

import type { FieldErrors, MemberEnv } from '#platform/http'
import type { Words } from '#platform/i18n'

import { lookAt } from './thread.actions.ts'
import type { Thread } from './thread.ts'

/** Opens the file of the address; null answers like a missing page. */
export function threadFrom(c: Context<MemberEnv>): Promise<Thread | null> {
  return lookAt(c.var.db, c.var.actor, c.req.param('thread') ?? '')
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
