import { Hono } from 'hono'

import { type ClientEnv, needsClient } from '#platform/http'

import { paths } from './paths.ts'

/** What a token stands for: the system's name, its agency, what it may do, and until when. */
export const meApi = new Hono<ClientEnv>()

meApi.get(paths.me, needsClient(null), (c) => {
  const { actor, client } = c.var
  return c.json({
    client: { id: client.id, name: client.name },
    agency: { id: actor.partyId, name: actor.agencyName },
    scopes: client.scopes,
    until: client.until.toISOString(),
  })
})
