import type { MiddlewareHandler } from 'hono'

import type { AppEnv } from './env.ts'

/** Answers only to the names this installation has; a page rebound to our address by another name gets nothing. */
export function hostAllowList(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase()
    if (host !== undefined && c.var.config.allowedHosts.includes(host)) return next()
    c.set('code', 'unknown-host')
    return c.text('This address is not served here.\n', 421)
  }
}
