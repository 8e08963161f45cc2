import type { Context, MiddlewareHandler } from 'hono'

import { asClient, covers, type NeededScope } from '#platform/access'

import { clientRate, type RateLeft } from './client-rate.ts'
import { markRoute } from './marks.ts'
import { markNeeded } from './needs.ts'
import { onceByKey } from './once-by-key.ts'
import { problem } from './problem.ts'
import type { ClientEnv } from './site.ts'

/** The longest token that is looked at; ours have 43 characters. */
const longest = 200

/** How many requests one client may make in a minute, whatever its tokens. */
export const requestsPerMinute = 600

/** One count for all routes. */
const rate = clientRate(requestsPerMinute)

/**
 * The only way to a client's database handle and actor: a token of ten minutes, and the scope; null asks for no scope. One
 * transaction a request, as `needs` has it. A lacking scope is told, since it is about the client's own rights; a record that is not
 * there for it is missing, as for everybody. An unsafe request with an `Idempotency-Key` is done once and answered the same again.
 */
export function needsClient(scope: NeededScope | null): MiddlewareHandler<ClientEnv> {
  const guard: MiddlewareHandler<ClientEnv> = async (c, next) => {
    const token = bearerOf(c)
    if (token === null) return unknown(c, '')
    const done = await asClient(c.var.site, token, scope ?? 'client', async (db, actor, client) => {
      const left = rate(client.id, performance.now())
      sayRate(c, left)
      if (!left.passes) return answered(await tooMany(c, left))
      if (scope !== null && !covers(client.scopes, scope)) return answered(await lacking(c, scope))
      c.set('t', c.var.wordsFor({ pack: actor.pack, sector: actor.sector }))
      await c.var.site.before(db, actor, c.var.t)
      c.set('db', db)
      c.set('actor', actor)
      c.set('client', client)
      const kept = await onceByKey(c, next)
      // Hono turns a throw into a response before it reaches us; thrown again here, it ends the transaction too.
      if (c.error !== undefined) throw c.error
      return answered(kept)
    }).catch((error: unknown) => {
      if (error === c.error) return answered(null)
      throw error
    })
    if ('refused' in done) return unknown(c, 'error="invalid_token"')
    return done.response ?? undefined
  }
  markNeeded(guard, 'client')
  markRoute(guard, { from: 'programs' })
  return guard
}

function answered(response: Response | null): { readonly response: Response | null } {
  return { response }
}

/** RFC 6750 2.1; a token is taken from nowhere else. */
function bearerOf(c: Context): string | null {
  const found = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '')
  const token = found?.[1] ?? ''
  return token === '' || token.length > longest ? null : token
}

function unknown(c: Context<ClientEnv>, why: string): Promise<Response> {
  c.header('WWW-Authenticate', ['Bearer realm="api"', why].filter((part) => part !== '').join(', '))
  return problem(c, 401, 'no-token')
}

function lacking(c: Context<ClientEnv>, scope: string): Promise<Response> {
  c.header('WWW-Authenticate', `Bearer realm="api", error="insufficient_scope", scope="${scope}"`)
  return problem(c, 403, 'no-scope')
}

function tooMany(c: Context<ClientEnv>, left: RateLeft): Promise<Response> {
  c.header('Retry-After', String(left.seconds))
  return problem(c, 429, 'too-many')
}

function sayRate(c: Context<ClientEnv>, { requests, seconds }: RateLeft): void {
  c.header('RateLimit-Policy', `"client";q=${requestsPerMinute};w=60`)
  c.header('RateLimit', `"client";r=${requests};t=${seconds}`)
}
