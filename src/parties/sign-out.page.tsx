import { Hono } from 'hono'

import { endSession } from '#platform/auth'
import { expireCookies, readCookie, type SiteEnv } from '#platform/http'

import { paths } from './paths.ts'

export const signOutPage = new Hono<SiteEnv>()

signOutPage.post(paths.signOut, async (c) => {
  const cookie = readCookie(c, 'session')
  if (cookie !== null) await endSession(c.var.site.pools.web, cookie)
  expireCookies(c)
  c.header('Clear-Site-Data', '"storage"')
  return c.redirect(paths.signIn, 303)
})
