import { Hono } from 'hono'

import { asMember } from '#platform/access'
import { endSession } from '#platform/auth'
import type { Pools } from '#platform/db'
import { expireCookies, readCookie, type SiteEnv } from '#platform/http'
import { record } from '#platform/ledger'

import { introduce } from './introduce.ts'
import { paths } from './paths.ts'

export const signOutPage = new Hono<SiteEnv>()

signOutPage.post(paths.signOut, async (c) => {
  const cookie = readCookie(c, 'session')
  if (cookie !== null) await leave(c.var.site.pools, cookie)
  expireCookies(c)
  c.header('Clear-Site-Data', '"storage"')
  return c.redirect(paths.signIn, 303)
})

/** The session ends whether or not its line could be written; one that is over already leaves none. */
async function leave(pools: Pools, cookie: string): Promise<void> {
  try {
    await asMember({ pools, introduce }, cookie, 'sign-out', async (db, actor) => {
      await record(db, actor, { kind: 'session.signed-out', detail: {} })
    })
  } finally {
    await endSession(pools.web, cookie)
  }
}
