import { Hono } from 'hono'

import { calendarFile, CalendarForm, putInCalendar, uidFor } from '#calendar'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'

import { openThreadFile } from './file.actions.ts'
import { meetingToKeep } from './introduction.rules.ts'
import { paths, threadPath } from './paths.ts'

const minutes = 60

/** The planned first meeting of a referral, for the worker's own calendar: by mail, out of it again, or as a file. */
export const threadCalendarPage = new Hono<MemberEnv>()

threadCalendarPage.post(paths.calendar, needs('referral:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openThreadFile(db, actor, c.req.param('id'))
  const form = await readForm(c, CalendarForm)
  const at = file === null ? null : meetingToKeep(file.pieces)
  if (file === null || !form.ok || (at === null && form.data.do !== 'out')) return notFound(c)
  const act = form.data.do
  const { id } = file.thread
  if (at !== null && act === 'file')
    return calendarFile({ id: await uidFor(db, actor, id), title: t('calendar.line'), from: at, minutes })
  const from = at ?? new Date()
  if (act !== 'file') await putInCalendar(db, actor, act, { subjectId: id, at: from, minutes })
  return c.redirect(`${threadPath('thread', id)}#own-calendar`, 303)
})
