import { type Expression, type SqlBool, sql } from 'kysely'

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
  const after = typeof page.after === 'string' ? await placeOf(db, partyId, page.after) : null
  let query = db
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
    .where(fits(asked))
  if (asked.order === 'due') query = query.orderBy(byDue).orderBy('t.id')
  else query = query.orderBy('t.started_at', 'desc').orderBy('t.id', 'desc')
  if (after !== null)
    query = query.where(
      asked.order === 'due'
        ? sql<SqlBool>`(${byDue}, t.id) > (${after.due}::timestamptz, ${after.id}::uuid)`
        : sql<SqlBool>`(t.started_at, t.id) < (${after.started}::timestamptz, ${after.id}::uuid)`,
    )
  return query.limit(page.limit).execute()
}

/** How many there are, behind the same fence; counted no further than `atMost`. */
export async function countThreads(db: Tx, asked: Narrowed, atMost: number | null): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select referrals.count_threads(${[...asked.from]}::text[], ${[...asked.to]}::text[], ${asked.over}::boolean, ${asked.partner}::uuid,
      ${asked.workers === null ? null : [...asked.workers]}::uuid[], ${asked.nobodys}::boolean, ${asked.dueFrom}::timestamptz,
      ${asked.dueUntil}::timestamptz, ${asked.undated}::boolean, ${asked.today}::timestamptz, ${atMost}::integer) as found`.execute(
    db,
  )
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

/** The same rule as `referrals.count_threads`, line by line. */
function fits(asked: Narrowed): Expression<SqlBool> {
  const { workers, partner, dueFrom, dueUntil, today } = asked
  const states = sql<SqlBool>`((t.side = 'from' and t.state = any (${[...asked.from]})) or (t.side = 'to' and t.state = any (${[...asked.to]})))`
  const parts = [
    asked.over === null
      ? states
      : asked.over
        ? sql<SqlBool>`(${states} or ${gone})`
        : sql<SqlBool>`(t.state not in ('met', 'ended', 'withdrawn') and ${states} and not ${gone})`,
  ]
  if (asked.ids !== null) parts.push(sql<SqlBool>`t.id = any (${[...asked.ids]}::uuid[])`)
  if (partner !== null) parts.push(sql<SqlBool>`t.other_party = ${partner}`)
  if (workers !== null)
    parts.push(
      asked.nobodys
        ? sql<SqlBool>`(t.assignee_id = any (${[...workers]}::uuid[]) or t.assignee_id is null)`
        : sql<SqlBool>`t.assignee_id = any (${[...workers]}::uuid[])`,
    )
  if (dueFrom !== null) parts.push(sql<SqlBool>`t.due_at >= ${dueFrom}`)
  if (dueUntil !== null) parts.push(sql<SqlBool>`t.due_at < ${dueUntil}`)
  if (asked.undated) parts.push(sql<SqlBool>`t.due_at is null`)
  if (today !== null) parts.push(needsSomebody(today))
  if (asked.exceptToday !== null)
    parts.push(sql<SqlBool>`not coalesce(${needsSomebody(asked.exceptToday)}, false)`)
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

const byDue = sql<string>`coalesce(t.due_at, 'infinity'::timestamptz)`

const fresh = sql<boolean>`exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.state = 'waiting')`

// On the side that was asked: no envelope that began it is open to us any more.
const gone = sql<boolean>`(t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = t.party_id
  and i.thread_id = t.id and i.kind in ('ask', 'request') and i.state <> 'ended'
  and (i.ends_at is null or i.ends_at > clock_timestamp())))`

/** What needs somebody before a moment: a question to us, an answer of ours that is due, a day that was expected, something unopened. */
function needsSomebody(before: Date) {
  return sql<SqlBool>`((t.side = 'from' and t.state = 'question')
    or (t.due_at < ${before} and t.side = 'to' and t.state in ('sent', 'received'))
    or (t.expected_at < ${before} and t.state in ('waiting', 'accepted', 'started')) or ${fresh})`
}
