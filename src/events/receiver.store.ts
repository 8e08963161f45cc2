import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** Where the agency's events go, as its row has it. */
export interface Receiver {
  readonly endpoint: Uint8Array
  readonly state: 'on' | 'off'
  readonly whyOff: 'by-hand' | 'gone' | 'failing' | null
  readonly changedAt: Date
  readonly goodAt: Date | null
  readonly failingSince: Date | null
}

/** The agency's receiver, or null; `hold` keeps it from changing until the transaction ends. */
export async function receiverOf(db: Tx, partyId: string, hold = false): Promise<Receiver | null> {
  const { rows } = await sql<Receiver>`
    select endpoint, state, why_off as "whyOff", changed_at as "changedAt", good_at as "goodAt", failing_since as "failingSince"
    from events.receiver where party_id = ${partyId}::uuid ${hold ? sql`for update` : sql``}`.execute(db)
  return rows[0] ?? null
}

/** Keeps one change of the receiver at a time, also the first, until the transaction ends. */
export async function holdReceiver(db: Tx, partyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${partyId}, 198))`.execute(db)
}

/** Puts it there, or another in its place, turned on. */
export async function putReceiver(db: Tx, partyId: string, endpoint: Uint8Array): Promise<void> {
  await sql`
    insert into events.receiver as r (party_id, endpoint) values (${partyId}::uuid, ${endpoint})
    on conflict (party_id) do update set endpoint = excluded.endpoint, state = 'on', why_off = null, failing_since = null,
      good_at = null, lease = null, changed_at = clock_timestamp()`.execute(db)
}

/** Seals it anew, with another secret. */
export async function resealReceiver(db: Tx, partyId: string, endpoint: Uint8Array): Promise<void> {
  await sql`
    update events.receiver set endpoint = ${endpoint}, lease = null, changed_at = clock_timestamp()
    where party_id = ${partyId}::uuid`.execute(db)
}

/** Turns it on or off by hand; false where it stood so already. */
export async function turnReceiver(db: Tx, partyId: string, on: boolean): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update events.receiver set state = ${on ? 'on' : 'off'}, why_off = ${on ? null : 'by-hand'}, failing_since = null,
      lease = null, changed_at = clock_timestamp()
    where party_id = ${partyId}::uuid and state = ${on ? 'off' : 'on'}`.execute(db)
  return numAffectedRows > 0n
}

/** Makes a test event; false where one was made within this minute, or nothing takes events in. */
export async function makeTest(db: Tx): Promise<boolean> {
  const { rows } = await sql<{ id: string | null }>`select events.test() as id`.execute(db)
  return (rows[0]?.id ?? null) !== null
}

/** When a system of the agency last asked by itself, within the hour; null where none does. */
export async function lastAsked(db: Tx, partyId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select asked_at as at from events.reader where party_id = ${partyId}::uuid`.execute(db)
  return rows[0]?.at ?? null
}
