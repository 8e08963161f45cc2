import { sql } from 'kysely'

import type { BackLevel, ThreadState } from '#envelopes'
import type { Tx } from '#platform/db'

import type { Side, ThreadEvent, ThreadKind, ThreadRow } from './thread.ts'

/** A thread's clear columns, under the names of `ThreadRow`. */
export const threadColumns = [
  'id',
  'case_id as caseId',
  'side',
  'other_party as otherParty',
  'kind',
  'state',
  'comes_back as comesBack',
  'started_at as startedAt',
  'due_at as dueAt',
  'expected_at as expectedAt',
  'ask_at as askAt',
  'place',
  'assignee_id as assigneeId',
  'version',
] as const

/** A row with what is sealed in it. */
export interface SealedThread extends ThreadRow {
  readonly keyVersion: number
  readonly body: Uint8Array | null
}

/** Lets one act at a time happen to a thread, whichever side it comes from; until the end of the transaction. */
export async function holdThread(db: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 8))`.execute(db)
}

/** A thread of this party, or null when it is missing or not the asker's to see. */
export async function threadRow(db: Tx, partyId: string, id: string): Promise<SealedThread | null> {
  const row = await db
    .selectFrom('referrals.thread')
    .select([...threadColumns, 'key_version as keyVersion', 'body'])
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** Several threads of this party; those that are missing or not the asker's to see are left out. */
export async function threadRows(
  db: Tx,
  partyId: string,
  ids: readonly string[],
): Promise<readonly (SealedThread & { readonly answered: boolean })[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('referrals.thread')
    .select([...threadColumns, 'key_version as keyVersion', 'body', wasAnswered('thread').as('answered')])
    .where('party_id', '=', partyId)
    .where('id', 'in', [...ids])
    .execute()
}

/** From which people a thread is held here: they step into nothing that grows out of it. */
export async function heldFromThread(db: Tx, partyId: string, id: string): Promise<readonly string[]> {
  const row = await db
    .selectFrom('referrals.thread')
    // What is held from anybody is held from every system too, and a system is nobody who could be in a case.
    .select(
      sql<string[]>`array(select h from unnest(held_from) h where not exists (
        select from clients.client c where c.id = h))`.as('held_from'),
    )
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.held_from ?? []
}

/** Puts a new thread into this party's own list. */
export async function insertThread(
  db: Tx,
  row: {
    readonly party_id: string
    readonly case_id: string | null
    readonly id: string
    readonly side: Side
    readonly other_party: string
    readonly kind: ThreadKind
    readonly state: ThreadState
    readonly comes_back: BackLevel
    readonly due_at: Date | null
    readonly assignee_id: string
    readonly key_version: number
    readonly body: Uint8Array
  },
): Promise<void> {
  await db.insertInto('referrals.thread').values(row).execute()
}

/** What an act changes on this side's row. */
export interface ThreadChange {
  readonly state?: ThreadState
  readonly due_at?: Date | null
  readonly expected_at?: Date | null
  readonly place?: number | null
  readonly assignee_id?: string | null
  readonly case_id?: string
  readonly key_version?: number
  readonly body?: Uint8Array
}

/** Changes a thread over the version it was read at; false when something happened to it in between. */
export async function changeThread(
  db: Tx,
  at: { readonly partyId: string; readonly id: string; readonly version: number },
  change: ThreadChange,
): Promise<boolean> {
  const done = await db
    .updateTable('referrals.thread')
    .set({ ...change, version: at.version + 1 })
    .where('party_id', '=', at.partyId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Puts the same body back under another seal; its version stays. */
export async function resealThread(
  db: Tx,
  partyId: string,
  id: string,
  keyVersion: number,
  body: Uint8Array,
): Promise<void> {
  await db
    .updateTable('referrals.thread')
    .set({ body, key_version: keyVersion })
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .execute()
}

/** Every thread of a case, newest first. */
export async function threadsOfCase(
  db: Tx,
  partyId: string,
  caseId: string,
): Promise<readonly (SealedThread & { readonly answered: boolean })[]> {
  return db
    .selectFrom('referrals.thread')
    .select([...threadColumns, 'key_version as keyVersion', 'body', wasAnswered('thread').as('answered')])
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .orderBy('started_at', 'desc')
    .limit(200)
    .execute()
}

/** Whether the asking side has answered a question of ours; `thread` is what the query calls the thread's table. */
export function wasAnswered(thread: string) {
  return sql<boolean>`exists (select from referrals.event e where e.party_id = ${sql.ref(`${thread}.party_id`)}
    and e.thread_id = ${sql.ref(`${thread}.id`)} and e.kind = 'answer'
    and not exists (select from referrals.event u where u.party_id = e.party_id and u.thread_id = e.thread_id and u.undoes = e.id))`
}

/** One line of the timeline. `actor` is kept on the side that acted, and only there. */
export async function addEvent(
  db: Tx,
  row: {
    readonly party_id: string
    readonly id?: string
    readonly thread_id: string
    readonly kind: string
    readonly actor_id: string | null
    readonly envelope_id: string | null
    readonly was?: ThreadState
    readonly was_due?: Date | null
    readonly was_expected?: Date | null
    readonly was_place?: number | null
  },
): Promise<void> {
  await db.insertInto('referrals.event').values(row).execute()
}

/** Where a thread stood before an act, kept with the act's line so that it can be undone. */
export function stoodAt(row: Pick<ThreadRow, 'state' | 'dueAt' | 'expectedAt' | 'place'>) {
  return { was: row.state, was_due: row.dueAt, was_expected: row.expectedAt, was_place: row.place }
}

/** Takes the actor's last act back on both sides; or says why not. Null: missing, or not the actor's to see. */
export async function undoLast(
  db: Tx,
  threadId: string,
): Promise<'undone' | 'nothing' | 'late' | 'read' | 'untold' | null> {
  const { rows } = await sql<{
    done: 'undone' | 'nothing' | 'late' | 'read' | 'untold' | null
  }>`select referrals.undo(${threadId}::uuid) as done`.execute(db)
  return rows[0]?.done ?? null
}

/** Everything that happened, oldest first. */
export async function eventsOf(db: Tx, partyId: string, threadId: string): Promise<readonly ThreadEvent[]> {
  return db
    .selectFrom('referrals.event')
    .select([
      'id',
      'kind',
      'at',
      'actor_id as actorId',
      'envelope_id as envelopeId',
      'undoes',
      sql<boolean>`was is not null`.as('undoable'),
      sql<ThreadState | null>`was`.as('was'),
    ])
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .orderBy('at')
    .orderBy('id')
    .limit(500)
    .execute()
}

/** Tells the sender that somebody here opened it, where that may come back. */
export async function acknowledge(db: Tx, threadId: string): Promise<boolean> {
  const { rows } = await sql<{
    told: boolean
  }>`select referrals.acknowledge(${threadId}::uuid) as told`.execute(db)
  return rows[0]?.told === true
}

/** Holds the thread and its envelopes from the actor, at once. */
export async function holdFromMe(db: Tx, threadId: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select referrals.step_aside(${threadId}::uuid) as done`.execute(db)
  return rows[0]?.done === true
}
