import { Hono } from 'hono'

import { rowOf } from '#platform/access'
import { calendarText } from '#platform/calendar'
import { Problem, publicDb, type PublicEnv, rateGuard } from '#platform/http'

import { timesBehind } from './address.store.ts'
import { paths, secretIn } from './paths.ts'

const perMinute = 600

/**
 * What a calendar program reads: times and one neutral title. Whoever has the address learns that somebody has something to do then.
 * An address that nobody has, or has any more, is a page that does not exist, by the same work.
 */
export function readApi(): Hono<PublicEnv> {
  const api = new Hono<PublicEnv>()
  const guard = rateGuard(perMinute)
  api.get(paths.read, publicDb(), async (c) => {
    if (!guard.take(performance.now())) throw new Problem(429, 'too-many')
    const secret = secretIn(c.req.param('token'))
    const times = secret === null ? null : await timesBehind(c.var.db, rowOf(secret))
    if (times === null) throw new Problem(404, 'missing')
    const title = c.var.t('calendar.line')
    const lines = times.map(({ id, at, minutes, sequence }) => ({ id, title, from: at, minutes, sequence }))
    return c.body(calendarText(lines, { is: 'published' }, new Date()), 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Cache-Control': 'no-store',
    })
  })
  return api
}
