import { type Context, Hono } from 'hono'

import { expireCookies } from './cookies.ts'
import type { AppEnv } from './env.ts'

/** Where *Exit this page* leads first. */
export const leavePath = '/leave'

/** Sites that show nothing personal; an installation may name another. */
export const exitSites = {
  uk: 'https://www.bbc.co.uk/weather',
  us: 'https://www.weather.gov/',
} as const

/** Ends the session, takes our cookies back, and sends the browser to `exitTo`: nothing else, and whatever happens. */
export function leaveRoutes(parts: {
  readonly exitTo: string
  endSession(c: Context<AppEnv>): Promise<void>
}): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  routes.get(leavePath, async (c) => {
    try {
      await parts.endSession(c)
    } catch {
      // Somebody is in a hurry: the session ends by itself, the way out must not wait for it.
      c.set('code', 'session-not-ended')
    }
    expireCookies(c)
    c.header('Clear-Site-Data', '"storage"')
    return c.redirect(parts.exitTo, 303)
  })
  return routes
}
