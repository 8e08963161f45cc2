import { type Actor, openParty, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Task, TaskBody } from './entry.ts'

const place = 'diary.task'

/** A worker's own tasks that fall due before a moment, soonest first. */
export async function tasksOf(db: Tx, actor: Actor, until: Date, limit: number): Promise<readonly Task[]> {
  const rows = await db
    .selectFrom(place)
    .select(['id', 'due_at', 'key_version', 'body'])
    .where('party_id', '=', actor.partyId)
    .where('owner_id', '=', actor.accountId)
    .where('due_at', '<', until)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => opened(actor, row))
}

/** How many of the worker's own tasks fall due before a moment. */
export async function countTasks(db: Tx, actor: Actor, until: Date): Promise<number> {
  const row = await db
    .selectFrom(place)
    .select((eb) => eb.fn.countAll<string>().as('found'))
    .where('party_id', '=', actor.partyId)
    .where('owner_id', '=', actor.accountId)
    .where('due_at', '<', until)
    .executeTakeFirstOrThrow()
  return Number(row.found)
}

/** One of the worker's own tasks; null when it is not there. */
export async function taskOf(db: Tx, actor: Actor, id: string): Promise<Task | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null
  const row = await db
    .selectFrom(place)
    .select(['id', 'due_at', 'key_version', 'body'])
    .where('party_id', '=', actor.partyId)
    .where('owner_id', '=', actor.accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : opened(actor, row)
}

/** Puts a task into the worker's own diary. */
export async function insertTask(db: Tx, actor: Actor, task: Task): Promise<void> {
  const body = sealParty(actor, place, 'body', task.id, TaskBody.parse({ words: task.words }))
  await db
    .insertInto(place)
    .values({
      party_id: actor.partyId,
      id: task.id,
      owner_id: actor.accountId,
      due_at: task.dueAt,
      key_version: actor.keys.party.version,
      body,
    })
    .execute()
}

/** A task that is done is gone. */
export async function deleteTask(db: Tx, actor: Actor, id: string): Promise<void> {
  await db
    .deleteFrom(place)
    .where('party_id', '=', actor.partyId)
    .where('owner_id', '=', actor.accountId)
    .where('id', '=', id)
    .execute()
}

function opened(
  actor: Actor,
  row: {
    readonly id: string
    readonly due_at: Date
    readonly key_version: number
    readonly body: Uint8Array
  },
): Task {
  const body = TaskBody.parse(openParty(actor, row.key_version, place, 'body', row.id, row.body))
  return { id: row.id, dueAt: row.due_at, words: body.words }
}
