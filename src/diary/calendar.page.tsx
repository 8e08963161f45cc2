import { Hono } from 'hono'

import { calendarFile, CalendarForm, putInCalendar, uidFor } from '#calendar'
import { openFile } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'

import { entryOf } from './entry.store.ts'
import { diaryPath, paths } from './paths.ts'

/** The time of one entry for the worker's own calendar: by mail, out of it again, or as a file. */
export const entryCalendarPage = new Hono<MemberEnv>()

entryCalendarPage.post(paths.calendar, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  const entry = file === null ? null : await entryOf(db, file.key, c.req.param('entry'))
  const form = await readForm(c, CalendarForm)
  if (file === null || entry === null || !form.ok || entry.state !== 'open') return notFound(c)
  const act = form.data.do
  const { minutes } = entry.body
  if (act === 'file')
    return calendarFile({
      id: await uidFor(db, actor, entry.id),
      title: t('calendar.line'),
      from: entry.dueAt,
      minutes,
    })
  await putInCalendar(db, actor, act, { subjectId: entry.id, at: entry.dueAt, minutes })
  return c.redirect(`${diaryPath('entry', file.caseId, entry.id)}#own-calendar`, 303)
})
