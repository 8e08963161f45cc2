import { type Expression, type SqlBool, sql } from 'kysely'

import type { Tx } from '#platform/db'

import { type Group, membersOf } from './list.rules.ts'
import { type SealedThread, wasAnswered } from './thread.store.ts'

/** Which threads: a group, and whether only those of one worker and those nobody has taken up. */
export interface ListAsked {
  readonly group: Group | null
  readonly assigneeId: string | null
  readonly limit: number
  readonly offset: number
}

/** A line of the list; `fresh` when something arrived that nobody here has opened. */
export interface ListedThread extends SealedThread {
  readonly fresh: boolean
  /** What began it opens here no more: withdrawn, expired or suspended. */
  readonly gone: boolean
  /** The asking side has answered a question of ours. */
  readonly answered: boolean
}

/** Threads of this party, what is due first, newest next. */
export async function listThreads(
  db: Tx,
  partyId: string,
  asked: ListAsked,
): Promise<readonly ListedThread[]> {
  return db
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
      sql<boolean>`exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.state = 'waiting')`.as(
        'fresh',
      ),
      gone.as('gone'),
      wasAnswered('t').as('answered'),
    ])
    .where('t.party_id', '=', partyId)
    .where(narrowed(asked))
    .orderBy('t.due_at', (order) => order.asc().nullsLast())
    .orderBy('t.started_at', 'desc')
    .limit(asked.limit)
    .offset(asked.offset)
    .execute()
}

/** How many there are. */
export async function countThreads(
  db: Tx,
  partyId: string,
  asked: Pick<ListAsked, 'group' | 'assigneeId'>,
): Promise<number> {
  const row = await db
    .selectFrom('referrals.thread as t')
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .where('t.party_id', '=', partyId)
    .where(narrowed(asked))
    .executeTakeFirstOrThrow()
  return Number(row.total)
}

function narrowed(asked: Pick<ListAsked, 'group' | 'assigneeId'>): Expression<SqlBool> {
  const members = asked.group === null ? null : membersOf(asked.group)
  const inGroup =
    members === null || asked.group === null
      ? sql<SqlBool>`true`
      : asked.group === 'closed'
        ? sql<SqlBool>`(${among(members)} or ${gone})`
        : sql<SqlBool>`(${among(members)} and not ${gone})`
  const own =
    asked.assigneeId === null
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(t.assignee_id is null or t.assignee_id = ${asked.assigneeId})`
  return sql<SqlBool>`${inGroup} and ${own}`
}

// On the side that was asked: no envelope that began it is open to us any more.
const gone = sql<boolean>`(t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = t.party_id
  and i.thread_id = t.id and i.kind in ('ask', 'request') and i.state <> 'ended'
  and (i.ends_at is null or i.ends_at > clock_timestamp())))`

function among(members: ReturnType<typeof membersOf>) {
  return sql<SqlBool>`(t.side, t.state) in (${sql.join(members.map(({ side, state }) => sql`(${side}, ${state})`))})`
}
