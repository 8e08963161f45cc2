import type { Context, MiddlewareHandler } from 'hono'

import { asMember, asPublic, mayDo, type Permission } from '#platform/access'
import type { Pools } from '#platform/db'
import type { Words } from '#platform/i18n'

import { readCookie } from './cookies.ts'
import { loadOnceMore } from './once-more.ts'
import { problem } from './problem.ts'
import type { MemberEnv, PublicEnv, Site, SiteEnv } from './site.ts'

/** What a route can ask for: a permission, the public login, an API client’s token. */
type Needed = Permission | 'public' | 'client'
const needed = new WeakMap<object, Needed>()

/** Gives every route the running installation. */
export function withSite(site: Site): MiddlewareHandler<SiteEnv> {
  return async (c, next) => {
    c.set('site', site)
    return next()
  }
}

/**
 * The only way to a member's database handle and actor. One transaction a request: what the handler returns is sent after
 * the commit, a fault rolls everything back. Without the permission the answer is the one for a page that does not exist.
 */
export function needs(permission: Permission): MiddlewareHandler<MemberEnv> {
  const guard: MiddlewareHandler<MemberEnv> = async (c, next) => {
    const cookie = readCookie(c, 'session')
    if (cookie === null) return (await loadOnceMore(c)) ?? c.var.site.askToSignIn(asSite(c))
    const done = await asMember(c.var.site, cookie, permission, async (db, actor) => {
      c.set('t', ownWords(c.var.wordsFor({ pack: actor.pack, sector: actor.sector })))
      if (!mayDo(actor.roles, permission)) return { missing: true as const }
      await c.var.site.before(db, actor, c.var.t)
      c.set('db', db)
      c.set('actor', actor)
      c.set('nav', navOf(c.var.site, actor.roles, c.var.t))
      await next()
      // Hono turns a throw into a response before it reaches us; thrown again here, it ends the transaction too.
      if (c.error !== undefined) throw c.error
      return { missing: false as const }
    }).catch((error: unknown) => {
      if (error === c.error) return { missing: false as const }
      throw error
    })
    if ('refused' in done) return c.var.site.askToSignIn(asSite(c))
    if (done.missing) return problem(c, 404, 'missing')
    return undefined
  }
  needed.set(guard, permission)
  return guard
}

/** The public login's handle, for pages before any sign-in. */
export function publicDb(): MiddlewareHandler<PublicEnv> {
  const guard: MiddlewareHandler<PublicEnv> = async (c, next) => {
    const pools: Pools = c.var.site.pools
    await asPublic(pools, async (db) => {
      c.set('db', db)
      await next()
      if (c.error !== undefined) throw c.error
    }).catch((error: unknown) => {
      if (error !== c.error) throw error
    })
  }
  needed.set(guard, 'public')
  return guard
}

/** What a route's middleware asks for, read by the test that lists every route against every role. */
export function permissionOf(handler: object): Needed | null {
  return needed.get(handler) ?? null
}

/** Puts down what a guard that is made elsewhere asks for. */
export function markNeeded(handler: object, what: Needed): void {
  needed.set(handler, what)
}

function asSite(c: Context<MemberEnv>): Context<SiteEnv> {
  return c as unknown as Context<SiteEnv>
}

/** The same words as an object of this request's own, so that what a room keeps beside them ends with it. */
function ownWords(t: Words): Words {
  return Object.assign((...given: Parameters<Words>) => t(...given), t)
}

function navOf(site: Site, roles: Parameters<typeof mayDo>[0], t: MemberEnv['Variables']['t']) {
  return site.nav
    .filter((entry) => mayDo(roles, entry.permission))
    .map((entry) => ({ href: entry.href, text: t(entry.word) }))
}
