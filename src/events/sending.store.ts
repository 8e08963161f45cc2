import { sql } from 'kysely'

import { asJob } from '#platform/access'
import type { Pools } from '#platform/db'

import type { EventRow } from './event.ts'
import type { Outcome } from './post.ts'

/** A receiver that is ours to send to, for as long as the lease holds. */
export interface Claimed {
  readonly partyId: string
  readonly endpoint: Uint8Array
  readonly lease: string
}

/** Longer than one try may take: a server that stops in the middle is waited for no longer. */
const leaseSeconds = 30

/** Numbers what is new, and puts it up for sending; an answer that is late is new once. */
export async function prepareEvents(pools: Pools): Promise<void> {
  await asJob(pools, (db) => sql`select events.prepare()`.execute(db))
}

/** Takes a receiver for which something is due; null when there is none, or another server has them. */
export async function claimReceiver(pools: Pools): Promise<Claimed | null> {
  return asJob(pools, async (db) => {
    const { rows } = await sql<Claimed>`
      select party_id as "partyId", endpoint, lease from events.claim(${leaseSeconds})`.execute(db)
    return rows[0] ?? null
  })
}

/** What goes to it next, and how often it was tried; null when nothing is due or it is no longer ours. */
export async function nextEvent(
  pools: Pools,
  lease: string,
): Promise<(EventRow & { readonly tries: number }) | null> {
  return asJob(pools, async (db) => {
    const { rows } = await sql<EventRow & { readonly tries: number }>`
      select id, type, thread_id as "threadId", state, at, tries from events.next(${lease}::uuid, ${leaseSeconds})`.execute(
      db,
    )
    return rows[0] ?? null
  })
}

/** Notes what came of a try; `wait` is until the next, null where there is none. */
export async function noteAnswer(
  pools: Pools,
  lease: string,
  eventId: string,
  outcome: Outcome,
  wait: number | null,
): Promise<void> {
  const trouble = outcome.taken ? null : outcome.trouble
  const gone = !outcome.taken && outcome.gone
  await asJob(pools, (db) =>
    sql`select events.answered(${lease}::uuid, ${eventId}::uuid, ${outcome.taken}, ${outcome.status}::integer, ${trouble}, ${wait}::double precision, ${gone})`.execute(
      db,
    ),
  )
}

/** Gives it back. */
export async function releaseReceiver(pools: Pools, lease: string): Promise<void> {
  await asJob(pools, (db) => sql`select events.release(${lease}::uuid)`.execute(db))
}
