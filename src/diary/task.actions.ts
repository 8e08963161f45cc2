import { randomUUIDv7 } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { Task } from './entry.ts'
import { deleteTask, insertTask, taskOf } from './task.store.ts'

/** Puts a task of no case into the worker's own diary. It tells of nobody's case and writes no ledger line. */
export async function addTask(
  db: Tx,
  actor: Actor,
  task: Omit<Task, 'id'>,
): Promise<{ readonly id: string }> {
  const id = randomUUIDv7()
  await insertTask(db, actor, { ...task, id })
  return { id }
}

/** Ends a task of one's own, or gives it another day. */
export async function changeTask(
  db: Tx,
  actor: Actor,
  id: string,
  to: 'done' | { readonly dueAt: Date },
): Promise<{ readonly done: true } | { readonly refused: 'missing' }> {
  const task = await taskOf(db, actor, id)
  if (task === null) return { refused: 'missing' }
  await deleteTask(db, actor, id)
  if (to !== 'done') await insertTask(db, actor, { ...task, dueAt: to.dueAt })
  return { done: true }
}
