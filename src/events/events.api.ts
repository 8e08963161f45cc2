import { Hono } from 'hono'
import { z } from 'zod'

import { type ClientEnv, needsClient, problem } from '#platform/http'

import { batchMediaType, cloudEventOf } from './cloud-event.rules.ts'
import { askForEvents, eventsAfter } from './event.store.ts'
import { paths } from './paths.ts'

const most = 100
const usual = 50

const Query = z.object({
  after: z.uuid().nullable().default(null),
  limit: z.coerce.number().int().min(1).max(most).default(usual),
})

/** For an agency's own system: what happened after an event that it knows, the oldest first, as a batch of CloudEvents. */
export const eventsApi = new Hono<ClientEnv>()

eventsApi.get(paths.api, needsClient('events.read'), async (c) => {
  const { db, actor } = c.var
  const query = Query.safeParse(c.req.query())
  if (!query.success) return problem(c, 400, 'malformed')
  const { after, limit } = query.data
  await askForEvents(db)
  const events = await eventsAfter(db, actor.partyId, after, limit)
  const last = events.at(-1)
  if (last !== undefined) c.header('Link', `<${paths.api}?after=${last.id}&limit=${limit}>; rel="next"`)
  return c.body(JSON.stringify(events.map((event) => cloudEventOf(actor.partyId, event))), 200, {
    'Content-Type': batchMediaType,
  })
})
