import { sql } from 'kysely'

import type { Bytes } from '#platform/crypto'
import type { Pool, Tx } from '#platform/db'

import type { Link, Renewal } from './link.ts'

/** Makes a link for 72 hours by the database's clock, and ends those before it; false where the thread lets none. */
export async function insertLink(
  db: Tx,
  row: {
    readonly id: string
    readonly threadId: string
    readonly tokenHash: Bytes
    readonly secretRow: Bytes
    readonly salt: Bytes
    readonly wrap: Bytes
  },
): Promise<boolean> {
  const { rows } = await sql<{ made: boolean }>`
    select light.make(${row.id}::uuid, ${row.threadId}::uuid, ${row.tokenHash}, ${row.secretRow}, ${row.salt}, ${row.wrap}) as made`.execute(
    db,
  )
  return rows[0]?.made === true
}

const columns = [
  'id',
  'thread_id as threadId',
  'state',
  'made_at as madeAt',
  'ends_at as endsAt',
  'opened_at as openedAt',
  'asked_at as askedAt',
  'tries',
] as const

/** The newest link of a thread; null when none was ever made. A link whose time is over reads as such before it is swept. */
export async function newestLink(db: Tx, partyId: string, threadId: string): Promise<Link | null> {
  const row = await db
    .selectFrom('light.link')
    .select(columns)
    .select(sql<boolean>`ends_at <= clock_timestamp()`.as('over'))
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const { over, ...link } = row
  if (!over || !['sent', 'opened'].includes(link.state)) return link
  return { ...link, state: link.state === 'opened' ? 'left' : 'late' }
}

/** Threads whose newest link leads nowhere any more, the newest first, and why. */
export async function threadsToRenew(
  db: Tx,
): Promise<readonly { readonly id: string; readonly why: Renewal }[]> {
  const { rows } = await sql<{ id: string; why: Renewal }>`
    select thread_id as id, why from light.to_renew(null) order by since desc, thread_id limit 20`.execute(db)
  return rows
}

/** Ends the open links of a thread: how many there were. */
export async function endLinks(db: Tx, threadId: string): Promise<number> {
  const { rows } = await sql<{
    ended: number
  }>`select light.end_links(${threadId}::uuid) as ended`.execute(db)
  return rows[0]?.ended ?? 0
}

/** What a code is stretched with; null for a token that opens nothing. */
export async function saltOf(db: Pool, tokenHash: Bytes): Promise<Bytes | null> {
  const { rows } = await sql<{ salt: Buffer | null }>`select light.salt(${tokenHash}) as salt`.execute(db)
  return rows[0]?.salt ?? null
}

/** One try with token and code; null for a wrong one. */
export async function knock(db: Tx, tokenHash: Bytes, secretRow: Bytes) {
  const { rows } = await sql<{ linkId: string; wrap: Buffer }>`
    select link_id as "linkId", wrap from light.knock(${tokenHash}, ${secretRow})`.execute(db)
  return rows[0] ?? null
}

/** Uses the link up: from here only the cookie opens the letter. */
export async function enterLink(
  db: Tx,
  link: { readonly tokenHash: Bytes; readonly secretRow: Bytes },
  to: { readonly cookieRow: Bytes; readonly wrap: Bytes },
): Promise<boolean> {
  const { rows } = await sql<{ entered: boolean }>`
    select light.enter(${link.tokenHash}, ${link.secretRow}, ${to.cookieRow}, ${to.wrap}) as entered`.execute(
    db,
  )
  return rows[0]?.entered === true
}

/** The link of whoever holds the cookie, with its wrap; null when it is over. */
export async function ownLink(db: Tx) {
  const { rows } = await sql<{
    linkId: string
    threadId: string
    version: number
    wrap: Buffer
    endsAt: Date
  }>`select link_id as "linkId", thread_id as "threadId", version, wrap, ends_at as "endsAt" from light.mine()`.execute(
    db,
  )
  return rows[0] ?? null
}

/** Closes it: answered, or put away. */
export async function closeLink(db: Tx, answered: boolean): Promise<void> {
  await sql`select light.close(${answered})`.execute(db)
}

/** Whoever holds a token that is over asks for a new link; whatever the token was, nothing is said back. */
export async function askAgain(db: Pool, tokenHash: Bytes): Promise<void> {
  await sql`select light.ask_again(${tokenHash})`.execute(db)
}
