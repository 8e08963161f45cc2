import { type Context, Hono } from 'hono'

import { provesItself, type SiteEnv } from '#platform/http'

import { paths } from './paths.ts'
import { giveToken, type NoToken } from './token.actions.ts'
import { readTokenRequest } from './token.rules.ts'

/** The token endpoint (RFC 6749 4.4): a client's secret for ten minutes of acting for its agency. */
export const tokenApi = new Hono<SiteEnv>()

tokenApi.post(paths.token, provesItself, async (c) => {
  const { site } = c.var
  const read = readTokenRequest({
    authorization: c.req.header('authorization') ?? null,
    contentType: c.req.header('content-type') ?? null,
    body: await c.req.text(),
  })
  const done = 'refused' in read ? read : await giveToken(site, read.asked)
  c.header('Cache-Control', 'no-store')
  c.header('Pragma', 'no-cache')
  if ('refused' in done) return refuse(c, done)
  return c.json({
    access_token: done.token,
    token_type: 'Bearer',
    expires_in: done.seconds,
    scope: done.scopes.join(' '),
  })
})

/** RFC 6749 5.2; the reason is one of its words, and a sentence that names nothing of what was sent. */
function refuse(c: Context<SiteEnv>, no: NoToken): Response {
  const { t } = c.var
  c.set('code', no.refused)
  if (no.refused === 'wait') {
    c.header('Retry-After', String(no.seconds))
    return c.json({ error: 'invalid_client', error_description: t('clients.token.wait') }, 429)
  }
  const body = { error: no.refused, error_description: t(`clients.token.${no.refused}`) }
  if (no.refused !== 'invalid_client') return c.json(body, 400)
  c.header('WWW-Authenticate', 'Basic realm="token"')
  return c.json(body, 401)
}
