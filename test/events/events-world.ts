import { sql } from 'kysely'

import type { Actor } from '#platform/access'

import type { Delivery } from '../../src/events/event.ts'
import { deliveriesOf } from '../../src/events/event.store.ts'
import { setReceiver, versionOf } from '../../src/events/receiver.actions.ts'
import { receiverOf } from '../../src/events/receiver.store.ts'
import { type Sender, sendEvents } from '../../src/events/send.actions.ts'
import type { Person } from '../world/agencies.ts'
import { type SendingWorld, sendingWorld } from '../world/sending-world.ts'
import { type ReceiverServer, receiverServer } from './receiver-server.ts'

/** Agencies that refer, a lead of the clinic, and the clinic's own record system. */
export interface EventsWorld extends SendingWorld {
  readonly lead: Person
  readonly system: ReceiverServer
  readonly sender: Sender
  /** Turns sending to the clinic's system on; gives its secret. */
  readonly listen: () => Promise<string>
  /** Sends what is due, as the job does each minute. */
  readonly minute: () => Promise<number>
  /** Makes every next try due now. */
  readonly later: () => Promise<void>
  readonly deliveries: () => Promise<readonly Delivery[]>
  /** What the clinic's system was sent: types and states, in the order of their coming. */
  readonly told: () => readonly string[]
  /** Everything as before the first event. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Makes it. */
export async function eventsWorld(): Promise<EventsWorld> {
  const at = await sendingWorld()
  const lead = await at.world.join(at.clinician, 'Colin Dale', ['lead', 'worker'])
  const system = await receiverServer()
  const { pools, installation, owner } = at.world
  const sender: Sender = { pools, installation, hosts: ['127.0.0.1'], reach: { loopback: true } }
  const put = async (db: Parameters<Parameters<Person['act']>[0]>[0], actor: Actor) => {
    const version = versionOf(await receiverOf(db, actor.partyId))
    return setReceiver(db, actor, sender, { address: system.address, version })
  }
  return {
    ...at,
    lead,
    system,
    sender,
    listen: async () => {
      const made = await lead.act(put)
      if ('refused' in made) throw new Error(made.refused)
      return made.secret
    },
    minute: () => sendEvents(sender),
    later: async () => {
      await sql`update events.delivery set next_at = clock_timestamp() - interval '1 second'`.execute(owner)
      await sql`update events.receiver set lease = null`.execute(owner)
    },
    deliveries: () => lead.act((db, actor) => deliveriesOf(db, actor.partyId, { offset: 0, limit: 100 })),
    told: () =>
      system.sent.map(({ body }) => {
        const { type, data } = JSON.parse(body)
        return `${type.split('.').at(-2)}: ${data.state ?? 'about nobody'}`
      }),
    clear: async () => {
      system.sent.length = 0
      system.answer({})
      for (const table of ['receiver', 'reader', 'event'])
        await sql`delete from ${sql.table(`events.${table}`)}`.execute(owner)
      await sql`delete from jobs.mail`.execute(owner)
    },
    close: async () => {
      await system.close()
      await at.world.close()
    },
  }
}
