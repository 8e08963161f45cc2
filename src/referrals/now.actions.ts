import { randomUUID } from 'node:crypto'

import { listServices, organizationOfParty, type ServiceSummary } from '#directory'
import { pinsOf } from '#parties'
import { bringsTogether } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { judge, roleOf, rulesFor } from '#releases'

import type { Ask } from './letter.ts'
import { alreadyBegun, startAndSend } from './thread.actions.ts'
import type { Contact } from './thread.ts'
import { dueFor } from './reply-time.actions.ts'

/** Somebody at a domestic-abuse service who can speak now. */
export interface NowService {
  /** Service and party as the form names them. */
  readonly value: string
  readonly serviceId: string | null
  readonly partyId: string | null
  readonly name: string
  readonly agency: string
  readonly phone: string
  readonly phoneLabel: string
  readonly capacity: ServiceSummary['capacity']
  /** A partner whose key we have accepted: an ask can be sealed to it. */
  readonly canAsk: boolean
}

/** Services for people living with abuse, those that can be asked and have room first. */
export async function servicesNow(db: Tx, actor: Actor): Promise<readonly NowService[]> {
  const own = await organizationOfParty(db, actor.partyId)
  const pins = await pinsOf(db, actor.partyId)
  const pinned = new Set(pins.map((pin) => pin.partner_id))
  const may = mayAsk(actor)
  const found = new Map<string, NowService>()
  for (const need of ['safety', 'talk']) {
    const { services } = await listServices(db, { pack: actor.pack, need, perPage: 100 })
    for (const service of services)
      if (
        service.sector === 'domestic-abuse' &&
        service.organizationId !== own?.id &&
        service.status === 'active' &&
        !bringsTogether(service)
      )
        found.set(service.id, fromService(service, pinned, may))
  }
  const listed = new Set([...found.values()].map((service) => service.partyId))
  for (const pin of pins)
    if (pin.sector === 'domestic-abuse' && pin.pack === actor.pack && !listed.has(pin.partner_id))
      found.set(pin.partner_id, fromPartner(pin, may))
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

/** Whether the rules let this agency ask a domestic-abuse service about nobody in particular. */
function mayAsk(actor: Actor): boolean {
  const verdict = judge(rulesFor(actor), {
    from: roleOf(actor.sector),
    to: roleOf('domestic-abuse'),
    record: 'R0',
    basis: 'AGG',
    facts: ['names-nobody'],
  })
  return verdict.outcome === 'allow'
}

function fromService(service: ServiceSummary, pinned: ReadonlySet<string>, may: boolean): NowService {
  const phone = service.phones[0]
  return {
    value: `${service.partyId ?? ''}/${service.id}`,
    serviceId: service.id,
    partyId: service.partyId,
    name: service.name,
    agency: service.organizationName,
    phone: phone?.number ?? '',
    phoneLabel: phone?.label ?? '',
    capacity: service.capacity,
    canAsk: may && service.partyId !== null && pinned.has(service.partyId),
  }
}

function fromPartner(
  pin: { readonly partner_id: string; readonly name: string; readonly public_phone: string },
  may: boolean,
): NowService {
  const { partner_id: partyId, name, public_phone: phone } = pin
  return {
    value: `${partyId}/`,
    serviceId: null,
    partyId,
    name,
    agency: name,
    phone,
    phoneLabel: '',
    capacity: null,
    canAsk: may,
  }
}

function rank(service: NowService): number {
  const room = service.capacity?.state === 'has-room' ? 0 : service.capacity?.state === 'none' ? 2 : 1
  return (service.canAsk ? 0 : 10) + room
}

/** What is asked, of whom, and who is rung back. */
export interface Asking {
  readonly services: readonly NowService[]
  readonly facets: Ask['facets']
  readonly needs: readonly string[]
  readonly withSomeone: boolean
  readonly ringBack: Contact
  /** The id of the first thread: a form that arrives again finds what it began. */
  readonly once?: string | undefined
}

/**
 * Asks each service by itself, from facets and needs alone; several know nothing of each other, and only this side can tell
 * that they were asked together. Gives the threads in the same order.
 */
export async function askFirst(
  db: Tx,
  actor: Actor,
  zone: string,
  asking: Asking,
): Promise<readonly string[]> {
  const { once } = asking
  if (once !== undefined && (await alreadyBegun(db, actor, once))) return [once]
  const threads: string[] = []
  const askable = asking.services.filter((service) => service.canAsk)
  const together = askable.length > 1 ? randomUUID() : null
  for (const service of askable) {
    if (service.partyId === null) continue
    const level = asking.withSomeone ? 'in-the-room' : 'this-week'
    const dueAt = await dueFor(db, actor, { kind: 'ask', level, toParty: service.partyId, zone })
    const sent = await startAndSend(
      db,
      actor,
      {
        id: threads.length === 0 ? once : undefined,
        kind: 'ask',
        toParty: service.partyId,
        serviceId: service.serviceId,
        serviceName: service.name,
        ofCase: null,
        comesBack: 'outcome',
        dueAt,
        body: together === null ? {} : { together },
      },
      {
        kind: 'ask',
        body: {
          about: 'ask',
          service: { id: service.serviceId, name: service.name },
          facets: asking.facets,
          needs: [...asking.needs],
          withSomeone: asking.withSomeone,
          ringBack: asking.ringBack,
        },
      },
    )
    if (!('refused' in sent)) threads.push(sent.threadId)
  }
  return threads
}
