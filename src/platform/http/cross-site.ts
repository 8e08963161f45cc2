import type { MiddlewareHandler } from 'hono'

import type { AppEnv } from './env.ts'
import { marksOf } from './marks.ts'
import { tidyAddress } from './once-more.ts'
import { problem } from './problem.ts'

/** What a request says about where it comes from; null where it says nothing. */
export interface Provenance {
  readonly method: string
  readonly fetchSite: string | null
  readonly origin: string | null
  readonly hasCookie: boolean
  readonly hasAuthorization: boolean
  /** The route's own mark: open data, programs, or nothing. */
  readonly from?: 'anywhere' | 'programs' | undefined
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request may change something: it comes from our own pages, or its route is open and it carries no authority
 * that a browser adds by itself. Sign-in and JSON are no exception.
 */
export function mayPass(request: Provenance, publicOrigin: string): boolean {
  if (safeMethods.has(request.method)) return true
  if (request.from === 'anywhere') return true
  if (request.from === 'programs' && !request.hasCookie && request.hasAuthorization) return true
  if (request.fetchSite !== null) return request.fetchSite === 'same-origin'
  return request.origin === publicOrigin
}

/** Refuses every unsafe request that another site may have caused; tidies an address that was loaded once more. */
export function sameSiteOnly(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const tidy = tidyAddress(c)
    if (tidy !== null) return c.redirect(tidy, 303)
    const request: Provenance = {
      method: c.req.method,
      fetchSite: c.req.header('sec-fetch-site') ?? null,
      origin: c.req.header('origin') ?? null,
      hasCookie: c.req.header('cookie') !== undefined,
      hasAuthorization: c.req.header('authorization') !== undefined,
      from: marksOf(c).from,
    }
    if (mayPass(request, new URL(c.var.config.publicUrl).origin)) return next()
    return problem(c, 403, 'cross-site')
  }
}
