import { sql } from 'kysely'

import type { Actor } from '#platform/access'
import type { Bytes } from '#platform/crypto'
import type { Tx } from '#platform/db'

/** The address that somebody's calendar program reads: since when, and the day on which it was last read. The secret itself is kept nowhere. */
export interface CalendarAddress {
  readonly madeOn: string
  readonly readOn: string | null
}

/** The asker's own address; null when there is none. */
export async function addressOf(db: Tx, actor: Actor): Promise<CalendarAddress | null> {
  const row = await db
    .selectFrom('calendar.address')
    .select([sql<string>`made_on::text`.as('madeOn'), sql<string | null>`read_on::text`.as('readOn')])
    .where('party_id', '=', actor.partyId)
    .where('account_id', '=', actor.accountId)
    .executeTakeFirst()
  return row ?? null
}

/** Writes the asker's address; the one before answers no longer. */
export async function writeAddress(db: Tx, actor: Actor, keyHash: Bytes): Promise<void> {
  await sql`
    insert into calendar.address (party_id, account_id, key_hash) values (${actor.partyId}, ${actor.accountId}, ${keyHash})
    on conflict (party_id, account_id) do update set key_hash = excluded.key_hash, made_on = current_date, read_on = null`.execute(
    db,
  )
}

/** Ends the asker's address. */
export async function deleteAddress(db: Tx, actor: Actor): Promise<void> {
  await db
    .deleteFrom('calendar.address')
    .where('party_id', '=', actor.partyId)
    .where('account_id', '=', actor.accountId)
    .execute()
}

/** A time in a calendar: what it is for stands nowhere. */
export interface CalendarTime {
  readonly id: string
  readonly at: Date
  readonly minutes: number | null
  readonly sequence: number
}

/** The times behind an address; null when nobody has it. As many statements either way. */
export async function timesBehind(db: Tx, keyHash: Bytes): Promise<readonly CalendarTime[] | null> {
  const read = await sql<{ is: boolean | null }>`select calendar.read(${keyHash}) as is`.execute(db)
  const { rows } = await sql<CalendarTime>`
    select id, at, minutes, sequence from calendar.lines(${keyHash})`.execute(db)
  return read.rows[0]?.is === true ? rows : null
}
