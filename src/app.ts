import { Hono } from 'hono'

import { introduce } from '#parties'
import { leaveVisit } from '#releases'
import { problemPage } from '#survivors'
import { endSession } from '#platform/auth'
import type { Config } from '#platform/config'
import type { Installation } from '#platform/crypto'
import type { Pools } from '#platform/db'
import {
  accessLog,
  edge,
  assetRoutes,
  exitSites,
  healthRoutes,
  hostAllowList,
  httpWords,
  leaveRoutes,
  type Log,
  notFound,
  onFault,
  plainFileRoutes,
  type ReadyCheck,
  readCookie,
  requestLimits,
  type Room,
  sameSiteOnly,
  securityHeaders,
  type Site,
  type SiteEnv,
  withSite,
  wording,
} from '#platform/http'
import { createWords, type WordsFor } from '#platform/i18n'
import { mailWords } from '#platform/mail'
import { assetsFolder, uiWords } from '#platform/ui'

/** Everything a running app is made of. */
export interface AppParts {
  readonly config: Config
  readonly pools: Pools
  readonly installation: Installation
  readonly log: Log
  readonly rooms: readonly Room[]
  readonly demo: boolean
  readonly checks: readonly ReadyCheck[]
  readonly askToSignIn: Site['askToSignIn']
}

/** Puts the app together: the edge first, in the order a request meets it, then each room's pages. */
export function createApp(parts: AppParts): Hono<SiteEnv> {
  const { config, pools, installation, rooms, demo } = parts
  const nav = rooms.flatMap((room) => room.nav ?? [])
  const wordsFor = wordsOf(rooms)
  const before: Site['before'] = async (db, actor, t) => {
    for (const room of rooms) await room.before?.(db, actor, t)
  }
  const site: Site = { pools, introduce, installation, nav, before, demo, askToSignIn: parts.askToSignIn }

  const app = new Hono<SiteEnv>()
  app.use(accessLog(parts.log))
  app.use(securityHeaders(config))
  app.use(wording({ config, wordsFor, problemPage }))
  app.use(hostAllowList())
  app.use(sameSiteOnly())
  app.use(requestLimits())
  app.use(withSite(site))
  app.route('/', assetRoutes(assetsFolder))
  app.route('/', plainFileRoutes())
  app.route('/', healthRoutes(parts.checks))
  app.route(
    '/',
    leaveRoutes({
      exitTo: exitSites[config.pack],
      endSession: async (c) => {
        const visit = readCookie(c, 'visit')
        if (visit !== null) await leaveVisit(pools, visit)
        await endOf(pools, readCookie(c, 'session'))
      },
    }),
  )
  for (const room of rooms) room.mount(app)
  app.notFound((c) => notFound(edge(c)))
  app.onError((fault, c) => onFault(fault, edge(c)))
  return app
}

/** The words of these rooms and of everything beneath them. */
export function wordsOf(rooms: readonly Room[]): WordsFor {
  return createWords([httpWords, mailWords, uiWords, ...rooms.map((room) => room.words)])
}

async function endOf(pools: Pools, cookie: string | null): Promise<void> {
  if (cookie !== null) await endSession(pools.web, cookie)
}
