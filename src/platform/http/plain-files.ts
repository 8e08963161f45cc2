import { Hono } from 'hono'

import type { AppEnv } from './env.ts'

// A plain grey dot: it says nothing to whoever looks at a row of tabs.
const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#8a8f98"/></svg>'

/** The two files that every site is asked for: nothing here is for search engines, and the icon tells nothing. */
export function plainFileRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  routes.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'))
  for (const path of ['/favicon.ico', '/favicon.svg']) {
    routes.get(path, (c) => c.body(favicon, 200, { 'Content-Type': 'image/svg+xml' }))
  }
  return routes
}
