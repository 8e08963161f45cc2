import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { Delivery, EventRow } from './event.ts'

/** Begins to keep events for an agency whose system asks, and numbers those that there are. */
export async function askForEvents(db: Tx): Promise<void> {
  await sql`select events.ask()`.execute(db)
}

/**
 * The agency's events after one of them, the oldest first. One that is gone (a month old, or erased with what it was about) is stood
 * for by the minute in its id: what is told twice has the same id.
 */
export async function eventsAfter(
  db: Tx,
  partyId: string,
  after: string | null,
  limit: number,
): Promise<readonly EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.id, e.type, e.thread_id as "threadId", e.state, e.at from events.event e
    where e.party_id = ${partyId}::uuid and e.thread_id is not null and e.nth > coalesce(
      (select x.nth from events.event x where x.party_id = ${partyId}::uuid and x.id = ${after}::uuid),
      (select min(x.nth) - 1 from events.event x where x.party_id = ${partyId}::uuid
        and x.at >= date_trunc('minute', uuid_extract_timestamp(${after}::uuid))),
      case when ${after}::uuid is null then 0 else 9223372036854775807 end)
    order by e.nth limit ${limit}`.execute(db)
  return rows
}

/** What was sent and what waits, the newest first. */
export async function deliveriesOf(
  db: Tx,
  partyId: string,
  at: { readonly offset: number; readonly limit: number },
): Promise<readonly Delivery[]> {
  const { rows } = await sql<Delivery>`
    select d.event_id as "eventId", e.type, e.at, d.state, d.tries, d.status, d.trouble, d.tried_at as "triedAt", d.next_at as "nextAt"
    from events.delivery d join events.event e on e.party_id = d.party_id and e.id = d.event_id
    where d.party_id = ${partyId}::uuid order by e.nth desc limit ${at.limit} offset ${at.offset}`.execute(db)
  return rows
}

/** How many of the agency's events have come how far. */
export async function deliveryCounts(
  db: Tx,
  partyId: string,
): Promise<Readonly<Record<Delivery['state'], number>>> {
  const { rows } = await sql<{ state: Delivery['state']; count: number }>`
    select state, count(*)::integer as count from events.delivery where party_id = ${partyId}::uuid group by state`.execute(
    db,
  )
  const found = new Map(rows.map(({ state, count }) => [state, count]))
  return {
    waiting: found.get('waiting') ?? 0,
    delivered: found.get('delivered') ?? 0,
    dead: found.get('dead') ?? 0,
  }
}

/** Puts an event up for sending once more, under the id that it had; false where it waits already, or is not there. */
export async function sendAgain(db: Tx, partyId: string, eventId: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update events.delivery set state = 'waiting', tries = 0, next_at = clock_timestamp()
    where party_id = ${partyId}::uuid and event_id = ${eventId}::uuid and state <> 'waiting'`.execute(db)
  return numAffectedRows > 0n
}
