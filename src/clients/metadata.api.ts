import { type Context, Hono } from 'hono'

import { servedScopes } from '#platform/access'
import type { SiteEnv } from '#platform/http'

import { paths } from './paths.ts'

/** Where a program finds the token endpoint and what it may ask there: RFC 8414, and SMART App Launch 2.2 for FHIR. */
export const metadataApi = new Hono<SiteEnv>()

metadataApi.get(paths.server, (c) => c.json({ ...server(c), response_types_supported: [] }))

metadataApi.get(paths.smart, (c) =>
  c.json({
    ...server(c),
    capabilities: ['client-confidential-symmetric', 'permission-v2'],
    // SMART wants the method named by every server; nobody signs in through this one, so no code is ever exchanged.
    code_challenge_methods_supported: ['S256'],
  }),
)

function server(c: Context<SiteEnv>) {
  const { publicUrl } = c.var.config
  return {
    issuer: publicUrl,
    token_endpoint: publicUrl + paths.token,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    grant_types_supported: ['client_credentials'],
    scopes_supported: servedScopes,
  }
}
