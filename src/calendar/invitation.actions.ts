import { randomUUID } from 'node:crypto'

import { z } from 'zod'

import { type Actor, asJob } from '#platform/access'
import { type CalendarLine, calendarText } from '#platform/calendar'
import { type Installation, openSealed } from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'
import { sealOrder } from '#platform/mail'

import { callOff, type Invitation, invitationOf, toTell, told, writeInvitation } from './invitation.store.ts'

/** What a form that changes a calendar asks for. */
export const CalendarForm = z.object({ do: z.enum(['put', 'out', 'file']) })

/** Puts a time into the asker's own calendar, or takes it out; the mail leaves with the next minute's work. */
export async function putInCalendar(
  db: Tx,
  actor: Actor,
  act: 'put' | 'out',
  time: Pick<Invitation, 'subjectId' | 'at' | 'minutes'>,
): Promise<void> {
  await (act === 'put' ? writeInvitation(db, actor, time) : callOff(db, actor, time.subjectId))
}

/**
 * What an entry is called in the asker's own calendar: the same as by mail, where it went by mail; else random. Never the id of what it is
 * for, which another agency has as well.
 */
export async function uidFor(db: Tx, actor: Actor, subjectId: string): Promise<string> {
  return (await invitationOf(db, actor, subjectId))?.uid ?? randomUUID()
}

/** One time as a file, for a calendar that takes no mail. */
export function calendarFile(line: CalendarLine): Response {
  return new Response(calendarText([line], { is: 'published' }, new Date()), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="meeting.ics"',
      'Cache-Control': 'no-store',
    },
  })
}

/** The job: mails what was put into calendars, moved or called off. How many mails were put. */
export async function tellCalendars(pools: Pools, at: Installation): Promise<number> {
  return asJob(pools, async (db) => {
    const rows = await toTell(db)
    for (const row of rows) {
      const to = new TextDecoder().decode(openSealed(at.mail, row.email))
      const { uid: id, at: from, minutes, sequence, off } = row
      await told(db, row, sealOrder(at, { to, entry: { id, from, minutes, sequence, off } }))
    }
    return rows.length
  })
}
