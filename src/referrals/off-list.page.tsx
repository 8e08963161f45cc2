import type { Context } from 'hono'

import type { MemberEnv } from '#platform/http'
import type { StoredRelease } from '#releases'

import { type Desk, partnerServices } from './sending.actions.ts'
import { OffList } from './sending-refused.view.tsx'

/** A draft for a service that is not listed any more: what it says, and the services that it can go to instead. */
export async function offList(c: Context<MemberEnv>, desk: Desk, stored: StoredRelease): Promise<Response> {
  const services = await partnerServices(c.var.db, c.var.actor.partyId, desk.file)
  return c.html(<OffList screen={c.var} desk={desk} stored={stored} services={services} />, 409)
}
