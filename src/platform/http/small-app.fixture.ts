import { Hono } from 'hono'

import { createWords } from '#platform/i18n'

import { requestLimits } from './body.ts'
import { sameSiteOnly } from './cross-site.ts'
import type { AppEnv, EdgeConfig, ProblemPage } from './env.ts'
import { onFault } from './fault.ts'
import { securityHeaders } from './headers.ts'
import { hostAllowList } from './hosts.ts'
import { accessLog, createLog } from './log.ts'
import { notFound } from './problem.ts'
import { wording } from './wording.ts'
import { httpWords } from './words.ts'

export const loopbackConfig: EdgeConfig = {
  publicUrl: 'http://127.0.0.1:3000',
  allowedHosts: ['127.0.0.1:3000', 'localhost:3000'],
  secure: false,
  loopback: true,
  pack: 'uk',
}

export const secureConfig: EdgeConfig = {
  publicUrl: 'https://door.example.org',
  allowedHosts: ['door.example.org'],
  secure: true,
  loopback: false,
  pack: 'uk',
}

/** The whole edge around nothing, for tests: add routes to it. */
export function smallApp(
  options: { config?: EdgeConfig; problemPage?: ProblemPage; lines?: string[] } = {},
): Hono<AppEnv> {
  const config = options.config ?? loopbackConfig
  const lines = options.lines ?? []
  const app = new Hono<AppEnv>()
  app.use(accessLog(createLog({ destination: { write: (line) => void lines.push(line) } })))
  app.use(securityHeaders(config))
  app.use(wording({ config, wordsFor: createWords([httpWords]), ...pageOf(options) }))
  app.use(hostAllowList())
  app.use(sameSiteOnly())
  app.use(requestLimits())
  app.notFound((c) => notFound(c))
  app.onError(onFault)
  return app
}

/** A request as a browser on this installation sends it. */
export function ask(app: Hono<AppEnv>, path: string, init: RequestInit = {}, config = loopbackConfig) {
  const headers = new Headers(init.headers)
  if (!headers.has('host')) headers.set('host', config.allowedHosts[0] ?? '')
  if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin')
  if (headers.get('sec-fetch-site') === '-') headers.delete('sec-fetch-site')
  return app.request(`${config.publicUrl}${path}`, { ...init, headers })
}

/** A form posted from our own page. */
export function post(app: Hono<AppEnv>, path: string, fields: [string, string][], headers = {}) {
  return ask(app, path, { method: 'POST', body: new URLSearchParams(fields), headers })
}

function pageOf(options: { problemPage?: ProblemPage }) {
  return options.problemPage ? { problemPage: options.problemPage } : {}
}
