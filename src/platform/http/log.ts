import { randomUUID } from 'node:crypto'

import type { MiddlewareHandler } from 'hono'
import { type DestinationStream, type Logger, pino } from 'pino'

import type { AppEnv } from './env.ts'
import { routeTemplate } from './marks.ts'

/** Lines of ids and codes; nothing a person typed, no address, no name. */
export type Log = Logger

/** A log to standard output, or to `destination`; `level` is pino's. */
export function createLog(options: { level?: string; destination?: DestinationStream } = {}): Log {
  const settings = { level: options.level ?? 'info', base: null }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Numbers the request and writes its one line: route template, method, status, milliseconds, code, request id. */
export function accessLog(log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    // Never the number a caller brings: it could carry anything.
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('log', log)
    const start = performance.now()
    await next()
    log.info({
      requestId,
      method: methods.has(c.req.method) ? c.req.method : 'OTHER',
      route: routeTemplate(c),
      status: c.res.status,
      ms: Math.round((performance.now() - start) * 10) / 10,
      ...(c.var.code !== undefined && { code: c.var.code }),
    })
  }
}
