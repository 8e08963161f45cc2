import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { Narrowed } from './list.rules.ts'
import { type SealedThread, wasAnswered } from './thread.store.ts'

/** A line of the list; `fresh` when something arrived that nobody here has opened. */
export interface ListedThread extends SealedThread {
  readonly fresh: boolean
  /** What began it opens here no more: withdrawn, expired or suspended. */
  readonly gone: boolean
  /** The asking side has answered a question of ours. */
  readonly answered: boolean
}

/** Where a page of a list begins: after this thread, or with the first. */
export interface PageAsked {
  readonly limit: number
  readonly after?: string | null
}

/** Threads of this party that fit: of a working list what is due first and has waited longest, else the newest first. */
export async function listThreads(
  db: Tx,
  partyId: string,
  asked: Narrowed,
  page: PageAsked,
): Promise<readonly ListedThread[]> {
  const ids = asked.ids ?? (await idsOf(db, partyId, asked, page))
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('referrals.thread as t')
    .select([
      't.id',
      't.case_id as caseId',
      't.side',
      't.other_party as otherParty',
      't.kind',
      't.state',
      't.comes_back as comesBack',
      't.started_at as startedAt',
      't.due_at as dueAt',
      't.expected_at as expectedAt',
      't.ask_at as askAt',
      't.place',
      't.assignee_id as assigneeId',
      't.version',
      't.key_version as keyVersion',
      't.body',
      fresh.as('fresh'),
      gone.as('gone'),
      wasAnswered('t').as('answered'),
    ])
    .where('t.party_id', '=', partyId)
    .where('t.id', 'in', [...ids])
    .execute()
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** The ids of one page, in order: found by the rule of the fence as a whole. Each line is then read through the fence itself. */
async function idsOf(db: Tx, partyId: string, asked: Narrowed, page: PageAsked): Promise<readonly string[]> {
  const newest = asked.order === 'newest'
  const after = typeof page.after === 'string' ? await placeOf(db, partyId, page.after) : null
  const at = after === null ? null : newest ? after.started : after.due
  const { rows } = await sql<{ id: string }>`
    select id from referrals.list_threads(${narrowing(asked)}, ${asked.exceptToday}::timestamptz, ${newest}::boolean,
      ${at}::timestamptz, ${after?.id ?? null}::uuid, ${page.limit}::integer) with ordinality as found (id, place) order by place`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** What both functions of the database are asked. */
function narrowing(asked: Narrowed) {
  return sql`${[...asked.from]}::text[], ${[...asked.to]}::text[], ${asked.over}::boolean, ${asked.partner}::uuid,
    ${asked.workers === null ? null : [...asked.workers]}::uuid[], ${asked.nobodys}::boolean, ${asked.dueFrom}::timestamptz,
    ${asked.dueUntil}::timestamptz, ${asked.undated}::boolean, ${asked.today}::timestamptz`
}

/** How many there are, behind the same fence; counted no further than `atMost`. */
export async function countThreads(db: Tx, asked: Narrowed, atMost: number | null): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select referrals.count_threads(${narrowing(asked)}, ${atMost}::integer) as found`.execute(db)
  return rows[0]?.found ?? 0
}

/** Threads of these cases, newest first. */
export async function listThreadsIn(
  db: Tx,
  partyId: string,
  caseIds: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  if (caseIds.length === 0) return []
  const rows = await db
    .selectFrom('referrals.thread')
    .select('id')
    .where('party_id', '=', partyId)
    .where('case_id', 'in', [...caseIds])
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Where a thread stands in either order, as exactly as the database keeps it; null when it is not the asker's. */
async function placeOf(db: Tx, partyId: string, id: string) {
  const row = await db
    .selectFrom('referrals.thread as t')
    .select(['t.id', sql<string>`${byDue}::text`.as('due'), sql<string>`t.started_at::text`.as('started')])
    .where('t.party_id', '=', partyId)
    .where('t.id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

const byDue = sql<string>`coalesce(t.due_at, 'infinity'::timestamptz)`

const fresh = sql<boolean>`exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.state = 'waiting')`

// On the side that was asked: no envelope that began it is open to us any more.
const gone = sql<boolean>`(t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = t.party_id
  and i.thread_id = t.id and i.kind in ('ask', 'request') and i.state <> 'ended'
  and (i.ends_at is null or i.ends_at > clock_timestamp())))`
