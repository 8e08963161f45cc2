import { Hono } from 'hono'

import { rowOf } from '#platform/access'
import { calendarText } from '#platform/calendar'
import { Problem, publicDb, type PublicEnv, rateGuards } from '#platform/http'

import { madeHere } from './address.actions.ts'
import { timesBehind } from './address.store.ts'
import { paths, secretIn } from './paths.ts'

const perMinute = 6
const most = 10_000

/**
 * What a calendar program reads: times and one neutral title. Whoever has the address learns that somebody has something to do then.
 * An address that nobody has, or has any more, is a page that does not exist. One that was made up costs no look at the database, so that
 * nobody can shut the addresses of others by asking for many.
 */
export function readApi(): Hono<PublicEnv> {
  const api = new Hono<PublicEnv>()
  const guards = rateGuards(perMinute, most)
  api.get(paths.read, publicDb(), async (c) => {
    const secret = secretIn(c.req.param('token'))
    if (secret === null || !madeHere(c.var.site.installation, secret)) throw new Problem(404, 'missing')
    if (!guards.take(secret, performance.now())) throw new Problem(429, 'too-many')
    const times = await timesBehind(c.var.db, rowOf(secret))
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
